package solve

import (
	"math/rand/v2"
	"slices"

	"beamslot/scheduler"
)

// ByHand is a deliberately rigid plan, as people make it without help: one batch in the morning per tracer and site,
// patients earliest first at their home centre. It is lawful, and a baseline to compare with; of a day that cannot
// be planned it is the empty plan.
func ByHand(day scheduler.Day) scheduler.Plan {
	p, err := compile(day)
	if err != nil {
		return scheduler.Plan{Format: scheduler.PlanFormat1, Instance: day.Name}
	}
	s := newState(p)
	if err := s.freeze(); err != nil {
		return scheduler.Plan{Format: scheduler.PlanFormat1, Instance: day.Name}
	}
	w := &walker{finder: newFinder(s), rng: rand.New(rand.NewPCG(0, 0))}
	for n := range p.procs {
		w.openMorning(int32(n))
	}
	w.seatByHand()
	w.tidy()
	return s.export(newNaming(day, Options{}))
}

// openMorning opens the one batch of the process, to be at the first centre when that opens.
func (w *walker) openMorning(n int32) {
	synth := w.slots
	for _, l := range w.sites[w.procs[n].site].links {
		c := w.links[l].centre
		open := w.up(w.day.Centres[c].Open[0]) + w.centres[c].prep
		synth = min(synth, w.synthFor(n, l, open))
	}
	for _, room := range []int32{w.span(usualBeam), 0} {
		for at := synth; at < w.slots; at++ {
			if b, ok := w.lay(n, at); ok && w.couldGrow(&b, room) {
				w.openBatch(b)
				return
			}
		}
	}
}

// usualBeam is how many minutes people keep a target for a batch when they do not know yet what it must give.
const usualBeam = 120

// couldGrow reports whether the beam has that many slots before it, or as many as its target bears.
func (w *walker) couldGrow(b *batch, room int32) bool {
	r := &w.procs[b.proc].routes[b.route]
	src := &w.sources[r.source]
	return src.kind != target || w.roomFor(b, r) >= min(room, src.most-src.least)
}

// seatByHand goes through the list once, the earliest windows first, home centres only.
func (w *walker) seatByHand() {
	var order []int32
	for r := range w.requests {
		if !w.served(int32(r)) {
			order = append(order, int32(r))
		}
	}
	slices.SortStableFunc(order, func(a, b int32) int { return int(w.requests[a].lo - w.requests[b].lo) })
	for _, r := range order {
		if at, ok := w.seek(r, true); ok {
			w.take(r, at)
		}
	}
}
