package powercut

import (
	"maps"
	"math/rand/v2"
	"slices"
)

// sector is what a disk writes whole or not at all, in bytes.
const sector = 512

// content is a file's bytes as they are read, and as a cut would leave them.
type content struct {
	now, kept []byte
	dirty     map[int64]bool // sectors written since the last sync
}

func (c *content) write(data []byte, off int64) {
	end := off + int64(len(data))
	c.now = grown(c.now, end)
	copy(c.now[off:], data)
	for s := off / sector; s*sector < end; s++ {
		c.dirty[s] = true
	}
}

func (c *content) read(dest []byte, off int64) []byte {
	if off >= int64(len(c.now)) {
		return nil
	}
	return slices.Clone(c.now[off:min(off+int64(len(dest)), int64(len(c.now)))])
}

func (c *content) truncate(n uint64) { c.now = grown(c.now, int64(n))[:n] }

// keep makes every written sector durable, and the length.
func (c *content) keep() {
	c.kept = grown(c.kept[:min(len(c.kept), len(c.now))], int64(len(c.now)))
	for s := range c.dirty {
		c.kept = c.sectorOnto(c.kept, s)
	}
}

// cut is what is left. A torn cut keeps any of the sectors on their way: a disk writes them in an order of its own.
func (c *content) cut(torn bool, rnd *rand.Rand) []byte {
	left := slices.Clone(c.kept)
	if !torn {
		return left
	}
	for _, s := range slices.Sorted(maps.Keys(c.dirty)) {
		if rnd.IntN(2) == 0 {
			left = c.sectorOnto(left, s)
		}
	}
	return left
}

// sectorOnto copies the sector, as it is read now, onto b.
func (c *content) sectorOnto(b []byte, s int64) []byte {
	end := min((s+1)*sector, int64(len(c.now)))
	if s*sector < end {
		b = grown(b, end)
		copy(b[s*sector:end], c.now[s*sector:end])
	}
	return b
}

// grown is b with at least n bytes; what is new is zero.
func grown(b []byte, n int64) []byte {
	if int64(len(b)) >= n {
		return b
	}
	return append(b, make([]byte, n-int64(len(b)))...)
}
