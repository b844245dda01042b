package store

import (
	"bytes"
	"context"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"beamslot/scheduler"
)

// page is how many entries one read transaction covers: an open one keeps writers from growing the file.
const page = 500

// Read gives at most limit entries that follow after; fewer only at the end. A broken seal is an error.
func (j *Journal) Read(ctx context.Context, after scheduler.Seq, limit int) ([]scheduler.Entry, error) {
	var found []scheduler.Entry
	for len(found) < limit {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		lines, err := j.lines(uint64(after)+uint64(len(found)), min(page, limit-len(found)))
		if err != nil {
			return nil, err
		}
		for _, l := range lines {
			e, _, err := unseal(l)
			if err != nil {
				return nil, fmt.Errorf("journal %s, entry %d: %w", j.path, uint64(after)+uint64(len(found))+1, err)
			}
			found = append(found, e)
		}
		if len(lines) < page {
			break
		}
	}
	return found, nil
}

// lines copies at most n sealed lines that follow after.
func (j *Journal) lines(after uint64, n int) ([][]byte, error) {
	var lines [][]byte
	err := j.db.View(func(tx *bolt.Tx) error {
		c := tx.Bucket(entriesBucket).Cursor()
		for k, v := c.Seek(key(after + 1)); k != nil && len(lines) < n; k, v = c.Next() {
			lines = append(lines, bytes.Clone(v))
		}
		return nil
	})
	return lines, err
}

// Watch signals whenever entries were appended, until ctx ends. A signal that nobody has taken yet is replaced by
// the newer one: the writer never waits.
func (j *Journal) Watch(ctx context.Context) <-chan scheduler.Seq {
	ch := make(chan scheduler.Seq, 1)
	j.mu.Lock()
	j.watches[ch] = struct{}{}
	j.mu.Unlock()
	context.AfterFunc(ctx, func() {
		j.mu.Lock()
		defer j.mu.Unlock()
		delete(j.watches, ch)
		close(ch)
	})
	return ch
}

// signal tells the watchers where the journal ends; the lock is held.
func (j *Journal) signal() {
	for ch := range j.watches {
		select {
		case <-ch:
		default:
		}
		ch <- scheduler.Seq(j.head.Count)
	}
}
