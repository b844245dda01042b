package live_test

import (
	"fmt"
	"io"
	"sync"
	"testing"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
	"beamslot/ui/live"
)

// BenchmarkFanOut: what does it cost to tell 500 browsers one entry? The clients' side is in the figure too.
func BenchmarkFanOut(b *testing.B) {
	const boards = 500
	h := newHouse(b, live.Options{Behind: 1 << 20, Ring: 1 << 20})
	h.open(today, "tiny-1")
	var all sync.WaitGroup
	ready := make(chan struct{}, boards)
	for range boards {
		conn, _, err := dial(h.url, "day="+string(today), h.url)
		if err != nil {
			b.Fatal(err)
		}
		defer conn.Close()
		all.Go(func() {
			for seen := -1; seen < b.N; seen++ { // the snapshot, and then each entry
				_, r, err := conn.NextReader()
				if err != nil {
					b.Error(err)
					return
				}
				if _, err := io.Copy(io.Discard, r); err != nil {
					b.Error(err)
				}
				if seen == -1 {
					ready <- struct{}{}
				}
			}
		})
	}
	for range boards {
		<-ready
	}
	b.ResetTimer()
	for i := range b.N {
		h.hub.Show(shown(scheduler.Seq(3 + i)))
	}
	all.Wait()
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*boards), "µs/delivery")
}

// shown is an entry of about a kilobyte with its patch.
func shown(seq scheduler.Seq) desk.Shown {
	about := scheduler.About{Date: today}
	id := scheduler.VialID(fmt.Sprint("V", seq))
	return desk.Shown{
		Date:  today,
		Entry: scheduler.Entry{Seq: seq, By: coordinator, ID: scheduler.CommandID(fmt.Sprint(seq)), Event: scheduler.Event{Command: scheduler.Dispatch{About: about, Vial: id}}},
		Patch: desk.View{Date: today, Vials: map[scheduler.VialID]*desk.VialView{id: {Stage: "dispatched"}}},
	}
}
