// Package powercut is a file system that loses power: what was written and not synced is gone, or torn. It exists to
// prove that the journal keeps what it acknowledged; nothing but tests uses it.
package powercut

import (
	"context"
	"math/rand/v2"
	"sync"
	"syscall"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// sector is what a disk writes whole or not at all, in bytes.
const sector = 512

// Disk is one directory with one file, Name, kept twice: as it is read, and as it would be after a power cut.
type Disk struct {
	Name string

	mu      sync.Mutex
	now     []byte
	durable []byte
	dirty   map[int64]bool // sectors written since the last sync
	dead    bool
	server  *fuse.Server
}

// Mount shows the disk at dir, with the file holding content if that is not nil. It needs root and /dev/fuse.
func (d *Disk) Mount(dir string, content []byte) error {
	d.now, d.durable, d.dirty = append([]byte(nil), content...), append([]byte(nil), content...), map[int64]bool{}
	root := &folder{disk: d, there: content != nil}
	server, err := fs.Mount(dir, root, &fs.Options{
		MountOptions: fuse.MountOptions{DirectMount: true, FsName: "powercut", Name: "powercut"},
	})
	d.server = server
	return err
}

// Unmount takes the disk away.
func (d *Disk) Unmount() error { return d.server.Unmount() }

// Cut is the power going: from now on every operation fails. It gives what is left of the file: what was synced,
// and, when the cut is torn, about half of the sectors that were written since.
func (d *Disk) Cut(torn bool, rnd *rand.Rand) []byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.dead = true
	left := append([]byte(nil), d.durable...)
	if !torn {
		return left
	}
	for s := range d.dirty {
		if rnd.IntN(2) == 0 && s*sector < int64(len(d.now)) {
			end := min((s+1)*sector, int64(len(d.now)))
			left = grown(left, end)
			copy(left[s*sector:end], d.now[s*sector:end])
		}
	}
	return left
}

// grown is b with at least n bytes; what is new is zero.
func grown(b []byte, n int64) []byte {
	if int64(len(b)) >= n {
		return b
	}
	return append(b, make([]byte, n-int64(len(b)))...)
}

func (d *Disk) write(data []byte, off int64) syscall.Errno {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dead {
		return syscall.EIO
	}
	end := off + int64(len(data))
	d.now = grown(d.now, end)
	copy(d.now[off:], data)
	for s := off / sector; s*sector < end; s++ {
		d.dirty[s] = true
	}
	return 0
}

// sync makes durable what was written. A real disk writes the sectors in any order, which Cut plays.
func (d *Disk) sync() syscall.Errno {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dead {
		return syscall.EIO
	}
	d.durable = grown(d.durable[:min(len(d.durable), len(d.now))], int64(len(d.now)))
	for s := range d.dirty {
		if s*sector < int64(len(d.now)) {
			end := min((s+1)*sector, int64(len(d.now)))
			copy(d.durable[s*sector:end], d.now[s*sector:end])
		}
	}
	clear(d.dirty)
	return 0
}

func (d *Disk) read(dest []byte, off int64) ([]byte, syscall.Errno) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dead {
		return nil, syscall.EIO
	}
	if off >= int64(len(d.now)) {
		return nil, 0
	}
	return append([]byte(nil), d.now[off:min(off+int64(len(dest)), int64(len(d.now)))]...), 0
}

func (d *Disk) size() uint64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return uint64(len(d.now))
}

func (d *Disk) truncate(n uint64) syscall.Errno {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dead {
		return syscall.EIO
	}
	d.now = grown(d.now, int64(n))[:n]
	return 0
}

// folder is the root of the disk; there says whether the file has been made.
type folder struct {
	fs.Inode
	disk  *Disk
	there bool
}

// OnAdd puts the file in that was there before.
func (f *folder) OnAdd(ctx context.Context) {
	if f.there {
		f.AddChild(f.disk.Name, f.NewPersistentInode(ctx, &file{disk: f.disk}, fs.StableAttr{Mode: fuse.S_IFREG}), true)
	}
}

// Create makes the one file.
func (f *folder) Create(ctx context.Context, name string, _, _ uint32, out *fuse.EntryOut) (*fs.Inode, fs.FileHandle, uint32, syscall.Errno) {
	if name != f.disk.Name {
		return nil, nil, 0, syscall.EACCES
	}
	child := f.NewPersistentInode(ctx, &file{disk: f.disk}, fs.StableAttr{Mode: fuse.S_IFREG})
	out.Mode = fuse.S_IFREG | 0o600
	return child, nil, 0, 0
}

// Fsync of the folder has nothing to do: names are durable at once here.
func (f *folder) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno { return 0 }

// file is the file.
type file struct {
	fs.Inode
	disk *Disk
}

// Open lets anybody in.
func (f *file) Open(context.Context, uint32) (fs.FileHandle, uint32, syscall.Errno) { return nil, 0, 0 }

// Read gives the bytes as they are now.
func (f *file) Read(_ context.Context, _ fs.FileHandle, dest []byte, off int64) (fuse.ReadResult, syscall.Errno) {
	b, errno := f.disk.read(dest, off)
	return fuse.ReadResultData(b), errno
}

// Write changes them, not durably.
func (f *file) Write(_ context.Context, _ fs.FileHandle, data []byte, off int64) (uint32, syscall.Errno) {
	return uint32(len(data)), f.disk.write(data, off)
}

// Fsync makes them durable.
func (f *file) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno { return f.disk.sync() }

// Getattr says how long the file is.
func (f *file) Getattr(_ context.Context, _ fs.FileHandle, out *fuse.AttrOut) syscall.Errno {
	out.Mode, out.Size = fuse.S_IFREG|0o600, f.disk.size()
	return 0
}

// Setattr changes its length.
func (f *file) Setattr(_ context.Context, _ fs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	if n, ok := in.GetSize(); ok {
		if errno := f.disk.truncate(n); errno != 0 {
			return errno
		}
	}
	out.Mode, out.Size = fuse.S_IFREG|0o600, f.disk.size()
	return 0
}
