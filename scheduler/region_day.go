package scheduler

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// HalfLife gives an isotope's half-life in minutes.
type HalfLife func(isotope string) (float64, error)

// Day is the region's question on a date: its hours as minutes of that UTC day, also on the two days a year that
// have 23 or 25 hours, and the requests of the lists. The zone is the region's, loaded by the caller. An error
// names the place that could not be turned.
func (r Region) Day(date Date, zone *time.Location, halfLife HalfLife, lists ...Requests) (Day, error) {
	made := dayMaker{Region: r, date: date, zone: zone, halfLife: halfLife}
	horizon, err := r.Hours.On(date, zone)
	if err != nil {
		return Day{}, fmt.Errorf("the day of %s: %w", r.Name, err)
	}
	d := Day{Format: DayFormat2, Name: r.Name + " " + string(date), Size: "region", TimeStep: r.TimeStep,
		Horizon: r.inward(horizon), Objective: r.Objective.Prices, Date: date, Zone: r.Zone, Note: r.Note,
		Tracers: make([]Tracer, len(r.Tracers)), Sites: make([]Site, len(r.Sites)),
		Centres: make([]Centre, len(r.Centres)), Links: make([]Link, len(r.Links)), Requests: []Request{}}
	for _, fill := range []func(*Day) error{made.tracers, made.sites, made.centres, made.links} {
		if err := fill(&d); err != nil {
			return Day{}, fmt.Errorf("the day %s of %s: %w", date, r.Name, err)
		}
	}
	return d, made.requests(&d, lists)
}

// dayMaker turns one part of the region after the other.
type dayMaker struct {
	Region
	date     Date
	zone     *time.Location
	halfLife HalfLife
}

func (m dayMaker) tracers(d *Day) error {
	for i, t := range m.Tracers {
		half, err := m.halfLife(t.Nuclide)
		if err != nil {
			return fmt.Errorf("tracer %s: %w", t.ID, err)
		}
		d.Tracers[i] = Tracer{ID: t.ID, Isotope: t.Nuclide, HalfLife: math.Round(half*1e3) / 1e3,
			ShelfLife: t.ShelfLife, VialLoss: t.VialLoss, Name: t.Name}
	}
	return nil
}

func (m dayMaker) centres(d *Day) error {
	for i, c := range m.Centres {
		open, err := c.Open.On(m.date, m.zone)
		if err != nil {
			return fmt.Errorf("centre %s: %w", c.ID, err)
		}
		d.Centres[i] = Centre{ID: c.ID, Open: m.inward(open), UptakeRooms: c.UptakeRooms, Prep: c.Prep,
			Receive: c.Receive, Name: c.Name, Scanners: make([]Scanner, len(c.Scanners))}
		for j, s := range c.Scanners {
			spans, err := m.spans(s.Open)
			if err != nil {
				return fmt.Errorf("scanner %s: %w", s.ID, err)
			}
			d.Centres[i].Scanners[j] = Scanner{ID: s.ID, Open: spans, Turnaround: s.Turnaround,
				Tracers: s.Tracers, Kind: s.Kind}
		}
	}
	return nil
}

func (m dayMaker) links(d *Day) error {
	for i, l := range m.Links {
		d.Links[i] = Link{ID: l.ID, Site: l.Site, Centre: l.Centre, Cost: l.Cost}
		if l.By != "air" {
			travel := m.up(l.Minutes)
			d.Links[i].Travel = &travel
			continue
		}
		flights, err := m.flights(l)
		if err != nil {
			return fmt.Errorf("link %s: %w", l.ID, err)
		}
		d.Links[i].Departures = flights
	}
	return nil
}

// flights folds the roads to and from the airports into the timetable: door to door, outward on the grid.
func (m dayMaker) flights(l RegionLink) ([][2]Minute, error) {
	out := make([][2]Minute, len(l.Flights))
	for i, f := range l.Flights {
		s, err := f.On(m.date, m.zone)
		if err != nil {
			return nil, err
		}
		out[i] = [2]Minute{m.down(s[0] - l.Before), m.up(s[1] + l.After)}
	}
	return out, nil
}

// requests adds the lists; a day with lists goes by their names.
func (m dayMaker) requests(d *Day, lists []Requests) error {
	var names, notes []string
	for _, list := range lists {
		if list.Date != m.date {
			return fmt.Errorf("requests %s are for %s, the day is %s", list.Name, list.Date, m.date)
		}
		for _, p := range list.Patients {
			q, err := m.request(p, m.date, m.zone)
			if err != nil {
				return fmt.Errorf("requests %s: %w", list.Name, err)
			}
			d.Requests = append(d.Requests, q)
		}
		names, notes, d.Seed = append(names, list.Name), append(notes, list.Note), list.Seed
	}
	if len(lists) > 0 {
		d.Name, d.Note = strings.Join(names, "+"), strings.Join(append(notes, d.Note), " ")
	}
	return nil
}

func (m dayMaker) spans(hours []Hours) ([]Span, error) {
	out := make([]Span, len(hours))
	for i, h := range hours {
		s, err := h.On(m.date, m.zone)
		if err != nil {
			return nil, err
		}
		out[i] = m.inward(s)
	}
	return out, nil
}

// up and down round to the day's grid; inward keeps a span from growing by it.
func (r Region) up(m Minute) Minute   { return -r.down(-m) }
func (r Region) down(m Minute) Minute { return m - ((m%r.TimeStep)+r.TimeStep)%r.TimeStep }
func (r Region) inward(s Span) Span   { return Span{r.up(s[0]), r.down(s[1])} }
