package store

import (
	"errors"
	"fmt"
	"os"
	"time"

	bolt "go.etcd.io/bbolt"

	"beamslot/scheduler"
)

// LastMoment is when the journal's newest entry was written; zero for a journal that is empty or not there.
func LastMoment(path string) (at time.Time, err error) {
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return at, nil
	}
	err = Tail(path, 1, func(e scheduler.Entry) error {
		at = e.At
		return nil
	})
	return at, err
}

// Tail gives the newest n entries, oldest first, from a file that nobody has open for writing.
func Tail(path string, n uint64, give func(scheduler.Entry) error) error {
	return look(path, func(c *bolt.Cursor) error {
		last, _ := c.Last()
		return giveFrom(c, number(last)-min(number(last), n)+1, give)
	})
}

// Export gives each entry after the one numbered after, from a file that nobody has open for writing. It stops at a
// broken seal.
func Export(path string, after scheduler.Seq, give func(scheduler.Entry) error) error {
	return look(path, func(c *bolt.Cursor) error {
		if last, _ := c.Last(); uint64(after) >= number(last) {
			return nil
		}
		return giveFrom(c, uint64(after)+1, give)
	})
}

func giveFrom(c *bolt.Cursor, first uint64, give func(scheduler.Entry) error) error {
	for k, line := c.Seek(key(first)); k != nil; k, line = c.Next() {
		e, err := unseal(line)
		if err != nil {
			return fmt.Errorf("entry %d: %w", number(k), err)
		}
		if err := give(e); err != nil {
			return err
		}
	}
	return nil
}

// look opens the file for reading only and gives its entries.
func look(path string, f func(*bolt.Cursor) error) error {
	db, err := openReadOnly(path)
	if err != nil {
		return err
	}
	err = guard(func() error {
		return db.View(func(tx *bolt.Tx) error {
			if err := checkForm(tx); err != nil {
				return err
			}
			return f(tx.Bucket(entriesBucket).Cursor())
		})
	})
	if err != nil {
		err = fmt.Errorf("journal %s: %w", path, err)
	}
	return errors.Join(err, db.Close())
}
