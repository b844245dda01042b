package solve

import "beamslot/scheduler"

// finder looks for seats; its rows are scratch.
type finder struct {
	*state
	rooms, scans, inject row
	list                 []supply
	blink                func() bool // overlook this supply; nil: never
}

func newFinder(s *state) *finder {
	return &finder{state: s, rooms: s.row(), scans: s.row(), inject: s.row()}
}

// best is the seat for r that brings most.
func (f *finder) best(r int32) (best seat, found bool) {
	q := &f.requests[r]
	for i := range q.places {
		at := &q.places[i]
		f.gather(q.tracer, at.centre)
		if len(f.list) == 0 {
			continue
		}
		for j := range at.choices {
			f.bestOn(q, int32(i), &at.choices[j], &best, &found)
		}
	}
	return best, found
}

// gather lists what may bring the tracer to the centre, without what is overlooked.
func (f *finder) gather(k, centre int32) {
	f.list = f.supplies(f.list[:0], k, centre)
	if f.blink == nil {
		return
	}
	kept := f.list[:0]
	for _, from := range f.list {
		if !f.blink() {
			kept = append(kept, from)
		}
	}
	f.list = kept
}

// bestOn tries one scanner with each permitted uptake.
func (f *finder) bestOn(q *request, i int32, on *choice, best *seat, found *bool) {
	at := &q.places[i]
	prep := f.centres[at.centre].prep
	runsOfFree(f.scans, f.scan[on.scanner], on.busy)
	for w := range f.scans {
		f.scans[w] &= on.starts[w]
	}
	runsOfFree(f.rooms, f.full[at.centre], prep+q.short)
	for uptake := q.short; uptake <= q.long; uptake++ {
		some := f.slotsWith(at, prep, uptake)
		if some {
			f.bestOf(q, i, on, uptake, best, found)
		}
		for w := range f.rooms {
			f.rooms[w] &^= f.full[at.centre].from(w, prep+uptake)
		}
	}
}

// slotsWith fills inject with the slots at which r may be injected with this uptake, and says whether there are any.
func (f *finder) slotsWith(at *place, prep, uptake int32) bool {
	var some uint64
	for w := range f.inject {
		f.inject[w] = at.inject[w] & f.scans.from(w, uptake) & f.rooms.before(w, prep)
		some |= f.inject[w]
	}
	return some != 0
}

// bestOf tries each supply at the first slot that it can serve, which costs least, and near the former appointment.
func (f *finder) bestOf(q *request, i int32, on *choice, uptake int32, best *seat, found *bool) {
	for n := range f.list {
		from := &f.list[n]
		t := f.inject.first(from.lo)
		f.consider(q, i, on, uptake, from, t, best, found)
		if q.ref.scanner == on.scanner {
			f.consider(q, i, on, uptake, from, f.atRef(q, from.lo, 0), best, found)
			f.consider(q, i, on, uptake, from, f.atRef(q, from.lo, moved), best, found)
		}
	}
}

// atRef is the first free slot from the former injection on, or from some minutes before it.
func (f *finder) atRef(q *request, lo, before int32) int32 {
	return f.inject.first(max(lo, f.up(scheduler.Minute(q.ref.injection-before))))
}

func (f *finder) consider(q *request, i int32, on *choice, uptake int32, from *supply, t int32, best *seat, found *bool) {
	if t < 0 || t > from.hi {
		return
	}
	points := f.points(q, &q.places[i], on.scanner, t)
	if *found && points <= best.gain {
		return
	}
	at, ok := f.offer(q, from, t, points)
	if !ok || *found && at.gain <= best.gain {
		return
	}
	at.place, at.scanner, at.start = i, on.scanner, t+uptake
	*best, *found = at, true
}
