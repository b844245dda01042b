package scheduler

import "github.com/go-json-experiment/json/jsontext"

func (k *known) centre(at jsontext.Pointer, i int) {
	c := k.day.Centres[i]
	k.centres.add(&k.finder, in(at, "id"), c.ID)
	k.span(in(at, "open"), c.Open)
	k.count(in(at, "uptake_rooms"), c.UptakeRooms, 0)
	k.duration(in(at, "prep"), c.Prep)
	k.duration(in(at, "receive"), c.Receive)
	for j, s := range c.Scanners {
		k.scanner(in(at, "scanners", j), s)
	}
}

func (k *known) scanner(at jsontext.Pointer, s Scanner) {
	k.scanners.add(&k.finder, in(at, "id"), s.ID)
	k.spans(in(at, "open"), s.Open)
	k.duration(in(at, "turnaround"), s.Turnaround)
	for j, t := range s.Tracers {
		k.tracers.know(&k.finder, in(at, "tracers", j), t)
	}
	if s.Kind != "" && s.Kind != "scanner" && s.Kind != "therapy_room" {
		k.bad(in(at, "kind"), "%q is neither scanner nor therapy_room", shorten(s.Kind))
	}
}

func (k *known) link(at jsontext.Pointer, i int) {
	l := k.day.Links[i]
	k.links.add(&k.finder, in(at, "id"), l.ID)
	k.sites.know(&k.finder, in(at, "site"), l.Site)
	k.centres.know(&k.finder, in(at, "centre"), l.Centre)
	k.least(in(at, "cost"), l.Cost, 0)
	switch {
	case l.Travel != nil && len(l.Departures) > 0:
		k.bad(at, "a link has either travel or departures; this one has both")
	case l.Travel == nil && len(l.Departures) == 0:
		k.bad(at, "a link has either travel or departures; this one has neither")
	case l.Travel != nil:
		k.duration(in(at, "travel"), *l.Travel)
	}
	leaves := map[Minute]bool{}
	for j, d := range l.Departures {
		k.departure(in(at, "departures", j), d, leaves)
	}
}

func (k *known) departure(at jsontext.Pointer, d [2]Minute, leaves map[Minute]bool) {
	k.span(at, Span(d))
	k.grid(in(at, 0), d[0])
	if leaves[d[0]] {
		k.bad(at, "a second departure leaves at %d", d[0])
	}
	leaves[d[0]] = true
}

func (k *known) request(at jsontext.Pointer, i int) {
	r := k.day.Requests[i]
	k.requests.add(&k.finder, in(at, "id"), r.ID)
	k.tracers.know(&k.finder, in(at, "tracer"), r.Tracer)
	k.least(in(at, "weight_kg"), r.WeightKg, 0)
	k.positive(in(at, "dose"), r.Dose)
	k.duration(in(at, "uptake", 0), r.Uptake[0])
	k.span(in(at, "uptake"), r.Uptake)
	k.duration(in(at, "scan"), r.Scan)
	if r.Class < 1 || r.Class > 4 {
		k.bad(in(at, "class"), "%d is not a class from 1 to 4", r.Class)
	}
	k.least(in(at, "value"), r.Value, 0)
	k.span(in(at, "window"), r.Window)
	k.moment(in(at, "due"), r.Due)
	k.least(in(at, "late_per_min"), r.LatePerMin, 0)
	k.places(at, r)
}

func (k *known) places(at jsontext.Pointer, r Request) {
	if len(r.Centres) == 0 {
		k.bad(in(at, "centres"), "a request names at least its home centre")
	}
	for j, c := range r.Centres {
		k.centres.know(&k.finder, in(at, "centres", j), c)
	}
	for j, s := range r.Scanners {
		k.scanners.know(&k.finder, in(at, "scanners", j), s)
	}
}
