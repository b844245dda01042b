package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
)

// bbolt has no page checksums, and a damaged page makes it panic in a goroutine of its own while it opens, where
// nobody can recover. So the tree is walked here first, byte by byte, on the file as it lies (docs/adr says why). The
// layout is that of bbolt's package internal/common, version 2 of its file format.

// damage is what makes a file no journal.
type damage struct{ error }

func (d damage) Error() string {
	return "it is damaged or no journal: " + d.error.Error() + ". Keep the file, and restore the last backup that verifies"
}

// sound walks the file's pages from the root; what it finds wrong is [damage].
func sound(f *os.File) error {
	st, err := f.Stat()
	switch {
	case err != nil:
		return err
	case !st.Mode().IsRegular():
		return errors.New("it is no file; name the file in it")
	}
	w := &walker{f: f, size: st.Size(), seen: map[uint64]bool{}}
	if err := w.walk(); err != nil {
		return damage{err}
	}
	return nil
}

// walker reads pages and remembers which it has seen.
type walker struct {
	f        io.ReaderAt
	size     int64
	pageSize int64
	high     uint64 // pages from here on do not exist
	seen     map[uint64]bool
}

func (w *walker) walk() error {
	if w.size == 0 {
		return errors.New("it is empty, which a journal never is")
	}
	m, err := w.liveMeta()
	if err != nil {
		return err
	}
	w.high = m.high
	if pages := uint64(w.size / w.pageSize); m.high > pages {
		return fmt.Errorf("it is cut off: %d pages of %d are there", pages, m.high)
	}
	if err := w.tree(m.root, nil, nil); err != nil {
		return err
	}
	return w.free(m.free)
}

// meta is what a meta page says.
type meta struct {
	root, free, high, tx uint64
	pageSize             int64
}

const (
	metaMagic = 0xED0CDAED
	metaSize  = 64
)

// liveMeta is the newer of the two meta pages. A disk writes a sector whole or not at all and a meta lies within
// one, so one that is damaged was damaged later: it may be the newest, and the file is not to be trusted.
func (w *walker) liveMeta() (meta, error) {
	first, err := w.meta(0)
	if err != nil {
		return first, err
	}
	w.pageSize = first.pageSize
	second, err := w.meta(first.pageSize)
	if err != nil {
		return second, err
	}
	if second.tx > first.tx {
		return second, nil
	}
	return first, nil
}

func (w *walker) meta(at int64) (meta, error) {
	b := make([]byte, headerSize+metaSize)
	if _, err := w.f.ReadAt(b, at); err != nil {
		return meta{}, fmt.Errorf("its head at byte %d cannot be read: %w", at, err)
	}
	head, b := b[:headerSize], b[headerSize:]
	u32 := binary.LittleEndian.Uint32
	u64 := binary.LittleEndian.Uint64
	if u32(b) != metaMagic || u32(b[4:]) != 2 {
		return meta{}, fmt.Errorf("no bbolt head of version 2 at byte %d", at)
	}
	h := fnv.New64a()
	h.Write(b[:metaSize-8])
	if h.Sum64() != u64(b[metaSize-8:]) || binary.LittleEndian.Uint16(head[8:]) != metaPage {
		return meta{}, fmt.Errorf("the head at byte %d has changed", at)
	}
	size := int64(u32(b[8:]))
	if size < 512 || size > 1<<20 || size&(size-1) != 0 {
		return meta{}, fmt.Errorf("a page of %d bytes cannot be", size)
	}
	return meta{root: u64(b[16:]), free: u64(b[32:]), high: u64(b[40:]), tx: u64(b[48:]), pageSize: size}, nil
}

// tree walks the pages below id; its keys begin with from and lie below to, nil meaning any.
func (w *walker) tree(id uint64, from, to []byte) error {
	p, err := w.page(id)
	if err != nil {
		return err
	}
	if p.flags == branchPage {
		return w.branch(p, from, to)
	}
	return w.leaf(p, from, to)
}

func (w *walker) branch(p sheet, from, to []byte) error {
	if p.count == 0 {
		return fmt.Errorf("branch page %d is empty", p.id)
	}
	for i := range p.count {
		k, child, err := p.branchElement(i)
		if err != nil {
			return err
		}
		end := to
		if i+1 < p.count {
			if end, _, err = p.branchElement(i + 1); err != nil {
				return err
			}
		}
		if i == 0 && !begins(k, from) || end != nil && bytes.Compare(k, end) >= 0 {
			return fmt.Errorf("the keys of page %d are out of order", p.id)
		}
		if err := w.tree(child, k, end); err != nil {
			return err
		}
	}
	return p.fits()
}

func (w *walker) leaf(p sheet, from, to []byte) error {
	var before []byte
	for i := range p.count {
		k, v, isBucket, err := p.leafElement(i)
		if err != nil {
			return err
		}
		if i == 0 && !begins(k, from) || i > 0 && bytes.Compare(before, k) >= 0 || to != nil && bytes.Compare(k, to) >= 0 {
			return fmt.Errorf("the keys of page %d are out of order", p.id)
		}
		before = k
		if !isBucket {
			continue
		}
		if err := w.bucket(p, v); err != nil {
			return err
		}
	}
	return p.fits()
}

// bucket walks a bucket that is named in a leaf: a tree of its own, or a page written inside the value.
func (w *walker) bucket(p sheet, v []byte) error {
	if len(v) < 16 {
		return fmt.Errorf("a bucket in page %d is cut off", p.id)
	}
	if root := binary.LittleEndian.Uint64(v); root != 0 {
		return w.tree(root, nil, nil)
	}
	inline, err := readPage(p.id, v[16:])
	if err != nil || inline.flags != leafPage {
		return fmt.Errorf("a bucket inside page %d is damaged", p.id)
	}
	return w.leaf(inline, nil, nil)
}

// begins reports whether a page's first key is the one that its parent has for it: bbolt finds the page by it.
func begins(first, from []byte) bool { return from == nil || bytes.Equal(first, from) }

// page reads a page with what overflows from it; each page belongs to one place of the tree.
func (w *walker) page(id uint64) (sheet, error) {
	b, err := w.take(id)
	if err != nil {
		return sheet{}, err
	}
	p, err := readPage(id, b)
	p.pageSize = w.pageSize
	if err == nil && p.says != id {
		err = fmt.Errorf("page %d says that it is page %d", id, p.says)
	}
	return p, err
}

// take reads the bytes of a page, which nothing else may use from then on.
func (w *walker) take(id uint64) ([]byte, error) {
	if id < 2 || id >= w.high {
		return nil, fmt.Errorf("page %d does not exist", id)
	}
	head := make([]byte, headerSize)
	if _, err := w.f.ReadAt(head, int64(id)*w.pageSize); err != nil {
		return nil, fmt.Errorf("page %d cannot be read: %w", id, err)
	}
	pages := uint64(binary.LittleEndian.Uint32(head[12:])) + 1
	if id+pages > w.high {
		return nil, fmt.Errorf("page %d reaches over the end", id)
	}
	for i := range pages {
		if w.seen[id+i] {
			return nil, fmt.Errorf("page %d is used twice", id+i)
		}
		w.seen[id+i] = true
	}
	b := make([]byte, int64(pages)*w.pageSize)
	if _, err := w.f.ReadAt(b, int64(id)*w.pageSize); err != nil {
		return nil, fmt.Errorf("page %d cannot be read: %w", id, err)
	}
	return b, nil
}
