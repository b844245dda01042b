package store

import (
	"context"
	"path/filepath"
	"testing"
	"testing/synctest"

	"go.uber.org/goleak"

	"beamslot/scheduler"
)

func TestWatchersAreToldAndNeverWaitedFor(t *testing.T) {
	defer goleak.VerifyNone(t)
	path := filepath.Join(t.TempDir(), "journal.db")
	synctest.Test(t, func(t *testing.T) {
		j, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer j.Close()
		watching, stop := context.WithCancel(ctx)
		sleepy := j.Watch(watching) // not read until the end
		fence, err := j.Lead(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if len(sleepy) != 0 {
			t.Error("taking the lead is no entry, and was told")
		}
		for i := range 20 { // a writer that waits for the sleeper would stand still, which synctest reports
			if err := j.Append(ctx, scheduler.Seq(i), fence, entries(i+1, 1)); err != nil {
				t.Fatal(err)
			}
		}
		if got := <-sleepy; got != 20 || len(sleepy) != 0 {
			t.Errorf("told of entry %d, want the newest, 20", got)
		}
		stop()
		synctest.Wait()
		if _, more := <-sleepy; more || len(j.watches) != 0 {
			t.Errorf("after the end of its context it is still told (%d watch)", len(j.watches))
		}
		if err := j.Append(ctx, 20, fence, entries(21, 1)); err != nil {
			t.Error(err)
		}
	})
}

// TestManyWatchersFollowTheWriter: each sees numbers that only grow, and the last one.
func TestManyWatchersFollowTheWriter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	synctest.Test(t, func(t *testing.T) {
		j, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer j.Close()
		watching, stop := context.WithCancel(ctx)
		heard := make([]scheduler.Seq, 30)
		for w := range heard {
			ch := j.Watch(watching)
			go func() {
				for seq := range ch {
					if seq <= heard[w] {
						t.Errorf("watcher %d heard %d after %d", w, seq, heard[w])
					}
					heard[w] = seq
				}
			}()
		}
		fence, _ := j.Lead(ctx)
		for i := range 50 {
			if err := j.Append(ctx, scheduler.Seq(i), fence, entries(i+1, 1)); err != nil {
				t.Fatal(err)
			}
		}
		synctest.Wait()
		stop()
		synctest.Wait()
		for w, seq := range heard {
			if seq != 50 {
				t.Errorf("watcher %d last heard of %d", w, seq)
			}
		}
	})
}
