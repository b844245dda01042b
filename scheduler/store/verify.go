package store

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	bolt "go.etcd.io/bbolt"
)

// Report is what a verification found. Broken is empty when every seal holds.
type Report struct {
	Entries uint64 `json:"entries"` // that hold, from the first on
	Head    []byte `json:"head"`    // SHA-256 of the last of them
	First   uint64 `json:"first_broken,omitempty"`
	Broken  string `json:"broken,omitempty"`
}

// Sound reports whether every seal holds.
func (r Report) Sound() bool { return r.Broken == "" }

// Verify checks the file's structure, every entry's checksum, the chain from the first to the last, their numbers
// without a gap, and the count and hash in the head. It opens the file for reading only and names the first entry
// that is broken.
func Verify(path string) (Report, error) {
	if err := soundFile(path); err != nil {
		return Report{Broken: err.Error()}, nil
	}
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, Timeout: time.Second})
	if err != nil {
		return Report{}, openError(path, err)
	}
	r, err := verify(db)
	return r, errors.Join(err, db.Close())
}

// verify walks the chain in short transactions.
func verify(db *bolt.DB) (Report, error) {
	r := Report{Head: emptyHash()}
	for done := false; !done; {
		err := db.View(func(tx *bolt.Tx) error {
			if tx.Bucket(metaBucket) == nil || checkVersion(tx) != nil {
				done, r.Broken = true, "it is not a journal"
				return nil
			}
			done = r.walk(tx.Bucket(entriesBucket).Cursor())
			if done && r.Sound() {
				r.checkHead(tx)
			}
			return nil
		})
		if err != nil {
			return r, err
		}
	}
	return r, nil
}

// walk checks one page of entries; true at the end or at the first broken one.
func (r *Report) walk(c *bolt.Cursor) bool {
	k, v := c.Seek(key(r.Entries + 1))
	if r.Entries == 0 {
		k, v = c.First()
	}
	for n := 0; k != nil && n < page; k, v, n = next(c, n) {
		if err := r.check(k, v); err != nil {
			r.First, r.Broken = r.Entries+1, fmt.Sprintf("entry %d is broken: %v", r.Entries+1, err)
			return true
		}
		r.Entries, r.Head = r.Entries+1, hashOf(v)
	}
	return k == nil
}

func next(c *bolt.Cursor, n int) ([]byte, []byte, int) {
	k, v := c.Next()
	return k, v, n + 1
}

func (r *Report) check(k, v []byte) error {
	if !bytes.Equal(k, key(r.Entries+1)) {
		return fmt.Errorf("it is not there; the next that is there has number %d", number(k))
	}
	e, prev, err := unseal(v)
	switch {
	case err != nil:
		return err
	case uint64(e.Seq) != r.Entries+1:
		return fmt.Errorf("it says that it is entry %d", e.Seq)
	case !bytes.Equal(prev, r.Head):
		return errors.New("it does not follow the entry before it: one of the two was changed or put in later")
	}
	return nil
}

func (r *Report) checkHead(tx *bolt.Tx) {
	h, err := readHead(tx.Bucket(metaBucket).Get(headKey))
	switch {
	case err != nil:
		r.First, r.Broken = r.Entries+1, err.Error()
	case h.Count != r.Entries:
		r.First, r.Broken = min(h.Count, r.Entries)+1, fmt.Sprintf("entry %d is broken: the journal has %d entries, its head says %d", min(h.Count, r.Entries)+1, r.Entries, h.Count)
	case !bytes.Equal(h.Hash, r.Head):
		r.First, r.Broken = r.Entries, fmt.Sprintf("entry %d is broken: it is not the one that the head was sealed with", r.Entries)
	}
}
