package scheduler

import (
	"slices"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

func (k *regionFinder) site(at jsontext.Pointer, s RegionSite) {
	k.position(in(at, "position"), s.Position)
	k.origin(at, s.Origin, s)
	for i, c := range s.Cyclotrons {
		k.origin(in(at, "cyclotrons", i), c.Origin, c)
		k.positive(in(at, "cyclotrons", i, "proton_mev"), c.ProtonMeV)
		for j, t := range c.Targets {
			k.origin(in(at, "cyclotrons", i, "targets", j), t.Origin, t.Target)
		}
	}
	for i, g := range s.Generators {
		k.generator(in(at, "generators", i), g)
	}
	for i, l := range s.Lots {
		k.lot(in(at, "lots", i), l)
	}
	for i, p := range s.Processes {
		k.origin(in(at, "processes", i), p.Origin, p.Process)
	}
}

func (k *regionFinder) generator(at jsontext.Pointer, g RegionGenerator) {
	k.origin(at, g.Origin, g)
	k.date(in(at, "calibrated"), g.Calibrated)
	k.date(in(at, "retired"), g.Retired)
	if g.Retired <= g.Calibrated {
		k.bad(in(at, "retired"), "%s is not after calibrated, %s", shorten(string(g.Retired)), shorten(string(g.Calibrated)))
	}
}

func (k *regionFinder) lot(at jsontext.Pointer, l RegionLot) {
	k.origin(at, l.Origin, l)
	if len(l.Days) == 0 {
		k.bad(in(at, "days"), "a delivery names the days of the week on which it comes")
	}
	for i, day := range l.Days {
		if !weekday(day) {
			k.bad(in(at, "days", i), "%q is not a day of the week such as Tuesday", shorten(day))
		}
	}
}

func weekday(name string) bool {
	var week []string
	for d := time.Sunday; d <= time.Saturday; d++ {
		week = append(week, d.String())
	}
	return slices.Contains(week, name)
}

func (k *regionFinder) date(at jsontext.Pointer, d Date) {
	if _, err := d.Midnight(); err != nil {
		k.bad(at, "%q is not a date such as 2026-11-24", shorten(string(d)))
	}
}

func (k *regionFinder) position(at jsontext.Pointer, p Position) {
	if !(p.Lat >= -90 && p.Lat <= 90 && p.Lon >= -180 && p.Lon <= 180) {
		k.bad(at, "%v north, %v east is not on the map", p.Lat, p.Lon)
	}
}

func (k *regionFinder) link(at jsontext.Pointer, l RegionLink) {
	k.origin(at, l.Origin, l)
	k.positive(in(at, "km"), l.Km)
	k.duration(in(at, "before"), l.Before)
	k.duration(in(at, "after"), l.After)
	switch l.By {
	case "foot", "road":
		k.positive(in(at, "minutes"), float64(l.Minutes))
		if len(l.Flights) > 0 || l.Before != 0 || l.After != 0 {
			k.bad(at, "a way by %s has minutes, and neither flights nor before and after", l.By)
		}
	case "air":
		if len(l.Flights) == 0 || l.Minutes != 0 {
			k.bad(at, "a way by air has flights, and no minutes")
		}
	default:
		k.bad(in(at, "by"), "%q is neither foot, road nor air", shorten(l.By))
	}
}

// Problems says everything that is wrong with a list of requests by itself.
func (r Requests) Problems() []Problem {
	k := &regionFinder{}
	if r.Name == "" {
		k.bad("/name", "requests need a name; the day is called by it")
	}
	k.date("/date", r.Date)
	ids := named[RequestID]("patient")
	for i, p := range r.Patients {
		ids.add(&k.finder, in("/patients", i, "id"), p.ID)
		k.patient(in("/patients", i), p)
	}
	return k.found
}

func (k *regionFinder) patient(at jsontext.Pointer, p Patient) {
	k.positive(in(at, "weight_kg"), p.WeightKg)
	k.least(in(at, "mbq"), p.MBq, 0)
	k.duration(in(at, "scan"), p.Scan)
	if p.Class < 1 || p.Class > 4 {
		k.bad(in(at, "class"), "%d is not a class from 1 to 4", p.Class)
	}
	if len(p.Centres) == 0 {
		k.bad(in(at, "centres"), "a patient names at least the home centre")
	}
	if (p.MBq != 0) != (p.Rule != "") {
		k.bad(at, "mbq and rule stand together: an activity of one's own says by which rule")
	}
	if p.Uptake != nil {
		k.span(in(at, "uptake"), *p.Uptake)
		k.duration(in(at, "uptake", 0), p.Uptake[0])
	}
}
