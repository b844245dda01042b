package solve

import "beamslot/scheduler"

// finder looks for the best seat for one request at a time; its rows are scratch.
type finder struct {
	*state
	rooms, scans, inject row
	list                 []supply
	blink                func() bool // overlook this supply; nil: never

	q     *request // who is being seated
	place int32    // at which of its places
	on    *choice  // on which of its scanners
	top   seat
	found bool
}

func newFinder(s *state) *finder {
	return &finder{state: s, rooms: s.row(), scans: s.row(), inject: s.row()}
}

// seek is the seat for r that brings most, anywhere, or only at home.
func (f *finder) seek(r int32, onlyHome bool) (seat, bool) {
	f.q, f.found = &f.requests[r], false
	for i := range f.q.places {
		if at := &f.q.places[i]; !onlyHome || at.centre == f.q.home {
			f.seekAt(int32(i), at)
		}
	}
	return f.top, f.found
}

func (f *finder) seekAt(i int32, at *place) {
	if f.gather(at.centre); len(f.list) == 0 {
		return
	}
	f.place = i
	for j := range at.choices {
		f.on = &at.choices[j]
		f.seekOn(at)
	}
}

// gather lists what may bring the tracer to the centre, without what is overlooked.
func (f *finder) gather(centre int32) {
	f.list = f.supplies(f.list[:0], f.q.tracer, centre)
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

// seekOn tries one scanner with each permitted uptake.
func (f *finder) seekOn(at *place) {
	prep, full := f.centres[at.centre].prep, f.full[at.centre]
	runsOfFree(f.scans, f.scan[f.on.scanner], f.on.busy)
	for w := range f.scans {
		f.scans[w] &= f.on.starts[w]
	}
	runsOfFree(f.rooms, full, prep+f.q.short)
	for uptake := f.q.short; uptake <= f.q.long; uptake++ {
		if f.slotsWith(at, prep, uptake) {
			f.seekFrom(uptake)
		}
		for w := range f.rooms {
			f.rooms[w] &^= full.from(w, prep+uptake)
		}
	}
}

// slotsWith fills inject with the slots at which the patient may be injected with this uptake, and says whether
// there are any.
func (f *finder) slotsWith(at *place, prep, uptake int32) bool {
	var some uint64
	for w := range f.inject {
		f.inject[w] = at.inject[w] & f.scans.from(w, uptake) & f.rooms.before(w, prep)
		some |= f.inject[w]
	}
	return some != 0
}

// seekFrom tries each supply at the first slot that it can serve, which costs least, and near a former promise.
func (f *finder) seekFrom(uptake int32) {
	for n := range f.list {
		from := &f.list[n]
		f.consider(from, uptake, f.inject.first(from.lo))
		if f.q.ref.scanner == f.on.scanner {
			f.consider(from, uptake, f.atRef(from.lo, 0))
			f.consider(from, uptake, f.atRef(from.lo, moved))
		}
	}
}

// atRef is the first free slot from the former injection on, or from some minutes before it.
func (f *finder) atRef(lo, before int32) int32 {
	return f.inject.first(max(lo, f.up(scheduler.Minute(f.q.ref.injection-before))))
}

// consider keeps the seat if it is the best so far and the supply holds enough.
func (f *finder) consider(from *supply, uptake, t int32) {
	if t < 0 || t > from.hi {
		return
	}
	points := f.points(f.q, &f.q.places[f.place], f.on.scanner, t)
	if f.found && points <= f.top.gain {
		return
	}
	at, ok := f.offer(f.q, from, t, points)
	if !ok || f.found && at.gain <= f.top.gain {
		return
	}
	at.place, at.scanner, at.start = f.place, f.on.scanner, t+uptake
	f.top, f.found = at, true
}
