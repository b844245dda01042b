package powercut

import (
	"context"
	"maps"
	"syscall"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// Mount shows the disk at dir. It needs root and /dev/fuse, and a process of its own: whoever maps a file that it
// serves itself waits for itself.
func (d *Disk) Mount(dir string) (err error) {
	d.server, err = fs.Mount(dir, &folder{disk: d}, &fs.Options{
		MountOptions: fuse.MountOptions{DirectMount: true, FsName: "powercut", Name: "powercut"},
	})
	return err
}

// Unmount takes the disk away.
func (d *Disk) Unmount() error { return d.server.Unmount() }

// folder is the root of the disk.
type folder struct {
	fs.Inode
	disk *Disk
}

// OnAdd puts the files in that were there before.
func (f *folder) OnAdd(ctx context.Context) {
	for name, c := range f.disk.now {
		f.AddChild(name, f.inode(ctx, c), true)
	}
}

func (f *folder) inode(ctx context.Context, c *content) *fs.Inode {
	return f.NewPersistentInode(ctx, &file{disk: f.disk, content: c}, fs.StableAttr{Mode: fuse.S_IFREG})
}

// Create makes a file.
func (f *folder) Create(ctx context.Context, name string, _, _ uint32, out *fuse.EntryOut) (*fs.Inode, fs.FileHandle, uint32, syscall.Errno) {
	c := &content{dirty: map[int64]bool{}}
	if errno := f.disk.do(func() { f.disk.now[name] = c }); errno != 0 {
		return nil, nil, 0, errno
	}
	out.Mode = fuse.S_IFREG | 0o600
	return f.inode(ctx, c), nil, 0, 0
}

// Unlink takes a name away.
func (f *folder) Unlink(_ context.Context, name string) syscall.Errno {
	return f.disk.do(func() { delete(f.disk.now, name) })
}

// Rename gives a file another name in the same folder.
func (f *folder) Rename(_ context.Context, name string, _ fs.InodeEmbedder, to string, _ uint32) syscall.Errno {
	return f.disk.do(func() {
		f.disk.now[to] = f.disk.now[name]
		delete(f.disk.now, name)
	})
}

// Fsync of the folder makes its names durable.
func (f *folder) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	return f.disk.do(func() { f.disk.kept = maps.Clone(f.disk.now) })
}

// file is a file.
type file struct {
	fs.Inode
	disk    *Disk
	content *content
}

// Open lets anybody in.
func (f *file) Open(context.Context, uint32) (fs.FileHandle, uint32, syscall.Errno) { return nil, 0, 0 }

// Read gives the bytes as they are now.
func (f *file) Read(_ context.Context, _ fs.FileHandle, dest []byte, off int64) (fuse.ReadResult, syscall.Errno) {
	b, errno := f.disk.read(f.content, dest, off)
	return fuse.ReadResultData(b), errno
}

// Write changes them, not durably.
func (f *file) Write(_ context.Context, _ fs.FileHandle, data []byte, off int64) (uint32, syscall.Errno) {
	return uint32(len(data)), f.disk.do(func() { f.content.write(data, off) })
}

// Fsync makes them durable.
func (f *file) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	return f.disk.sync(f.content)
}

// Getattr says how long the file is.
func (f *file) Getattr(_ context.Context, _ fs.FileHandle, out *fuse.AttrOut) syscall.Errno {
	out.Mode, out.Size = fuse.S_IFREG|0o600, f.disk.size(f.content)
	return 0
}

// Setattr changes its length.
func (f *file) Setattr(_ context.Context, _ fs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	if n, ok := in.GetSize(); ok {
		if errno := f.disk.do(func() { f.content.truncate(n) }); errno != 0 {
			return errno
		}
	}
	out.Mode, out.Size = fuse.S_IFREG|0o600, f.disk.size(f.content)
	return 0
}
