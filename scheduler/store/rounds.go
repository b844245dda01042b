package store

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"time"

	bolt "go.etcd.io/bbolt"
)

// LastRound is when the named round last rang, or zero.
func (j *Journal) LastRound(name string) (t time.Time, err error) {
	err = j.db.View(func(tx *bolt.Tx) error {
		b := tx.Bucket(roundsBucket).Get([]byte(name))
		if b == nil {
			return nil
		}
		n := len(b) - crc32.Size
		if n < 0 || castagnoli(b[:n]) != binary.BigEndian.Uint32(b[n:]) {
			return fmt.Errorf("when round %s last rang is damaged", name)
		}
		return t.UnmarshalText(b[:n])
	})
	return t, err
}

// SetLastRound remembers when the named round rang.
func (j *Journal) SetLastRound(name string, due time.Time) error {
	b, err := due.UTC().MarshalText()
	if err != nil {
		return fmt.Errorf("round %s: %w", name, err)
	}
	b = binary.BigEndian.AppendUint32(b, castagnoli(b))
	return j.db.Update(func(tx *bolt.Tx) error { return tx.Bucket(roundsBucket).Put([]byte(name), b) })
}
