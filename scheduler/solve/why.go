package solve

import (
	"fmt"

	"beamslot/scheduler"
)

// Why says for each request that the plan does not serve which law or shortage stands in the way. It looks for a
// seat while it lets one law after another rest; the first that opens a seat is the one named.
func Why(day scheduler.Day, plan scheduler.Plan) []scheduler.Unserved {
	out := []scheduler.Unserved{}
	p, err := compile(day)
	if err != nil {
		return out
	}
	s := newState(p)
	if s.freeze() != nil {
		return out
	}
	w := newWalker(s, 0, 0)
	w.blink = nil
	w.warm(plan)
	given := map[scheduler.RequestID]bool{}
	for _, a := range plan.Appointments {
		given[a.Request] = true
	}
	for r := range p.requests {
		if !given[p.requests[r].id] {
			out = append(out, w.why(int32(r)))
		}
	}
	return out
}

// why tries the shortages in the order in which a person would ask.
func (w *walker) why(r int32) scheduler.Unserved {
	for _, ask := range []func(int32) (law, says string){
		w.whyNever, w.whyNotWorth, w.whyScanner, w.whyRoom, w.whyBoth, w.whyActivity, w.whyTime, w.whyNoBatch,
	} {
		if law, says := ask(r); law != "" {
			return scheduler.Unserved{Request: w.requests[r].id, Law: law, Says: says}
		}
	}
	return scheduler.Unserved{Request: w.requests[r].id, Law: "served",
		Says: "Scanner, room, activity and window do not come together at any one time of the day."}
}

// whyNever finds what no plan could mend.
func (w *walker) whyNever(r int32) (string, string) {
	q := &w.requests[r]
	t := w.day.Tracers[q.tracer].ID
	switch {
	case len(w.tracers[q.tracer].procs) == 0:
		return "known-names", fmt.Sprintf("No site makes %s.", t)
	case len(q.places) == 0:
		return "allowed-scanner", "No scanner of the centres asked for may take this request."
	case !w.reachable(q):
		return "link-site", fmt.Sprintf("No link goes from a site that makes %s to a centre asked for.", t)
	case q.lo > q.hi:
		return "injection-window", fmt.Sprintf("The window ended at %s, and now it is %s.", w.clock(q.hi), w.clock(w.now))
	case !w.anySlot(q):
		return "centre-hours", fmt.Sprintf("Within %s to %s no centre asked for is open long enough for uptake and scan.", w.clock(q.lo), w.clock(q.hi))
	}
	return "", ""
}

func (w *walker) reachable(q *request) bool {
	for i := range q.places {
		for _, n := range w.tracers[q.tracer].procs {
			if len(w.linksTo(w.procs[n].site, q.places[i].centre)) > 0 {
				return true
			}
		}
	}
	return false
}

// anySlot reports whether hours alone leave a time for the visit.
func (w *walker) anySlot(q *request) bool {
	for i := range q.places {
		for j := range q.places[i].choices {
			for t := q.lo; t <= q.hi; t++ {
				for u := q.short; q.places[i].inject.has(t) && u <= q.long; u++ {
					if q.places[i].choices[j].starts.has(t + u) {
						return true
					}
				}
			}
		}
	}
	return false
}

// whyNotWorth finds a free seat that would cost more than it brings.
func (w *walker) whyNotWorth(r int32) (string, string) {
	at, ok := w.seek(r, false)
	if !ok {
		return "", ""
	}
	if at.gain > 0 {
		return "served", fmt.Sprintf("There is room on %s with injection at %s; the next plan can use it.",
			w.scanners[at.scanner].id, w.clock(at.injection))
	}
	return "served", fmt.Sprintf("A visit on %s at %s would bring %.0f points and its supply cost %.0f.",
		w.scanners[at.scanner].id, w.clock(at.injection), at.points, at.points-at.gain)
}

func (s *state) clock(t int32) string {
	m := s.minute(t)
	return fmt.Sprintf("%02d:%02d UTC", m/60, m%60)
}
