package store

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
)

// drain is a desk's writer without a desk: it gathers what waits into one append, and acknowledges after it.
type drain struct {
	asks  chan chan error
	j     *Journal
	fence scheduler.Fence
}

func (d drain) run() {
	for first := range d.asks {
		waiting := []chan error{first}
		for len(d.asks) > 0 {
			waiting = append(waiting, <-d.asks)
		}
		last := d.j.Last()
		err := d.j.Append(context.Background(), last, d.fence, entries(int(last)+1, len(waiting)))
		for _, w := range waiting {
			w <- err
		}
	}
}

// BenchmarkAppend: how many acknowledged entries a second does one disk take, and what does draining a queue of 64
// writers into one synced commit bring?
func BenchmarkAppend(b *testing.B) {
	for _, writers := range []int{1, 8, 64, 256} {
		b.Run(fmt.Sprint("writers=", writers), func(b *testing.B) {
			j, err := Open(filepath.Join(b.TempDir(), "journal.db"), Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer j.Close()
			fence, err := j.Lead(ctx)
			if err != nil {
				b.Fatal(err)
			}
			d := drain{make(chan chan error, writers), j, fence}
			go d.run()
			defer close(d.asks)
			together(b, writers, func() error {
				done := make(chan error, 1)
				d.asks <- done
				return <-done
			})
		})
	}
}

// BenchmarkDesk is the same through a real desk, which decides on every command: booking and taking back.
func BenchmarkDesk(b *testing.B) {
	for _, writers := range []int{1, 64} {
		b.Run(fmt.Sprint("writers=", writers), func(b *testing.B) {
			j, err := Open(filepath.Join(b.TempDir(), "journal.db"), Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer j.Close()
			d, err := desk.Open(ctx, j, desk.Options{Now: entry(1).At.UTC})
			if err != nil {
				b.Fatal(err)
			}
			defer d.Close()
			if _, err := d.Do(ctx, act("open")); err != nil {
				b.Fatal(err)
			}
			var n atomic.Int64
			together(b, writers, func() error {
				id := fmt.Sprint("b", n.Add(1))
				_, err := d.Do(ctx, act(id))
				if err == nil {
					_, err = d.Do(ctx, act(id+"-cancel"))
				}
				return err
			})
		})
	}
}

// together does b.N things by so many writers.
func together(b *testing.B, writers int, do func() error) {
	var left atomic.Int64
	left.Store(int64(b.N))
	var all sync.WaitGroup
	b.ResetTimer()
	for range writers {
		all.Go(func() {
			for left.Add(-1) >= 0 {
				if err := do(); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "acks/s")
}

// BenchmarkOpen: how long does a start take with a year's entries, each seal checked?
func BenchmarkOpen(b *testing.B) {
	const n = 100_000
	path := filepath.Join(b.TempDir(), "journal.db")
	j, err := Open(path, Options{noSync: true})
	if err != nil {
		b.Fatal(err)
	}
	fence, _ := j.Lead(ctx)
	for at := 0; at < n; at += 1000 {
		if err := j.Append(ctx, scheduler.Seq(at), fence, entries(at+1, 1000)); err != nil {
			b.Fatal(err)
		}
	}
	if err := j.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		j, err := Open(path, Options{})
		if err != nil {
			b.Fatal(err)
		}
		j.Close()
	}
	b.ReportMetric(n/(b.Elapsed().Seconds()/float64(b.N)), "entries/s")
}
