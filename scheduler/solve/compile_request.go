package solve

import (
	"fmt"
	"slices"

	"beamslot/scheduler"
)

func (p *problem) compileRequests() error {
	memo := masks{problem: p, inject: map[[3]int32]row{}, starts: map[[2]int32]row{}}
	for i, q := range p.day.Requests {
		k, ok := p.index.tracers[q.Tracer]
		if !ok {
			return fmt.Errorf("request %s asks for %q, a tracer that the day does not have", q.ID, q.Tracer)
		}
		r := request{id: q.ID, tracer: k, dose: q.Dose, value: q.Value, due: int32(q.Due), late: q.LatePerMin,
			short: p.span(q.Uptake[0]), long: min(int32(q.Uptake[1])/p.step, p.slots), scan: p.span(q.Scan), scanMins: int32(q.Scan),
			lo: max(p.up(q.Window[0]), p.now), hi: p.down(q.Window[1]), home: none, ref: reference{scanner: none}}
		for n, id := range q.Centres {
			c, ok := p.index.centres[id]
			if !ok {
				return fmt.Errorf("request %s asks for centre %q, which the day does not have", q.ID, id)
			}
			if n == 0 {
				r.home = c
			}
			if at := memo.place(&r, q, c, n > 0); len(at.choices) > 0 {
				r.places = append(r.places, at)
			}
		}
		p.index.requests[q.ID] = int32(i)
		p.requests = append(p.requests, r)
	}
	p.promised()
	return nil
}

// promised marks frozen appointments, and former ones: one of a request that is no longer asked costs nothing.
func (p *problem) promised() {
	if p.day.Frozen == nil {
		return
	}
	for _, a := range p.day.Frozen.Appointments {
		if r, ok := p.index.requests[a.Request]; ok {
			p.requests[r].fixed = true
		}
	}
	for _, a := range p.day.Frozen.Reference {
		r, okR := p.index.requests[a.Request]
		s, okS := p.index.scanners[a.Scanner]
		if okR && okS {
			p.requests[r].ref = reference{scanner: s, injection: int32(a.Injection)}
		}
	}
}

// masks shares the rows of requests that are alike.
type masks struct {
	*problem
	inject map[[3]int32]row
	starts map[[2]int32]row
}

func (m masks) place(r *request, q scheduler.Request, c int32, away bool) place {
	at := place{centre: c, inject: m.injections(r, c)}
	if away {
		at.away = m.price.Away
	}
	for i, s := range m.day.Centres[c].Scanners {
		if fits(s, q) {
			n := m.centres[c].scanners[i]
			at.choices = append(at.choices, choice{scanner: n, starts: m.startsOf(r, s, n), busy: m.span(q.Scan + s.Turnaround)})
		}
	}
	return at
}

// fits reports whether the scanner may take the request at all; a therapy room takes only who asks for it.
func fits(s scheduler.Scanner, q scheduler.Request) bool {
	named := slices.Contains(q.Scanners, s.ID)
	return (named || len(q.Scanners) == 0 && !s.TherapyRoom()) && (len(s.Tracers) == 0 || slices.Contains(s.Tracers, q.Tracer))
}

// injections are the slots in the window at which the patient can have been in a room since preparation began.
func (m masks) injections(r *request, c int32) row {
	key := [3]int32{r.lo, r.hi, c}
	if m.inject[key] == nil {
		at := m.day.Centres[c]
		open := m.up(max(at.Open[0], m.day.Horizon[0]) + at.Prep)
		m.inject[key] = m.within(max(r.lo, open), r.hi)
	}
	return m.inject[key]
}

// startsOf are the slots at which the scan can start and end in one window of the scanner, in opening hours.
func (m masks) startsOf(r *request, s scheduler.Scanner, n int32) row {
	key := [2]int32{r.scanMins, n}
	if m.starts[key] == nil {
		out := m.row()
		last := min(m.day.Centres[m.scanners[n].centre].Open[1], m.day.Horizon[1])
		for _, w := range s.Open {
			out.set(m.up(w[0]), m.down(min(w[1], last)-scheduler.Minute(r.scanMins))+1, true)
		}
		m.starts[key] = out
	}
	return m.starts[key]
}
