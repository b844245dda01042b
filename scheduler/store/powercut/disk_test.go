package powercut

import (
	"bytes"
	"math/rand/v2"
	"syscall"
	"testing"
)

// newFile writes a file on the disk, without FUSE.
func newFile(d *Disk, name string, data []byte) *content {
	c := &content{dirty: map[int64]bool{}}
	d.do(func() { d.now[name] = c })
	d.do(func() { c.write(data, 0) })
	return c
}

func seeded() *rand.Rand { return rand.New(rand.NewPCG(1, 1)) }

func TestACutLeavesWhatWasSynced(t *testing.T) {
	d := New(map[string][]byte{"old": []byte("old")})
	c := newFile(d, "new", []byte("synced"))
	d.sync(c)
	d.do(func() { d.kept["new"] = c })
	d.do(func() { c.write([]byte("SYNCED, not"), 0) })
	d.do(func() { delete(d.now, "old") })
	newFile(d, "nameless", []byte("x"))
	left := d.Cut(false, seeded())
	if len(left) != 2 || string(left["new"]) != "synced" || string(left["old"]) != "old" {
		t.Errorf("left: %q", left)
	}
	if d.do(func() {}) != syscall.EIO {
		t.Error("a disk without power still writes")
	}
}

func TestATornCutLeavesSomeSectorsWhole(t *testing.T) {
	before, after := bytes.Repeat([]byte{1}, 100*sector), bytes.Repeat([]byte{2}, 100*sector)
	d := New(map[string][]byte{"f": before})
	d.do(func() { d.now["f"].write(after, 0) })
	old := 0
	for s, b := 0, d.Cut(true, seeded())["f"]; s < 100; s++ {
		part := b[s*sector : (s+1)*sector]
		if !bytes.Equal(part, before[:sector]) && !bytes.Equal(part, after[:sector]) {
			t.Errorf("sector %d is neither old nor new", s)
		}
		old += 2 - int(part[0])
	}
	if old < 20 || old > 80 {
		t.Errorf("%d of 100 sectors are old: not torn", old)
	}
}

func TestAFailedSyncIsNotMadeUpFor(t *testing.T) {
	d := New(map[string][]byte{"f": []byte("old")})
	c := d.now["f"]
	d.do(func() { c.write([]byte("new"), 0) })
	d.FailAt(1, syscall.EIO)
	if got := [2]syscall.Errno{d.sync(c), d.sync(c)}; got != [2]syscall.Errno{syscall.EIO, 0} {
		t.Errorf("syncs said %v", got)
	}
	if left := d.Cut(false, seeded()); string(left["f"]) != "old" || string(c.now) != "new" {
		t.Errorf("left %q, read %q", left["f"], c.now)
	}
}

func TestThePowerGoesAtAStep(t *testing.T) {
	d := New(nil)
	d.CutAt(3)
	newFile(d, "f", []byte("x")) // steps 1 and 2
	if d.sync(d.now["f"]) != syscall.EIO || d.do(func() {}) != syscall.EIO {
		t.Error("the power did not go at the third step")
	}
}
