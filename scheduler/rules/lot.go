package rules

import (
	"maps"
	"slices"

	"beamslot/scheduler"
)

func lots() []Law {
	return []Law{
		{"drawing-length", Hard, "A drawing takes exactly as long as the lot's drawing does.", drawingLength},
		{"lot-ready", Hard, "A lot is not opened before it is ready.", lotReady},
		{"one-drawing", Hard, "A lot is drawn from by one batch at a time.", oneDrawing},
		{"lot-used-up", Hard, "All drawings of a lot together take at most all of it.", lotUsedUp},
	}
}

func (c *Case) drawn() []*Run {
	var out []*Run
	for _, r := range c.Runs {
		if r.lot != nil {
			out = append(out, r)
		}
	}
	return out
}

func drawingLength(c *Case) []Breach {
	return each(c.drawn(), func(r *Run) (Breach, bool) {
		d := r.BeamEnd - r.BeamStart
		return broken(r.ID, "%d min of drawing, %s takes %d min", d, r.Lot, r.lot.Draw), d != r.lot.Draw
	})
}

func lotReady(c *Case) []Breach {
	return each(c.drawn(), func(r *Run) (Breach, bool) {
		return broken(r.ID, "opened at %s, %s is ready at %s", clock(r.BeamStart), r.Lot, clock(r.lot.Ready)), r.BeamStart < r.lot.Ready
	})
}

func oneDrawing(c *Case) []Breach {
	h := holds[scheduler.LotID]{}
	for _, r := range c.drawn() {
		h.add(r.Lot, string(r.ID), r.BeamStart, r.BeamEnd)
	}
	return h.clashes(func(id scheduler.LotID, a, b hold) Breach {
		return broken(id, "%s draws from it from %s to %s, and %s from %s", a.who, clock(a.from), clock(a.to), b.who, clock(b.from))
	})
}

func lotUsedUp(c *Case) []Breach {
	shares := map[scheduler.LotID]float64{}
	for _, r := range c.drawn() {
		shares[r.Lot] += r.Share
	}
	return each(slices.Sorted(maps.Keys(shares)), func(id scheduler.LotID) (Breach, bool) {
		return broken(id, "%.1f %% of it is drawn", 100*shares[id]), !atMost(shares[id], 1)
	})
}
