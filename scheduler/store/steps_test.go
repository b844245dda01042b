package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"beamslot/scheduler"
)

// TestThePowerGoesAtEveryStep cuts it at the first operation on the disk, at the second, and so on: while a journal
// is made, while it is led, while the first commands come.
func TestThePowerGoesAtEveryStep(t *testing.T) {
	t.Parallel()
	needFUSE(t)
	acknowledged := 0
	for n := 1; n <= soak(30, 150); n++ {
		image, all := t.TempDir(), &acks{}
		d := mount(t, image, n)
		d.order("cutat %d", n)
		w := startWriter(t, filepath.Join(d.dir, "journal.db"), n, all)
		w.until(all, 1<<20)
		w.kill()
		d.order([]string{"cut", "torn"}[n%2])
		d.unmount()
		if lost := lostOf(t, filepath.Join(image, "journal.db"), all); lost > 0 {
			t.Errorf("a cut at step %d lost %d of %d acknowledged commands", n, lost, len(all.all()))
		}
		acknowledged += len(all.all())
		j := opened(t, filepath.Join(image, "journal.db")) // the way is free for the next writer
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	}
	if acknowledged == 0 {
		t.Error("no command was acknowledged before any cut: more steps are needed")
	}
}

// TestADiskThatFailsAtAnyStepIsNotTrusted lets one operation of the disk fail, the first, the second and so on. A full
// disk writes nothing and is written to again; after any other failure nothing is written until it is opened anew.
// Either way the power goes then, and what was acknowledged is there.
func TestADiskThatFailsAtAnyStepIsNotTrusted(t *testing.T) {
	t.Parallel()
	needFUSE(t)
	image := t.TempDir()
	d := mount(t, image, 1)
	acknowledged := map[string]int{}
	stopped := 0
	for _, errno := range []syscall.Errno{syscall.EIO, syscall.ENOSPC} {
		for n := 1; n <= soak(25, 60); n++ {
			name := fmt.Sprintf("%d-%d.db", n, errno)
			d.order("fail %d %d", n, errno)
			written, failure := appendUntil(t, filepath.Join(d.dir, name), 10)
			acknowledged[name] = written
			if written < 10 && failure != nil {
				stopped++
			}
			if errno == syscall.ENOSPC && failure != nil && !strings.Contains(failure.Error(), "no space left") {
				t.Errorf("step %d of a full disk: %v", n, failure)
			}
			d.order("fail 0 0")
		}
	}
	d.order("cut")
	d.unmount()
	for name, n := range acknowledged {
		if n == 0 {
			continue
		}
		r, err := Verify(filepath.Join(image, name))
		if err != nil || !r.Sound() || int(r.Entries) < n {
			t.Errorf("%s: %d entries were acknowledged; %+v, %v", name, n, r, err)
		}
	}
	if stopped == 0 {
		t.Error("no failure reached a write")
	}
}

// appendUntil makes a journal and appends n entries one by one; after a failure each is sent once more. It gives how
// many were acknowledged, and the first failure.
func appendUntil(t *testing.T, path string, n int) (written int, failure error) {
	t.Helper()
	j, err := Open(path, Options{})
	if err != nil {
		return 0, err
	}
	defer j.Close()
	fence, err := j.Lead(ctx)
	if err != nil {
		return 0, err
	}
	for written < n {
		err := j.Append(ctx, scheduler.Seq(written), fence, entries(written+1, 1))
		if err == nil {
			written++
			continue
		}
		if int(j.Last()) != written {
			t.Errorf("%v, and the journal ends at entry %d after %d", err, j.Last(), written)
		}
		if failure != nil {
			return written, failure
		}
		failure = err
		mayGoOn(t, j, fence, written, err)
	}
	return written, failure
}

// mayGoOn: after a full disk that left nothing the next append does; after any other failure none.
func mayGoOn(t *testing.T, j *Journal, fence scheduler.Fence, written int, failure error) {
	t.Helper()
	if strings.Contains(failure.Error(), "make room") {
		return
	}
	if _, err := j.Lead(ctx); !errors.Is(err, j.broken) || j.broken == nil {
		t.Errorf("after %v the lead could be taken: %v", failure, err)
	}
	if err := j.SetLastRound("x", entry(1).At); err == nil {
		t.Errorf("after %v a round was written", failure)
	}
	if err := j.Append(ctx, scheduler.Seq(written), fence, entries(written+1, 1)); err == nil {
		t.Errorf("after %v an entry was written", failure)
	}
	if got, err := j.Read(ctx, 0, 100); err != nil || len(got) != written {
		t.Errorf("after %v %d of %d entries can be read: %v", failure, len(got), written, err)
	}
}
