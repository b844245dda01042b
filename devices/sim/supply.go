package sim

import (
	"time"

	"beamslot/decay"
	"beamslot/devices"
	"beamslot/devices/modbus"
	"beamslot/devices/profile"
	"beamslot/scheduler"
)

// trips is when the scenario ends a run early, if it does.
func (p *Plant) trips(r run, site scheduler.SiteID) (time.Time, bool) {
	for i, f := range p.o.Scenario.Beams {
		at := r.from.Add(f.After)
		if p.picked("beam", i, f.Pick, r.batch, site, "") && at.Before(r.end) {
			return at, true
		}
	}
	return time.Time{}, false
}

// column is a generator: a parent on a column, and a daughter that grows back after each elution.
type column struct {
	plant  *Plant
	site   scheduler.SiteID
	spec   scheduler.Generator
	kind   species
	parent product // its half-life is 0 when the parent is not known; it stands still then
	run    run
	last   time.Time // when what stands in left was left on the column
	left   float64   // MBq of the daughter
}

// newColumn is a generator that was eluted the day before. A day file gives the parent's activity at noon.
func newColumn(p *Plant, site scheduler.SiteID, g scheduler.Generator) *column {
	c := &column{plant: p, site: site, spec: g, kind: p.species[devices.Nuclide(g.Isotope)], last: p.midnight.Add(-12 * time.Hour)}
	c.parent = product{species{parents()[c.kind.nuclide], 0}, g.Parent, p.midnight.Add(12 * time.Hour)}
	c.parent.halfLife = halfLife(c.parent.nuclide, 0)
	return c
}

// parents are what stands on the columns that hospitals have, every decay of which leads to the daughter.
func parents() map[decay.Nuclide]decay.Nuclide {
	return map[decay.Nuclide]decay.Nuclide{"Ga-68": "Ge-68", "Rb-82": "Sr-82"}
}

// above is the parent's activity on the column.
func (c *column) above(now time.Time) float64 {
	if c.parent.halfLife <= 0 {
		return c.spec.Parent
	}
	return c.parent.decayed(now)
}

// daughter is the activity on the column: grown from the parent, and what the last elution left, decayed.
func (c *column) daughter(now time.Time) float64 {
	dt := now.Sub(c.last)
	switch {
	case dt <= 0 || c.kind.halfLife <= 0:
		return c.left
	case c.parent.halfLife <= 0:
		return c.spec.Parent*c.kind.grown(dt) + c.left*c.kind.left(dt)
	}
	grown := decay.Ingrowth(c.parent.halfLife.Seconds(), c.kind.halfLife.Seconds(), 1, dt.Seconds())
	return c.above(now)*grown + c.left*c.kind.left(dt)
}

func (c *column) show(now time.Time) profile.Samples {
	c.settle(now)
	return profile.Samples{
		"state":    {Word: c.run.state(now, "eluting", "ended", "fault")},
		"batch":    {Text: c.run.shown(now)},
		"last":     {Number: float64(max(0, c.last.Unix()))},
		"parent":   {Number: c.above(now)},
		"activity": {Number: c.daughter(now)},
		"until":    {Number: c.run.until(now)},
	}
}

// settle takes what an ended elution washed out off the column.
func (c *column) settle(now time.Time) {
	if c.run.batch == "" || now.Before(c.run.end) || !c.last.Before(c.run.end) {
		return
	}
	c.left = c.daughter(c.run.end) * (1 - c.spec.Efficiency)
	c.last = c.run.end
}

func (c *column) take(now time.Time, _ string, o profile.Samples) modbus.Exception {
	c.settle(now)
	r, share, wrong := ordered(now, c.run.busy(now), o)
	if wrong != 0 {
		return wrong
	}
	if c.kind.halfLife <= 0 || now.Before(scheduler.Minute(c.spec.Ready).On(c.plant.midnight)) {
		return modbus.DeviceFailure
	}
	if end, ok := c.plant.trips(r, c.site); ok {
		r.end, r.failed = end, true
	}
	r.free = r.end.Add(time.Duration(c.spec.Regrow) * time.Minute)
	if !r.failed {
		c.plant.sources[r.batch] = product{c.kind, c.daughter(r.end) * c.spec.Efficiency * share, r.end}
	}
	c.run = r
	return 0
}

// ordered reads what generators and lots are told alike.
func ordered(now time.Time, busy bool, o profile.Samples) (r run, share float64, wrong modbus.Exception) {
	r = run{batch: o["order_batch"].Text, from: now, end: time.Unix(int64(o["order_until"].Number), 0)}
	share = o["order_share"].Number
	switch {
	case busy:
		return r, share, modbus.Busy
	case !r.end.After(now) || !(share > 0) || share > 1.000001 || r.batch == "":
		return r, share, modbus.IllegalValue
	}
	return r, share, 0
}

// delivery is a supplier's lot: shares of it are drawn until it is used up.
type delivery struct {
	plant *Plant
	site  scheduler.SiteID
	spec  scheduler.Lot
	run   run
	used  float64 // share
}

func (d *delivery) product() product {
	return product{d.plant.species[devices.Nuclide(d.spec.Isotope)], d.spec.Activity, d.spec.At.On(d.plant.midnight)}
}

func (d *delivery) show(now time.Time) profile.Samples {
	return profile.Samples{
		"state":    {Word: d.run.state(now, "drawing", "ended", "fault")},
		"batch":    {Text: d.run.shown(now)},
		"activity": {Number: d.product().decayed(now) * max(0, 1-d.used)},
		"until":    {Number: d.run.until(now)},
	}
}

func (d *delivery) take(now time.Time, _ string, o profile.Samples) modbus.Exception {
	r, share, wrong := ordered(now, now.Before(d.run.end), o)
	if wrong != 0 {
		return wrong
	}
	if d.used+share > 1.000001 || now.Before(d.spec.Ready.On(d.plant.midnight)) || d.product().halfLife <= 0 {
		return modbus.DeviceFailure
	}
	if end, ok := d.plant.trips(r, d.site); ok {
		r.end, r.failed = end, true
	}
	r.free = r.end.Add(30 * time.Minute) // shown until then, or until the next drawing
	if !r.failed {
		d.plant.sources[r.batch] = product{d.product().species, d.product().decayed(r.end) * share, r.end}
	}
	d.used += share
	d.run = r
	return 0
}
