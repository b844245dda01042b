package solve

import "beamslot/scheduler"

// addBatch opens a run that could serve someone who waits, and lets it serve whom it can.
func addBatch(w *walker) {
	k := w.someTracer()
	if w.openFor(w.anchor(k)) == none {
		return
	}
	w.wantUnserved(w.needs[k], len(w.needs[k]))
	w.shake(k)
	w.recreate()
}

// swapBatch gives up a run and opens another one for one of its patients.
func swapBatch(w *walker) {
	b := w.someRun()
	if b == none {
		return
	}
	k := w.proc(b).tracer
	w.clear(b)
	if len(w.pool) == 0 || w.openFor(w.pool[w.rng.IntN(len(w.pool))]) == none {
		w.drain()
		return
	}
	w.reseat()
	w.wantUnserved(w.needs[k], len(w.needs[k]))
	w.recreate()
}

// shake removes a few patients of the tracer, to be seated again beside the new run.
func (w *walker) shake(k int32) {
	for range w.rng.IntN(1 + min(len(w.needs[k])/2, 24)) {
		if r := w.needs[k][w.rng.IntN(len(w.needs[k]))]; w.served(r) {
			w.remove(r)
		}
	}
}

func (w *walker) someTracer() int32 {
	r := w.someRequest()
	if r == none {
		return 0
	}
	return w.requests[r].tracer
}

// anchor is a request of the tracer that a new run is meant for: one that waits, if chance finds one.
func (w *walker) anchor(k int32) int32 {
	if len(w.needs[k]) == 0 {
		return none
	}
	r := none
	for range 6 {
		if r = w.needs[k][w.rng.IntN(len(w.needs[k]))]; !w.served(r) {
			break
		}
	}
	return r
}

// openFor opens a run somewhere that could serve r at some time of its window, and gives its index or none.
func (w *walker) openFor(r int32) int32 {
	if r == none || len(w.requests[r].places) == 0 {
		return none
	}
	q := &w.requests[r]
	made := w.tracers[q.tracer].procs
	if len(made) == 0 || q.lo > q.hi {
		return none
	}
	c := q.places[w.rng.IntN(len(q.places))].centre
	t := q.lo + min(w.rng.Int32N(q.hi-q.lo+1), w.rng.Int32N(q.hi-q.lo+1))
	for range 4 {
		n := made[w.rng.IntN(len(made))]
		links := w.linksTo(w.procs[n].site, c)
		if len(links) == 0 {
			continue
		}
		return w.openNear(n, w.synthFor(n, links[w.rng.IntN(len(links))], t))
	}
	return none
}

// openNear opens a run of the process at the nearest slot, first earlier then later, at which everything is free.
func (w *walker) openNear(n, synth int32) int32 {
	for d := int32(0); d < 8; d++ {
		if b, ok := w.lay(n, synth-d); ok {
			return w.openBatch(b)
		}
		if b, ok := w.lay(n, synth+d); d > 0 && ok {
			return w.openBatch(b)
		}
	}
	return none
}

// synthFor is the slot of synthesis start for a vial that is to be used from slot t on.
func (s *state) synthFor(n, l, t int32) int32 {
	m := &s.procs[n]
	arrive := s.minute(t) - s.centres[s.links[l].centre].receive
	leave := arrive - s.links[l].travel
	if s.links[l].travel < 0 {
		leave = s.lastLeave(l, arrive)
	}
	return s.down(scheduler.Minute(leave - m.pack - m.qcMinutes - m.synthesis))
}

// lastLeave is the minute of the last departure that arrives in time, or of the first one.
func (s *state) lastLeave(l, arrive int32) int32 {
	at := &s.links[l]
	last := int32(s.day.Horizon[0])
	for i := range at.leave {
		if i == 0 || at.arrive[i] <= arrive {
			last = s.minute(at.leave[i])
		}
	}
	return last
}
