package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// openSound opens the file for bbolt: locked first, so that nobody writes in it meanwhile, and then walked. bbolt
// takes its own lock on the same descriptor.
func openSound(path string, flag int, mode os.FileMode) (*os.File, error) {
	f, err := os.OpenFile(path, flag&^os.O_CREATE, mode)
	if err != nil {
		return nil, err
	}
	if err := lock(f, flag&os.O_RDWR != 0); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if err := sound(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// lock waits up to a second for another process to let the file go.
func lock(f *os.File, exclusive bool) error {
	how := syscall.LOCK_SH
	if exclusive {
		how = syscall.LOCK_EX
	}
	for range 20 {
		err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
	return bolterrors.ErrTimeout
}

func openError(path string, err error) error {
	var d damage
	switch {
	case errors.As(err, &d):
		return fmt.Errorf("journal %s: %w", path, err)
	case errors.Is(err, bolterrors.ErrTimeout):
		return fmt.Errorf("journal %s is open in another process; end that one first", path)
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("journal %s is not there", path)
	}
	return fmt.Errorf("journal %s cannot be opened: %w", path, err)
}

// makeMissing makes an empty journal if there is no file: beside its place first and then moved there, so that a
// half-made one never stands under its name. The folder is synced: a name can be lost as well as bytes.
func makeMissing(path string) error {
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("journal %s cannot be made or opened: folder %s: %w", path, filepath.Dir(path), errors.Unwrap(err))
	}
	defer dir.Close()
	if err := lock(dir, true); err != nil {
		return fmt.Errorf("journal %s: somebody keeps its folder locked: %w", path, err)
	}
	if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
		if err := makeEmpty(path); err != nil {
			return fmt.Errorf("journal %s cannot be made: %w", path, err)
		}
	}
	if err := dir.Sync(); err != nil {
		return fmt.Errorf("journal %s: its folder cannot be synced: %w", path, err)
	}
	return nil
}

// makeEmpty leaves nothing but an old half-made file behind when it fails; the folder is locked.
func makeEmpty(path string) error {
	half := path + ".new"
	if err := os.Remove(half); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	db, err := bolt.Open(half, 0o600, &bolt.Options{NoFreelistSync: true, FreelistType: bolt.FreelistMapType})
	if err != nil {
		return err
	}
	if err := errors.Join(guard(func() error { return db.Update(makeBuckets) }), db.Close()); err != nil {
		return errors.Join(err, os.Remove(half))
	}
	return os.Rename(half, path)
}
