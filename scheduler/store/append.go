package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"

	bolt "go.etcd.io/bbolt"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
)

// Append writes the entries as one synced commit right after the entry numbered after, or writes nothing. When the
// disk fails under it (and is not just full) what the disk holds is not certain: the journal refuses every write
// from then on, and opening it again finds what is true.
func (j *Journal) Append(ctx context.Context, after scheduler.Seq, fence scheduler.Fence, entries []scheduler.Entry) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j.commits.Lock()
	defer j.commits.Unlock()
	h := j.now()
	switch {
	case uint64(fence) != h.Fence:
		return fmt.Errorf("append with fence %d, the leader's is %d: %w", fence, h.Fence, desk.ErrFenced)
	case uint64(after) != h.Count:
		return fmt.Errorf("append after entry %d, the last is %d: %w", after, h.Count, desk.ErrConflict)
	case len(entries) == 0:
		return nil
	}
	lines, next, err := sealAll(entries, h)
	if err == nil {
		err = j.commit(func(tx *bolt.Tx) error { return put(tx, h, next, lines) })
	}
	if err != nil {
		return fmt.Errorf("appending %d entries after %d to %s: %w", len(entries), after, j.path, err)
	}
	j.moved(next)
	return nil
}

// sealAll seals the entries onto the head, each onto the one before, and gives the head after them.
func sealAll(entries []scheduler.Entry, h head) ([][]byte, head, error) {
	lines := make([][]byte, 0, len(entries))
	for _, e := range entries {
		if uint64(e.Seq) != h.Count+1 {
			return nil, h, fmt.Errorf("entry %d does not follow entry %d: %w", e.Seq, h.Count, desk.ErrConflict)
		}
		line, err := seal(e, h.Hash)
		if err != nil {
			return nil, h, err
		}
		lines = append(lines, line)
		h = head{Count: h.Count + 1, Hash: hashOf(line), Fence: h.Fence}
	}
	return lines, h, nil
}

// put writes the lines that follow h, and the new head with them.
func put(tx *bolt.Tx, h, next head, lines [][]byte) error {
	b := tx.Bucket(entriesBucket)
	b.FillPercent = 1 // keys only grow: pages fill to the end
	for i, line := range lines {
		if err := b.Put(key(h.Count+uint64(i)+1), line); err != nil {
			return err
		}
	}
	return tx.Bucket(metaBucket).Put(headKey, next.bytes())
}

// commit runs f in one synced transaction; the lock of the commits is held.
func (j *Journal) commit(f func(*bolt.Tx) error) error {
	if j.broken != nil {
		return j.broken
	}
	var refused error // by f, before a byte was written
	err := guard(func() error {
		return j.db.Update(func(tx *bolt.Tx) error {
			refused = f(tx)
			return refused
		})
	})
	switch {
	case err == nil || refused != nil:
		return err
	case isFull(err) && j.unmoved():
		return fmt.Errorf("nothing was written, the disk is full: make room, and send it again: %w", err)
	}
	j.broken = fmt.Errorf("whether it was written is not certain, and nothing more is written: check the disk, then start again: %w", err)
	return j.broken
}

// unmoved reports whether the file ends where it did before: bbolt's second sync can fail after its head was written.
func (j *Journal) unmoved() bool {
	h, err := j.stored()
	return err == nil && string(h.bytes()) == string(j.now().bytes())
}

// isFull looks into the text as well: bbolt does not wrap every error.
func isFull(err error) bool {
	for _, full := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT} {
		if errors.Is(err, full) || strings.Contains(err.Error(), full.Error()) {
			return true
		}
	}
	return false
}

// guard turns a panic into an error: bbolt asserts where a disk has changed pages under it.
func guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("bbolt stopped: %v", p)
		}
	}()
	return f()
}
