package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"

	"beamslot/scheduler"
)

// Options of a journal; the zero value is right.
type Options struct {
	noSync bool // tests: leave out the sync, to see a durability test fail
}

// Journal is a bbolt file of sealed entries. One process has it open; the desk is its only writer.
type Journal struct {
	db   *bolt.DB
	path string

	commits sync.Mutex // one commit at a time; whoever only looks does not wait for the disk
	broken  error      // the disk failed under a commit: nothing is written any more

	mu      sync.Mutex
	head    head
	watches map[chan scheduler.Seq]struct{}
}

const (
	firstMap = 1 << 28 // bytes mapped at once: an open reader keeps writers from mapping more
	growth   = 1 << 20 // bytes by which the file grows
)

// Open opens the journal in file path, or makes an empty one. The file's pages, and its seals from the first to the
// last entry, are checked before anything is believed; a file that fails is left as it is.
func Open(path string, o Options) (*Journal, error) {
	if err := makeMissing(path); err != nil {
		return nil, err
	}
	db, err := bolt.Open(path, 0o600, &bolt.Options{
		Timeout: time.Second, OpenFile: openSound, NoFreelistSync: true, FreelistType: bolt.FreelistMapType,
		InitialMmapSize: firstMap, NoSync: o.noSync,
	})
	if err != nil {
		return nil, openError(path, err)
	}
	db.AllocSize = growth
	j := &Journal{db: db, path: path, watches: map[chan scheduler.Seq]struct{}{}}
	if err := j.check(); err != nil {
		return nil, errors.Join(fmt.Errorf("journal %s: %w", path, err), db.Close())
	}
	return j, nil
}

// check walks the seals and reads where the journal ends. It changes nothing.
func (j *Journal) check() error {
	report, err := verify(j.db, quick)
	if err != nil {
		return err
	}
	if !report.Sound() {
		return fmt.Errorf("%s; nothing was changed. Keep the file, and restore the last backup that verifies", report.Broken)
	}
	j.head, err = j.stored()
	return err
}

// stored is the head as the file has it.
func (j *Journal) stored() (h head, err error) {
	err = guard(func() error {
		return j.db.View(func(tx *bolt.Tx) (err error) {
			h, err = readHead(tx.Bucket(metaBucket).Get(headKey))
			return err
		})
	})
	return h, err
}

// Close ends the journal; appends that were acknowledged are on the disk already.
func (j *Journal) Close() error { return j.db.Close() }

// Last is the number of the newest entry.
func (j *Journal) Last() scheduler.Seq { return scheduler.Seq(j.now().Count) }

// Lead takes the lead: every fence given before is refused from now on.
func (j *Journal) Lead(ctx context.Context) (scheduler.Fence, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	j.commits.Lock()
	defer j.commits.Unlock()
	next := j.now()
	next.Fence++
	err := j.commit(func(tx *bolt.Tx) error { return tx.Bucket(metaBucket).Put(headKey, next.bytes()) })
	if err != nil {
		return 0, fmt.Errorf("the lead of %s cannot be taken: %w", j.path, err)
	}
	j.moved(next)
	return scheduler.Fence(next.Fence), nil
}

// now is where the journal ends, durably.
func (j *Journal) now() head {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.head
}

// moved makes h the end and tells the watchers if there are new entries.
func (j *Journal) moved(h head) {
	j.mu.Lock()
	defer j.mu.Unlock()
	more := h.Count > j.head.Count
	j.head = h
	if more {
		j.signal()
	}
}
