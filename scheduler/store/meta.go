package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

	bolt "go.etcd.io/bbolt"
)

// The buckets and keys of the file.
var (
	entriesBucket = []byte("entries") // number (8 bytes, big-endian) → sealed line
	metaBucket    = []byte("meta")
	roundsBucket  = []byte("rounds") // name → when it last rang

	versionKey = []byte("version")
	headKey    = []byte("head") // count, hash, fence, checksum: written with every commit
)

// version of the format; a newer one is refused.
const version = "beamslot-journal/1"

// head is where the journal ends: how many entries, the hash of the last one's line, and the leader's fence.
type head struct {
	Count uint64
	Hash  []byte
	Fence uint64
}

// emptyHash is what the first entry follows.
func emptyHash() []byte { return make([]byte, sha256.Size) }

func (h head) bytes() []byte {
	b := binary.BigEndian.AppendUint64(nil, h.Count)
	b = append(b, h.Hash...)
	b = binary.BigEndian.AppendUint64(b, h.Fence)
	return binary.BigEndian.AppendUint32(b, castagnoli(b))
}

func readHead(b []byte) (head, error) {
	const size = 8 + sha256.Size + 8
	if len(b) != size+crc32.Size || castagnoli(b[:size]) != binary.BigEndian.Uint32(b[size:]) {
		return head{}, errors.New("its head record is damaged")
	}
	return head{binary.BigEndian.Uint64(b), bytes.Clone(b[8 : size-8]), binary.BigEndian.Uint64(b[size-8:])}, nil
}

func makeBuckets(tx *bolt.Tx) error {
	for _, name := range [][]byte{entriesBucket, metaBucket, roundsBucket} {
		if _, err := tx.CreateBucket(name); err != nil {
			return err
		}
	}
	m := tx.Bucket(metaBucket)
	return errors.Join(m.Put(versionKey, []byte(version)), m.Put(headKey, head{Hash: emptyHash()}.bytes()))
}

// checkForm reports whether a bbolt file is a journal of this version.
func checkForm(tx *bolt.Tx) error {
	m := tx.Bucket(metaBucket)
	if m == nil {
		return errors.New("it is a bbolt file, but not a journal")
	}
	if v := m.Get(versionKey); string(v) != version {
		return fmt.Errorf("it has format %q, this program knows %q; open it with the program that made it, or a newer one", v, version)
	}
	if tx.Bucket(entriesBucket) == nil || tx.Bucket(roundsBucket) == nil {
		return errors.New("it is a journal, but not a whole one")
	}
	return nil
}

// key writes a number so that keys sort by it.
func key(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// number reads a key; 0 for what is none.
func number(b []byte) uint64 {
	if len(b) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(b)
}
