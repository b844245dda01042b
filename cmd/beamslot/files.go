package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"beamslot/scheduler"
)

// largestFile is as much of a day or plan file as is read; the largest real ones are a hundred times smaller.
const largestFile = 64 << 20

// readFile reads a whole file, or refuses it for its size before it does.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the file cannot be opened: %w", err)
	}
	defer f.Close() // nothing was written, so nothing is lost
	if s, err := f.Stat(); err == nil && s.Size() > largestFile {
		return nil, fmt.Errorf("%s: the file is %d MB; a day or plan file of more than %d MiB is not read", path, s.Size()/1_000_000, largestFile>>20)
	}
	data, err := io.ReadAll(io.LimitReader(f, largestFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("the file cannot be read: %w", err)
	case len(data) > largestFile:
		return nil, fmt.Errorf("%s: the file goes on after %d MiB; a day or plan file of more is not read", path, largestFile>>20)
	}
	return data, nil
}

func readDay(path string) (scheduler.Day, error) {
	data, err := readFile(path)
	if err != nil {
		return scheduler.Day{}, err
	}
	day, err := scheduler.ParseDay(data)
	if err != nil {
		return scheduler.Day{}, fmt.Errorf("%s: %w", path, err)
	}
	return day, nil
}

func readPlan(path string) (scheduler.Plan, error) {
	data, err := readFile(path)
	if err != nil {
		return scheduler.Plan{}, err
	}
	plan, err := scheduler.ParsePlan(data)
	if err != nil {
		return scheduler.Plan{}, fmt.Errorf("%s: %w", path, err)
	}
	return plan, nil
}

// writeWhole puts data where path says, all of it or none: whoever reads path sees the old file or the new one.
func writeWhole(path string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", path, err)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("%s cannot be written: %w", path, errors.Join(err, os.Remove(f.Name())))
		}
	}()
	_, err = f.Write(data)
	if err := errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
