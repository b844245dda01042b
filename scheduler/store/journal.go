package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
)

// Options of a journal; the zero value is right.
type Options struct {
	noSync bool // tests: leave out the sync, to see a durability test fail
}

// Journal is a bbolt file of sealed entries. One process has it open; the desk is its only writer.
type Journal struct {
	db   *bolt.DB
	path string

	mu      sync.Mutex
	head    head
	watches map[chan scheduler.Seq]struct{}
}

// Open opens the journal in file path, or makes an empty one. The file's structure, and its seals from the first
// to the last entry, are checked before anything is believed.
func Open(path string, o Options) (*Journal, error) {
	if err := soundFile(path); err != nil {
		return nil, err
	}
	db, err := bolt.Open(path, 0o600, &bolt.Options{
		Timeout: time.Second, NoFreelistSync: true, FreelistType: bolt.FreelistMapType, InitialMmapSize: 1 << 28, NoSync: o.noSync,
	})
	if err != nil {
		return nil, openError(path, err)
	}
	j := &Journal{db: db, path: path, watches: map[chan scheduler.Seq]struct{}{}}
	if err := j.prepare(); err != nil {
		return nil, errors.Join(fmt.Errorf("journal %s: %w", path, err), db.Close())
	}
	return j, nil
}

func openError(path string, err error) error {
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return fmt.Errorf("journal %s is open in another process; end that one first", path)
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("journal %s cannot be made: folder %s is not there", path, filepath.Dir(path))
	}
	return fmt.Errorf("journal %s cannot be opened: %w", path, err)
}

// prepare makes the buckets of a new file, and checks what stands in an old one.
func (j *Journal) prepare() error {
	err := j.db.Update(func(tx *bolt.Tx) error {
		if tx.Bucket(metaBucket) != nil {
			return checkVersion(tx)
		}
		return makeBuckets(tx)
	})
	if err != nil {
		return err
	}
	report, err := verify(j.db)
	if err != nil {
		return err
	}
	if !report.Sound() {
		return fmt.Errorf("%s; nothing was changed. Keep the file, and restore the last backup that verifies", report.Broken)
	}
	return j.db.View(func(tx *bolt.Tx) (err error) {
		j.head, err = readHead(tx.Bucket(metaBucket).Get(headKey))
		return err
	})
}

// Close ends the journal; appends that were acknowledged are on the disk already.
func (j *Journal) Close() error { return j.db.Close() }

// Append writes the entries as one synced commit right after the entry numbered after, or writes nothing.
func (j *Journal) Append(ctx context.Context, after scheduler.Seq, fence scheduler.Fence, entries []scheduler.Entry) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case uint64(fence) != j.head.Fence:
		return fmt.Errorf("append with fence %d, the leader's is %d: %w", fence, j.head.Fence, desk.ErrFenced)
	case uint64(after) != j.head.Count:
		return fmt.Errorf("append after entry %d, the last is %d: %w", after, j.head.Count, desk.ErrConflict)
	}
	next := j.head
	err := j.db.Update(func(tx *bolt.Tx) (err error) {
		next, err = put(tx, j.head, entries)
		return err
	})
	if err != nil {
		return fmt.Errorf("%d entries after %d were not written to %s: %w", len(entries), after, j.path, err)
	}
	j.head = next
	j.signal()
	return nil
}

// put seals the entries onto the head and writes the new head with them.
func put(tx *bolt.Tx, h head, entries []scheduler.Entry) (head, error) {
	b := tx.Bucket(entriesBucket)
	b.FillPercent = 1 // keys only grow: pages fill to the end
	for _, e := range entries {
		if uint64(e.Seq) != h.Count+1 {
			return h, fmt.Errorf("entry %d does not follow entry %d: %w", e.Seq, h.Count, desk.ErrConflict)
		}
		line, err := seal(e, h.Hash)
		if err != nil {
			return h, err
		}
		h = head{Count: h.Count + 1, Hash: hashOf(line), Fence: h.Fence}
		if err := b.Put(key(h.Count), line); err != nil {
			return h, err
		}
	}
	return h, tx.Bucket(metaBucket).Put(headKey, h.bytes())
}

// Last is the number of the newest entry.
func (j *Journal) Last() scheduler.Seq {
	j.mu.Lock()
	defer j.mu.Unlock()
	return scheduler.Seq(j.head.Count)
}

// Lead takes the lead: every fence given before is refused from now on.
func (j *Journal) Lead(context.Context) (scheduler.Fence, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	next := j.head
	next.Fence++
	err := j.db.Update(func(tx *bolt.Tx) error { return tx.Bucket(metaBucket).Put(headKey, next.bytes()) })
	if err != nil {
		return 0, fmt.Errorf("the lead of %s cannot be taken: %w", j.path, err)
	}
	j.head = next
	return scheduler.Fence(next.Fence), nil
}

// key writes a number so that keys sort by it.
func key(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

func number(b []byte) uint64 {
	if len(b) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(b)
}
