package store

import (
	"encoding/binary"
	"fmt"
	"math"
)

const (
	freePage  = 0x10
	noFree    = math.MaxUint64 // the list is not in the file, as always when a journal wrote last
	manyPages = math.MaxUint16 // the count stands before the list
)

// free checks the list of free pages that other tools write: a page that is in use and on it would be overwritten.
// The tree has been walked.
func (w *walker) free(id uint64) error {
	if id == noFree {
		return nil
	}
	b, err := w.take(id)
	if err != nil {
		return fmt.Errorf("the list of free pages: %w", err)
	}
	le := binary.LittleEndian
	if le.Uint64(b) != id || le.Uint16(b[8:]) != freePage {
		return fmt.Errorf("page %d is not the list of free pages that it should be", id)
	}
	count, list := uint64(le.Uint16(b[10:])), b[headerSize:]
	if count == manyPages {
		count, list = le.Uint64(list), list[8:]
	}
	if count > uint64(len(list)/8) {
		return fmt.Errorf("the list of free pages in page %d is cut off", id)
	}
	return w.unused(list[:count*8])
}

// unused reports whether the listed pages exist, once each, and nothing uses them.
func (w *walker) unused(list []byte) error {
	before := uint64(1)
	for ; len(list) > 0; list = list[8:] {
		id := binary.LittleEndian.Uint64(list)
		if id <= before || id >= w.high || w.seen[id] {
			return fmt.Errorf("page %d is in use and on the list of free pages, or on it twice", id)
		}
		before = id
	}
	return nil
}
