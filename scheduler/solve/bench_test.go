package solve

import (
	"context"
	"testing"
)

// benched are the days that people wait for, with steps that take about a second.
var benched = []struct {
	name  string
	steps int
}{
	{"instances/small-2", 150_000},
	{"instances/medium-1", 75_000},
	{"instances/medium-1-lost-batch", 75_000},
	{"instances/large-1", 35_000},
	{"norway/days/tuesday", 75_000},
}

// How good is a plan that one core makes in about a second?
func BenchmarkPlan(b *testing.B) {
	for _, day := range benched {
		b.Run(day.name, func(b *testing.B) { benchPlan(b, day.name, day.steps) })
	}
}

// How long until there is a first lawful plan?
func BenchmarkFirstPlan(b *testing.B) {
	for _, day := range benched {
		b.Run(day.name, func(b *testing.B) { benchPlan(b, day.name, 1) })
	}
}

func benchPlan(b *testing.B, name string, steps int) {
	d := read(b, name)
	var sum float64
	var served, tried int
	for seed := uint64(1); b.Loop(); seed++ {
		p, err := compile(d)
		if err != nil {
			b.Fatal(err)
		}
		m := &member{problem: p, o: Options{Seed: seed}, steps: steps}
		if m.walk(context.Background()); m.err != nil {
			b.Fatal(m.err)
		}
		sum += m.result.Score.Total()
		served += m.result.Score.Served
		tried += m.result.Steps
	}
	b.ReportMetric(sum/float64(b.N), "J")
	b.ReportMetric(float64(served)/float64(b.N), "served")
	if steps > 1 {
		b.ReportMetric(float64(tried)/b.Elapsed().Seconds(), "moves/s")
	}
}

// What does it cost to find the best seat for one patient (removed before, put back after), over all centres, scanners, uptakes and vials?
func BenchmarkSeek(b *testing.B) {
	for _, day := range benched {
		b.Run(day.name, func(b *testing.B) {
			w := walkerOn(b, read(b, day.name), 1)
			r := int32(0)
			for b.Loop() {
				r = (r + 1) % int32(len(w.requests))
				if w.served(r) && !w.requests[r].fixed {
					w.remove(r)
					w.drain()
				}
				w.seek(r, false)
				w.undo(0)
			}
		})
	}
}

// What does it cost to try and undo each move?
func BenchmarkMove(b *testing.B) {
	for _, m := range moves {
		b.Run(m.name, func(b *testing.B) {
			w := walkerOn(b, read(b, "instances/medium-1"), 1)
			for b.Loop() {
				m.do(w)
				w.undo(0)
			}
		})
	}
}
