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
	err = look(path, func(c *bolt.Cursor) error {
		_, line := c.Last()
		if line == nil {
			return nil
		}
		e, _, err := unseal(line)
		at = e.At
		return err
	})
	return at, err
}

// Export gives each entry after the one numbered after, from a file that nobody has open. It stops at a broken seal.
func Export(path string, after scheduler.Seq, give func(scheduler.Entry) error) error {
	return look(path, func(c *bolt.Cursor) error {
		for k, line := c.Seek(key(uint64(after) + 1)); k != nil; k, line = c.Next() {
			e, _, err := unseal(line)
			if err != nil {
				return fmt.Errorf("journal %s, entry %d: %w", path, number(k), err)
			}
			if err := give(e); err != nil {
				return err
			}
		}
		return nil
	})
}

// look opens the file for reading only and gives its entries.
func look(path string, f func(*bolt.Cursor) error) error {
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("journal %s cannot be read: %w", path, err)
	}
	if err := soundFile(path); err != nil {
		return err
	}
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, Timeout: time.Second})
	if err != nil {
		return openError(path, err)
	}
	err = db.View(func(tx *bolt.Tx) error {
		if tx.Bucket(metaBucket) == nil || tx.Bucket(entriesBucket) == nil {
			return fmt.Errorf("%s is a bbolt file, but not a journal", path)
		}
		return f(tx.Bucket(entriesBucket).Cursor())
	})
	return errors.Join(err, db.Close())
}
