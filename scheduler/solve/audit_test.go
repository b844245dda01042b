package solve

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// fingerprint writes everything that a plan in the making consists of, floats to the last bit.
func fingerprint(s *state) string {
	var b strings.Builder
	fmt.Fprintf(&b, "worth %x\n", math.Float64bits(s.worth))
	for r, v := range s.visits {
		if v.vial != none {
			fmt.Fprintf(&b, "visit %d %+v %x\n", r, v, math.Float64bits(v.cost))
		}
	}
	for i, v := range s.vials {
		if v.live {
			fmt.Fprintf(&b, "vial %d %+v %x\n", i, v, math.Float64bits(v.load))
		}
	}
	for n, x := range s.batches {
		if x.live {
			fmt.Fprintf(&b, "batch %d %+v %x\n", n, x, math.Float64bits(x.need))
		}
	}
	fmt.Fprintln(&b, s.live)
	for _, rows := range [][]row{s.source, s.cell, s.line, s.scan, s.full} {
		for i := range rows {
			fmt.Fprintf(&b, "%x\n", rows[i])
		}
	}
	for _, counts := range [][][]uint8{s.rooms, s.beams} {
		for i := range counts {
			b.Write(counts[i])
		}
	}
	return b.String()
}

// audit sums up from the promises alone what the state keeps as running sums and bits, and compares.
func audit(t testing.TB, s *state) {
	t.Helper()
	fresh := newState(s.problem)
	if err := fresh.freeze(); err != nil {
		t.Fatal(err)
	}
	var plan snapshot
	s.save(&plan)
	fresh.load(&plan)
	fresh.worth = sumWorth(fresh)
	if math.Abs(fresh.worth-s.worth) > 1e-5 {
		t.Errorf("worth is %f, its parts add up to %f", s.worth, fresh.worth)
	}
	for name, rows := range map[string][2][]row{"source": {s.source, fresh.source}, "cell": {s.cell, fresh.cell},
		"line": {s.line, fresh.line}, "scanner": {s.scan, fresh.scan}, "room": {s.full, fresh.full}} {
		for i := range rows[0] {
			if !slices.Equal(rows[0][i], rows[1][i]) {
				t.Errorf("the bits of %s %d do not follow from the plan", name, i)
			}
		}
	}
	for i := range s.rooms {
		if !slices.Equal(s.rooms[i], fresh.rooms[i]) {
			t.Errorf("the rooms of centre %d do not follow from the plan", i)
		}
	}
	for i := range s.beams {
		if !slices.Equal(s.beams[i], fresh.beams[i]) {
			t.Errorf("the beams of cyclotron %d do not follow from the plan", i)
		}
	}
}

func sumWorth(s *state) float64 {
	sum := 0.0
	for r := range s.visits {
		if s.served(int32(r)) && !s.requests[r].fixed {
			v := &s.visits[r]
			sum += s.points(&s.requests[r], &s.requests[r].places[v.place], v.scanner, v.injection)
		}
	}
	for i := range s.vials {
		if v := &s.vials[i]; v.live && !v.sealed {
			sum -= s.links[v.link].cost
		}
	}
	for n := range s.batches {
		if b := &s.batches[n]; b.live && !b.frozen {
			sum -= s.procs[b.proc].cost + s.running(b, b.beam, b.need)
		}
	}
	return sum
}
