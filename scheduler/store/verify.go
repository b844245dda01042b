package store

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	bolt "go.etcd.io/bbolt"

	"beamslot/scheduler"
)

// Report is what a verification found. Broken is empty when every seal holds.
type Report struct {
	Entries uint64 // that hold, from the first on
	Head    []byte // SHA-256 of the last of them
	First   uint64 // number of the first broken entry; 0: none, or the damage is not in an entry
	Broken  string // what is broken, and where
}

// Sound reports whether every seal holds.
func (r Report) Sound() bool { return r.Broken == "" }

// MarshalJSON writes the hash as hex, as people compare it.
func (r Report) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Sound   bool   `json:"sound"`
		Entries uint64 `json:"entries"`
		Head    string `json:"head_sha256"`
		First   uint64 `json:"first_broken,omitempty"`
		Broken  string `json:"broken,omitempty"`
	}{r.Sound(), r.Entries, hex.EncodeToString(r.Head), r.First, r.Broken})
}

// depth is how far a verification looks into each entry.
type depth bool

const (
	quick depth = false // its seal; whoever reads the entries next finds out about the rest
	whole depth = true  // also that this program can read it
)

// Verify checks the file's pages, every entry's checksum, the chain from the first to the last, their numbers
// without a gap, the count and hash in the head, and the rounds. It opens the file for reading only and names the
// first entry that is broken. An error means that the file could not be looked at.
func Verify(path string) (r Report, err error) {
	db, err := openReadOnly(path)
	if d := (damage{}); errors.As(err, &d) {
		return Report{Head: emptyHash(), Broken: d.Error()}, nil
	}
	if err != nil {
		return r, err
	}
	r, err = verify(db, whole)
	return r, errors.Join(err, db.Close())
}

func openReadOnly(path string) (*bolt.DB, error) {
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, Timeout: time.Second, OpenFile: openSound})
	if err != nil {
		return nil, openError(path, err)
	}
	return db, nil
}

// verify walks the chain in short transactions.
func verify(db *bolt.DB, d depth) (Report, error) {
	r := Report{Head: emptyHash()}
	for done := false; !done; {
		err := guard(func() error {
			return db.View(func(tx *bolt.Tx) error {
				done = r.transaction(tx, d)
				return nil
			})
		})
		if err != nil {
			return r, err
		}
	}
	return r, nil
}

// transaction checks one page of entries, and after the last of them what stands beside them; true at the end.
func (r *Report) transaction(tx *bolt.Tx, d depth) bool {
	if err := checkForm(tx); err != nil {
		r.Broken = err.Error()
		return true
	}
	done := r.walk(tx.Bucket(entriesBucket).Cursor(), d)
	if done && r.Sound() {
		r.checkHead(tx)
	}
	if done && r.Sound() {
		r.checkRounds(tx)
	}
	return done
}

// walk checks one page of entries; true at the end or at the first broken one.
func (r *Report) walk(c *bolt.Cursor, d depth) bool {
	k, v := c.Seek(key(r.Entries + 1))
	if r.Entries == 0 {
		k, v = c.First()
	}
	for n, size := 0, 0; k != nil; k, v = c.Next() {
		if err := r.check(k, v, d); err != nil {
			r.breaks(r.Entries+1, err.Error())
			return true
		}
		r.Entries, r.Head = r.Entries+1, hashOf(v)
		if n, size = n+1, size+len(v); n == page || size >= pageBytes {
			return false
		}
	}
	return true
}

func (r *Report) breaks(n uint64, what string) {
	r.First, r.Broken = n, fmt.Sprintf("entry %d is broken: %s", n, what)
}

// check checks the line v under key k against the entries before it.
func (r *Report) check(k, v []byte, d depth) error {
	if !bytes.Equal(k, key(r.Entries+1)) {
		return fmt.Errorf("it is not there; the next that is there has number %d", number(k))
	}
	prev, entry, err := part(v)
	if err != nil {
		return err
	}
	n, err := numberIn(entry)
	switch {
	case err != nil:
		return errForm
	case n != r.Entries+1:
		return fmt.Errorf("it says that it is entry %d", n)
	case !bytes.Equal(prev, r.Head):
		return errors.New("it does not follow the entry before it: one of the two was changed or put in later")
	case d == whole:
		return new(scheduler.Entry).UnmarshalJSON(entry)
	}
	return nil
}

func (r *Report) checkHead(tx *bolt.Tx) {
	h, err := readHead(tx.Bucket(metaBucket).Get(headKey))
	switch {
	case err != nil:
		r.Broken = err.Error()
	case h.Count != r.Entries:
		r.breaks(min(h.Count, r.Entries)+1, fmt.Sprintf("the journal has %d entries, its head says %d", r.Entries, h.Count))
	case !bytes.Equal(h.Hash, r.Head):
		r.breaks(r.Entries, "it is not the one that the head was sealed with")
	}
}

func (r *Report) checkRounds(tx *bolt.Tx) {
	err := tx.Bucket(roundsBucket).ForEach(func(name, v []byte) error {
		_, err := readRound(string(name), v)
		return err
	})
	if err != nil {
		r.Broken = err.Error()
	}
}
