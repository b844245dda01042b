package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"time"

	bolt "go.etcd.io/bbolt"
)

// LastRound is when the named round last rang, or zero.
func (j *Journal) LastRound(name string) (t time.Time, err error) {
	err = guard(func() error {
		return j.db.View(func(tx *bolt.Tx) (err error) {
			if b := tx.Bucket(roundsBucket).Get([]byte(name)); b != nil {
				t, err = readRound(name, b)
			}
			return err
		})
	})
	return t, err
}

// SetLastRound remembers, durably, when the named round rang.
func (j *Journal) SetLastRound(name string, due time.Time) error {
	if name == "" {
		return errors.New("a round without a name cannot be remembered")
	}
	b, err := due.UTC().MarshalText()
	if err != nil {
		return fmt.Errorf("round %s: %w", name, err)
	}
	b = binary.BigEndian.AppendUint32(b, roundSum(name, b))
	j.commits.Lock()
	defer j.commits.Unlock()
	err = j.commit(func(tx *bolt.Tx) error { return tx.Bucket(roundsBucket).Put([]byte(name), b) })
	if err != nil {
		return fmt.Errorf("round %s at %s in %s: %w", name, due.UTC().Format(time.RFC3339), j.path, err)
	}
	return nil
}

// readRound reads a moment and its checksum.
func readRound(name string, b []byte) (t time.Time, err error) {
	n := len(b) - crc32.Size
	if n < 0 || roundSum(name, b[:n]) != binary.BigEndian.Uint32(b[n:]) || t.UnmarshalText(b[:n]) != nil {
		return time.Time{}, fmt.Errorf("when round %q last rang is damaged", name)
	}
	return t, nil
}

// roundSum covers the name too, so that a moment does not pass for another round's.
func roundSum(name string, moment []byte) uint32 {
	return castagnoli(append([]byte(name+" "), moment...))
}
