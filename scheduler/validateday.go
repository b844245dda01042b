package scheduler

import "github.com/go-json-experiment/json/jsontext"

// known is what a day names, gathered before references are looked at.
type known struct {
	finder
	day        Day
	tracers    names[TracerID]
	sites      names[SiteID]
	cyclotrons names[CyclotronID]
	sources    names[string] // targets, generators and lots: a batch comes from one of them
	cells      names[HotCellID]
	lines      names[QCLineID]
	centres    names[CentreID]
	scanners   names[ScannerID]
	links      names[LinkID]
	requests   names[RequestID]
}

// Problems says everything that is wrong with a day by itself, in the order of the file; paths are given,
// lines are not.
func (d Day) Problems() []Problem {
	k := &known{day: d,
		tracers: named[TracerID]("tracer"), sites: named[SiteID]("site"),
		cyclotrons: named[CyclotronID]("cyclotron"), sources: named[string]("target, generator or lot"),
		cells: named[HotCellID]("hot cell"), lines: named[QCLineID]("QC line"),
		centres: named[CentreID]("centre"), scanners: named[ScannerID]("scanner"),
		links: named[LinkID]("link"), requests: named[RequestID]("request")}
	k.head()
	k.each(len(d.Tracers), "/tracers", k.tracer)
	k.each(len(d.Sites), "/sites", k.site)
	k.each(len(d.Centres), "/centres", k.centre)
	k.each(len(d.Links), "/links", k.link)
	k.each(len(d.Requests), "/requests", k.request)
	k.frozen()
	return k.found
}

// each looks at every element of a list in the file.
func (k *known) each(n int, at jsontext.Pointer, look func(jsontext.Pointer, int)) {
	for i := range n {
		look(in(at, i), i)
	}
}

func (k *known) head() {
	d := k.day
	if d.Name == "" {
		k.bad("/name", "a day needs a name; plans refer to it")
	}
	if d.TimeStep < 1 || d.TimeStep > 1440 {
		k.bad("/time_step", "%d minutes is no step for a day; it is 1 to 1440", d.TimeStep)
	}
	k.span("/horizon", d.Horizon)
	o := d.Objective
	k.least("/objective/beam_per_min", o.BeamPerMin, 0)
	k.least("/objective/activity_per_gbq", o.ActivityPerGBq, 0)
	k.least("/objective/away", o.Away, 0)
	k.least("/objective/move", o.Move, 0)
	if _, err := d.Date.Midnight(); d.Date != "" && err != nil {
		k.bad("/date", "%q is not a date such as 2026-11-24", shorten(string(d.Date)))
	}
}

func (k *known) tracer(at jsontext.Pointer, i int) {
	t := k.day.Tracers[i]
	k.tracers.add(&k.finder, in(at, "id"), t.ID)
	if t.Isotope == "" {
		k.bad(in(at, "isotope"), "a tracer needs an isotope")
	}
	k.positive(in(at, "half_life"), t.HalfLife)
	k.duration(in(at, "shelf_life"), t.ShelfLife)
	k.least(in(at, "vial_loss"), t.VialLoss, 0)
}

// grid says that m, a time that a plan's times are exactly apart by, is a multiple of the time step.
func (k *known) grid(at jsontext.Pointer, m Minute) {
	if s := k.day.TimeStep; s > 0 && m%s != 0 {
		k.bad(at, "%d is not a multiple of time_step, which is %d", m, s)
	}
}
