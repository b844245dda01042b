package store

import (
	"encoding/binary"
	"fmt"
)

// The kinds of bbolt's pages, and the sizes of their parts in bytes.
const (
	branchPage  = 0x01
	leafPage    = 0x02
	metaPage    = 0x04
	headerSize  = 16
	elementSize = 16
)

// sheet is a page's bytes with what its header says.
type sheet struct {
	id, says uint64
	flags    uint16
	count    int
	overflow uint32
	b        []byte
	pageSize int64 // 0 for a page inside a value
	end      *int  // how far its elements reach
}

func readPage(id uint64, b []byte) (sheet, error) {
	if len(b) < headerSize {
		return sheet{}, fmt.Errorf("page %d is cut off", id)
	}
	le := binary.LittleEndian
	p := sheet{id: id, says: le.Uint64(b), flags: le.Uint16(b[8:]), count: int(le.Uint16(b[10:])), overflow: le.Uint32(b[12:]), b: b, end: new(int)}
	if p.flags != branchPage && p.flags != leafPage {
		return p, fmt.Errorf("page %d is of kind %#x, which no page of a tree has", id, p.flags)
	}
	*p.end = headerSize + p.count*elementSize
	if *p.end > len(b) {
		return p, fmt.Errorf("page %d is too small for its %d elements", id, p.count)
	}
	return p, nil
}

// slice is n bytes at pos from the element's own place.
func (p sheet) slice(i int, pos, n uint32) ([]byte, error) {
	from := headerSize + i*elementSize + int(pos)
	to := from + int(n)
	if int(pos) < elementSize || to > len(p.b) || from != *p.end && i > 0 || from < *p.end {
		return nil, fmt.Errorf("element %d of page %d lies outside it", i, p.id)
	}
	*p.end = to
	return p.b[from:to], nil
}

func (p sheet) branchElement(i int) (k []byte, child uint64, err error) {
	e := p.b[headerSize+i*elementSize:]
	pos, ksize := binary.LittleEndian.Uint32(e), binary.LittleEndian.Uint32(e[4:])
	from := headerSize + i*elementSize + int(pos)
	if int(pos) < elementSize || from+int(ksize) > len(p.b) {
		return nil, 0, fmt.Errorf("element %d of page %d lies outside it", i, p.id)
	}
	*p.end = max(*p.end, from+int(ksize))
	return p.b[from : from+int(ksize)], binary.LittleEndian.Uint64(e[8:]), nil
}

func (p sheet) leafElement(i int) (k, v []byte, isBucket bool, err error) {
	e := p.b[headerSize+i*elementSize:]
	le := binary.LittleEndian
	flags, pos, ksize, vsize := le.Uint32(e), le.Uint32(e[4:]), le.Uint32(e[8:]), le.Uint32(e[12:])
	if flags > 1 {
		return nil, nil, false, fmt.Errorf("element %d of page %d has flags %#x", i, p.id, flags)
	}
	kv, err := p.slice(i, pos, ksize+vsize)
	if err != nil || ksize+vsize < ksize {
		return nil, nil, false, fmt.Errorf("element %d of page %d lies outside it", i, p.id)
	}
	return kv[:ksize], kv[ksize:], flags == 1, nil
}

// fits reports whether the page takes up just the pages that its elements need: bbolt would count any other as free.
func (p sheet) fits() error {
	if p.pageSize == 0 {
		return nil
	}
	if need := (int64(*p.end)+p.pageSize-1)/p.pageSize - 1; int64(p.overflow) != need {
		return fmt.Errorf("page %d takes up %d pages more, its elements need %d", p.id, p.overflow, need)
	}
	return nil
}
