package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
)

var ctx = context.Background()

func opened(t *testing.T, path string) *Journal {
	t.Helper()
	j, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	return j
}

// entry is the seq-th of a made-up stream.
func entry(seq int) scheduler.Entry {
	return scheduler.Entry{
		Seq: scheduler.Seq(seq), At: time.Date(2026, 11, 24, 6, 0, seq, 0, time.UTC), By: scheduler.Actor{Name: "Siv", Role: scheduler.PETStaff},
		ID:    scheduler.CommandID(fmt.Sprintf("c-%d", seq)),
		Event: scheduler.Event{Command: scheduler.Cancel{About: scheduler.About{Date: "2026-11-24"}, Request: scheduler.RequestID(fmt.Sprint("R", seq)), Reason: "ill"}},
	}
}

func entries(from, n int) []scheduler.Entry {
	var all []scheduler.Entry
	for i := range n {
		all = append(all, entry(from+i))
	}
	return all
}

// filled is a closed journal of n entries.
func filled(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "journal.db")
	j := opened(t, path)
	fence, err := j.Lead(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < n; at += 50 {
		if err := j.Append(ctx, scheduler.Seq(at), fence, entries(at+1, min(50, n-at))); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheContract(t *testing.T) {
	j := opened(t, filepath.Join(t.TempDir(), "journal.db"))
	old, _ := j.Lead(ctx)
	fence, err := j.Lead(ctx)
	if err != nil || fence <= old {
		t.Fatalf("fence %d after %d, %v", fence, old, err)
	}
	for what, c := range map[string]struct {
		after scheduler.Seq
		fence scheduler.Fence
		es    []scheduler.Entry
		want  error
	}{
		"an old leader":      {0, old, entries(1, 1), desk.ErrFenced},
		"not at the end":     {7, fence, entries(8, 1), desk.ErrConflict},
		"a gap in the batch": {0, fence, []scheduler.Entry{entry(1), entry(3)}, desk.ErrConflict},
	} {
		if err := j.Append(ctx, c.after, c.fence, c.es); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", what, err, c.want)
		}
		if j.Last() != 0 {
			t.Fatalf("%s left %d entries", what, j.Last())
		}
	}
	if err := j.Append(ctx, 0, fence, entries(1, 3)); err != nil || j.Last() != 3 {
		t.Fatalf("append: %v, last %d", err, j.Last())
	}
	got, err := j.Read(ctx, 1, 10)
	if err != nil || len(got) != 2 || got[0].ID != "c-2" || got[1].Event.Kind() != "Cancelled" {
		t.Errorf("read after 1: %v, %v", got, err)
	}
}

func TestOneProcessAtATime(t *testing.T) {
	path := filled(t, 3)
	opened(t, path)
	if _, err := Open(path, Options{}); err == nil || !strings.Contains(err.Error(), "another process") {
		t.Errorf("a second opening: %v", err)
	}
}

// bboltFile is a bbolt file that somebody else made.
func bboltFile(t *testing.T, f func(tx *bolt.Tx) error) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "other.db")
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(f), db.Close()); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWhatIsNoJournalIsRefusedAndLeftAsItIs(t *testing.T) {
	whole, err := os.ReadFile(filled(t, 200))
	if err != nil {
		t.Fatal(err)
	}
	newer := bboltFile(t, func(tx *bolt.Tx) error {
		b, err := tx.CreateBucket(metaBucket)
		return errors.Join(err, b.Put(versionKey, []byte("beamslot-journal/9")))
	})
	half := bboltFile(t, func(tx *bolt.Tx) error {
		b, err := tx.CreateBucket(metaBucket)
		return errors.Join(err, b.Put(versionKey, []byte(version)))
	})
	for name, c := range map[string]struct {
		file []byte
		says string
	}{
		"a text":           {[]byte(strings.Repeat("not a journal\n", 1000)), "no bbolt head"},
		"one byte":         {[]byte("x"), "cannot be read"},
		"empty":            {nil, "it is empty"},
		"cut off":          {whole[:3*4096], "it is cut off: 3 pages of"},
		"zeros in it":      {append(append([]byte{}, whole[:5*4096]...), make([]byte, len(whole)-5*4096)...), "damaged"},
		"of a newer form":  {newer, `it has format "beamslot-journal/9"`},
		"half a journal":   {half, "not a whole one"},
		"somebody's bbolt": {bboltFile(t, func(*bolt.Tx) error { return nil }), "not a journal"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "journal.db")
			if err := os.WriteFile(path, c.file, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := Open(path, Options{}); err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("opening says %v; want the path and %q", err, c.says)
			}
			if r, err := Verify(path); err != nil || !strings.Contains(r.Broken, c.says) {
				t.Errorf("verifying says %+v, %v; want %q", r, err, c.says)
			}
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, c.file) {
				t.Errorf("the file was changed, %v", err)
			}
		})
	}
}

func TestWhereNoJournalCanBe(t *testing.T) {
	dir := t.TempDir()
	for path, says := range map[string]string{
		dir: "is a directory", filepath.Join(dir, "nowhere", "journal.db"): "no such file or directory",
	} {
		if _, err := Open(path, Options{}); err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), says) {
			t.Errorf("opening says %v; want the path and %q", err, says)
		}
	}
}

// TestAHalfMadeJournalIsMadeAnew: the power may go while one is made.
func TestAHalfMadeJournalIsMadeAnew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	if err := os.WriteFile(path+".new", []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if j := opened(t, path); j.Last() != 0 {
		t.Errorf("a new journal ends at entry %d", j.Last())
	}
	if _, err := os.Stat(path + ".new"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the half-made file is still there: %v", err)
	}
}

// TestManyMakeOneJournal: of those who find none at the same moment one makes it, and one at a time has it.
func TestManyMakeOneJournal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	var got atomic.Int32
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			j, err := Open(path, Options{})
			if err != nil {
				if !strings.Contains(err.Error(), "another process") {
					t.Error(err)
				}
				return
			}
			if got.Add(1) > 1 {
				t.Error("two have it at once")
			}
			time.Sleep(20 * time.Millisecond)
			got.Add(-1)
			j.Close()
		})
	}
	all.Wait()
	if r, err := Verify(path); err != nil || !r.Sound() {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestAFullDiskIsRefusedClearly fills a small disk, and makes room again.
func TestAFullDiskIsRefusedClearly(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err != nil {
		needFUSE(t) // the same rights are missing
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	path := filepath.Join(dir, "journal.db")
	j := opened(t, path)
	fence, _ := j.Lead(ctx)
	written := 0
	var full error
	for full == nil && written < 1<<20 {
		if full = j.Append(ctx, scheduler.Seq(written), fence, entries(written+1, 100)); full == nil {
			written += 100
		}
	}
	if full == nil || !strings.Contains(full.Error(), "no space left") || int(j.Last()) != written {
		t.Fatalf("after %d entries: %v, the journal ends at %d", written, full, j.Last())
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=4m"); err != nil {
		t.Fatal(err)
	}
	if err := j.Append(ctx, scheduler.Seq(written), fence, entries(written+1, 100)); err != nil {
		t.Errorf("with room again: %v", err)
	}
	j.Close()
	if r, err := Verify(path); err != nil || !r.Sound() || int(r.Entries) != written+100 {
		t.Errorf("verified: %+v, %v", r, err)
	}
}

func TestRoundsAreRemembered(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	j := opened(t, path)
	due := time.Date(2026, 11, 24, 17, 0, 0, 0, time.UTC)
	if got, err := j.LastRound("evening"); err != nil || !got.IsZero() {
		t.Errorf("never rang, and last rang %v, %v", got, err)
	}
	if err := j.SetLastRound("evening", due); err != nil {
		t.Fatal(err)
	}
	j.Close()
	if got, err := opened(t, path).LastRound("evening"); err != nil || !got.Equal(due) {
		t.Errorf("last rang %v, %v; want %v", got, err, due)
	}
}
