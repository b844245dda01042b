// Package powercut is a file system that loses power: what was written and not synced is gone, or torn. It exists to
// prove that the journal keeps what it acknowledged; nothing but tests uses it.
package powercut

import (
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"syscall"

	"github.com/hanwen/go-fuse/v2/fuse"
)

// Disk is one folder of files, kept twice: as it is read, and as it would be after a power cut. A file's bytes become
// durable when the file is synced, its name when the folder is.
type Disk struct {
	mu     sync.Mutex
	now    map[string]*content // names as they are read
	kept   map[string]*content // names as they are after a cut
	dead   bool
	left   int           // operations until the next one goes wrong; 0: none does
	wrong  syscall.Errno // how it does; 0: the power goes
	server *fuse.Server
}

// New is a disk that holds the files durably.
func New(files map[string][]byte) *Disk {
	d := &Disk{now: map[string]*content{}}
	for name, b := range files {
		d.now[name] = &content{now: slices.Clone(b), kept: slices.Clone(b), dirty: map[int64]bool{}}
	}
	d.kept = maps.Clone(d.now)
	return d
}

// CutAt lets the power go at the n-th changing operation from now on.
func (d *Disk) CutAt(n int) { d.FailAt(n, 0) }

// FailAt lets the n-th changing operation from now on (a write, a sync, a change of length or name) fail, once. What
// a failed sync should have made durable never becomes so, as on Linux, where such pages count as clean.
func (d *Disk) FailAt(n int, wrong syscall.Errno) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.left, d.wrong = n, wrong
}

// Cut is the power going: from now on every operation fails. It gives the files that are left: what was synced, and,
// when the cut is torn, about half of the sectors that were written since, and perhaps the names changed since.
func (d *Disk) Cut(torn bool, rnd *rand.Rand) map[string][]byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.dead = true
	names := d.kept
	if torn && rnd.IntN(2) == 0 {
		names = d.now
	}
	left := map[string][]byte{}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		left[name] = names[name].cut(torn, rnd)
	}
	return left
}

// change lets an operation through, or says how it goes wrong; the lock is held.
func (d *Disk) change() syscall.Errno {
	if d.left > 0 {
		if d.left--; d.left == 0 {
			d.dead = d.dead || d.wrong == 0
			if d.wrong != 0 {
				return d.wrong
			}
		}
	}
	if d.dead {
		return syscall.EIO
	}
	return 0
}

// do changes something under the lock, if the disk lets it.
func (d *Disk) do(f func()) syscall.Errno {
	d.mu.Lock()
	defer d.mu.Unlock()
	if errno := d.change(); errno != 0 {
		return errno
	}
	f()
	return 0
}

// sync makes durable what was written, or forgets that it was to be.
func (d *Disk) sync(c *content) syscall.Errno {
	d.mu.Lock()
	defer d.mu.Unlock()
	errno := d.change()
	if errno == 0 {
		c.keep()
	}
	if !d.dead {
		clear(c.dirty)
	}
	return errno
}

func (d *Disk) read(c *content, dest []byte, off int64) ([]byte, syscall.Errno) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dead {
		return nil, syscall.EIO
	}
	return c.read(dest, off), 0
}

func (d *Disk) size(c *content) uint64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return uint64(len(c.now))
}
