package desk

import (
	"maps"
	"slices"
	"time"

	"beamslot/scheduler"
)

// decide turns an act that is permitted into the entry that would follow, or refuses it. It changes nothing.
func (a *Agenda) decide(x Act, at time.Time) (scheduler.Entry, *Refusal) {
	e := scheduler.Entry{Seq: a.Seq + 1, At: at.UTC(), By: x.By, ID: x.ID, Event: scheduler.Event{Command: x.Command}}
	if open, ok := x.Command.(scheduler.Open); ok {
		return e, a.decideOpen(open)
	}
	c, ok := a.days[x.Command.Of()]
	if !ok {
		return e, a.decideAhead(x.Command, at)
	}
	if no := c.judge(x.Command, at, a.zones); no != nil {
		return e, no
	}
	lost, no := c.consequences(e)
	e.Event.Lost = lost
	return e, no
}

// consequences plays the event on a copy of the day: who loses an appointment through it.
func (c *Course) consequences(e scheduler.Entry) ([]scheduler.Unserved, *Refusal) {
	switch e.Event.Command.(type) {
	case scheduler.Measure, scheduler.Fail, scheduler.Dispatch, scheduler.Inject:
	default:
		return nil, nil
	}
	preview := c.clone()
	if _, err := preview.fold(e); err != nil {
		return nil, refuse(Malformed, "command", "%v", err)
	}
	return preview.short(), nil
}

func (a *Agenda) decideOpen(o scheduler.Open) *Refusal {
	if _, ok := a.days[o.Date]; ok {
		return refuse(Unlawful, "day-opened-once", "day %s is open already; book, move or cancel in it", o.Date)
	}
	if _, err := o.Date.Midnight(); err != nil {
		return refuse(Malformed, "date", "date %q is not a day such as 2026-11-24", o.Date)
	}
	if o.Day.Date != "" && o.Day.Date != o.Date {
		return refuse(Malformed, "date", "the day file is for %s and was opened as %s", o.Day.Date, o.Date)
	}
	if o.Day.Frozen != nil {
		return refuse(Malformed, "nothing-frozen", "day %s carries a frozen part; a day is opened before anything began", o.Date)
	}
	return nil
}

// decideAhead takes a wish for a day that is not open yet, in wall time.
func (a *Agenda) decideAhead(c scheduler.Command, at time.Time) *Refusal {
	switch c := c.(type) {
	case scheduler.Book:
		return a.judgeAhead(c, at)
	case scheduler.Cancel:
		for _, b := range a.ahead[c.Date] {
			if b.Request.ID == c.Request {
				return nil
			}
		}
		return refuse(Unknown, "request", "request %s is not booked for %s", c.Request, c.Date)
	}
	return refuse(Unknown, "day", "day %s is not open; open it before you %s in it", c.Of(), c.Kind())
}

func (a *Agenda) judgeAhead(b scheduler.Book, at time.Time) *Refusal {
	midnight, err := b.Date.Midnight()
	if err != nil {
		return refuse(Malformed, "date", "date %q is not a day such as 2026-11-24", b.Date)
	}
	if midnight.Add(24 * time.Hour).Before(at) {
		return refuse(Unlawful, "not-in-the-past", "%s is over; book a day to come", b.Date)
	}
	for _, other := range a.ahead[b.Date] {
		if other.Request.ID == b.Request.ID {
			return refuse(Unlawful, "request-booked-once", "request %s is booked for %s already", b.Request.ID, b.Date)
		}
	}
	r, err := requestOf(b, a.zones, 1)
	if err == nil {
		err = a.like(r).CheckRequest(r)
	}
	if err != nil {
		return refuse(Malformed, "request", "request %s: %v", r.ID, err)
	}
	return nil
}

// like is a day that a request for another is held against: the newest open one, or, before there is any, one that
// has the names that the request uses.
func (a *Agenda) like(r scheduler.Request) scheduler.Day {
	if len(a.days) > 0 {
		return a.days[slices.Max(slices.Collect(maps.Keys(a.days)))].Question
	}
	d := scheduler.Day{Tracers: []scheduler.Tracer{{ID: r.Tracer}}}
	for _, c := range r.Centres {
		d.Centres = append(d.Centres, scheduler.Centre{ID: c})
	}
	if len(d.Centres) > 0 {
		for _, s := range r.Scanners {
			d.Centres[0].Scanners = append(d.Centres[0].Scanners, scheduler.Scanner{ID: s})
		}
	}
	return d
}
