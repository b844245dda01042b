package solve

import "beamslot/scheduler"

// request is one patient's need on the grid.
type request struct {
	id       scheduler.RequestID
	tracer   int32
	dose     float64
	value    float64
	due      int32 // minute
	late     float64
	short    int32 // least and most uptake in slots
	long     int32
	scan     int32 // slots
	lo, hi   int32 // slots of its window
	home     int32 // centre listed first
	places   []place
	ref      reference
	fixed    bool // frozen: what is promised stays
	scanMins int32
}

// reference is the former appointment, which costs to leave.
type reference struct {
	scanner   int32 // -1: none
	injection int32 // minute
}

// place is a centre that may take the request.
type place struct {
	centre  int32
	away    float64 // points lost by not being at home
	inject  row     // slots at which the patient may be injected, by window and opening hours
	choices []choice
}

// choice is a scanner that may take the request: starts are the slots allowed by its hours, busy how long it is held.
type choice struct {
	scanner int32
	starts  row
	busy    int32
}

// points is what serving r brings there and then, before anything that the supply costs: J's terms, and a little
// off for a former promise that is shifted by less than J counts.
func (p *problem) points(r *request, at *place, scanner, injection int32) float64 {
	m := p.minute(injection)
	points := r.value - at.away
	if m > r.due {
		points -= r.late * float64(m-r.due)
	}
	if r.ref.scanner == none {
		return points
	}
	switch shift := apart(m, r.ref.injection); {
	case r.ref.scanner != scanner || shift > moved:
		points -= p.price.Move
	case shift > 0:
		points -= p.price.Move / nudge
	}
	return points
}

const (
	none  int32 = -1
	moved int32 = 15 // minutes by which an injection may shift without counting as moved
	nudge       = 20 // a shift that does not count costs one part in so many: nobody is called for nothing
)

func apart(a, b int32) int32 { return max(a-b, b-a) }
