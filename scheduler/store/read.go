package store

import (
	"bytes"
	"context"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"beamslot/scheduler"
)

// One read transaction covers so many entries, and stops after so many bytes: an open one keeps the writer from
// growing the file.
const (
	page      = 500
	pageBytes = 4 << 20
)

// Read gives at most limit entries that follow after; fewer only at the end. A broken seal is an error. The end is
// where the last synced commit was: bbolt shows what is on its way to the disk already.
func (j *Journal) Read(ctx context.Context, after scheduler.Seq, limit int) ([]scheduler.Entry, error) {
	var found []scheduler.Entry
	last := j.Last()
	limit = max(0, min(limit, int(last)-int(min(after, last))))
	for len(found) < limit {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		entries, err := j.pageAfter(after, min(page, limit-len(found)))
		if err != nil {
			return nil, fmt.Errorf("reading journal %s after entry %d: %w", j.path, after, err)
		}
		found = append(found, entries...)
		after += scheduler.Seq(len(entries))
	}
	return found, nil
}

// pageAfter gives at least one entry; there is one.
func (j *Journal) pageAfter(after scheduler.Seq, limit int) ([]scheduler.Entry, error) {
	lines, err := j.lines(uint64(after), limit)
	if err != nil {
		return nil, err
	}
	entries := make([]scheduler.Entry, 0, len(lines))
	for _, l := range lines {
		e, err := unseal(l)
		if err != nil {
			return nil, fmt.Errorf("entry %d: %w", int(after)+len(entries)+1, err)
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// lines copies at most n sealed lines that follow after.
func (j *Journal) lines(after uint64, n int) (lines [][]byte, err error) {
	err = guard(func() error {
		return j.db.View(func(tx *bolt.Tx) error {
			size := 0
			c := tx.Bucket(entriesBucket).Cursor()
			for k, v := c.Seek(key(after + 1)); len(lines) < n && size < pageBytes; k, v = c.Next() {
				if want := after + uint64(len(lines)) + 1; k == nil || number(k) != want {
					return outOf(len(lines) > 0, want)
				}
				lines, size = append(lines, bytes.Clone(v)), size+len(v)
			}
			return nil
		})
	})
	return lines, err
}

// outOf is how a page of lines ends before its time: nothing to say when it has some already.
func outOf(some bool, want uint64) error {
	if some {
		return nil
	}
	return fmt.Errorf("entry %d is not there", want)
}
