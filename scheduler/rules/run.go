package rules

import (
	"math"

	"beamslot/decay"
	"beamslot/scheduler"
)

// Run is a batch of the plan with what it refers to, and the activities that follow. Exactly one of its
// target, generator and lot is there in a lawful plan; without any it makes nothing.
type Run struct {
	scheduler.Batch
	Tracer  scheduler.Tracer
	Site    scheduler.Site
	Process scheduler.Process
	Cell    scheduler.HotCell
	Loads   []*Load // its vials, in the plan's order

	Lost     bool
	Measured *scheduler.MeasuredEOS // what a calibrator said at EOS; nil before
	frozen   bool

	target    *port
	generator *washed
	lot       *parcel
	cellSite  scheduler.SiteID
	lineSite  scheduler.SiteID
}

// run resolves a batch; false when it or anything that it names is unknown, or its id stands there twice.
func (c *Case) run(b scheduler.Batch) (*Run, bool) {
	site, atSite := c.sites[b.Site]
	tracer, made := c.tracers[b.Tracer]
	in, celled := c.cells[b.HotCell]
	line, lined := c.lines[b.QCLine]
	_, twice := c.runs[b.ID]
	process, known := processOf(site, b.Tracer)
	if !atSite || !made || !celled || !lined || !known || twice {
		return nil, false
	}
	r := &Run{Batch: b, Site: site, Tracer: tracer, Process: process, Cell: in.HotCell, cellSite: in.site, lineSite: line,
		Lost: c.keeps.lost[b.ID], Measured: c.keeps.measured[b.ID], frozen: c.keeps.batch(b)}
	return r, c.source(r)
}

// source resolves what the batch's activity comes from; false when a name of it is unknown.
func (c *Case) source(r *Run) bool {
	known := true
	if r.Target != "" {
		t, ok := c.targets[r.Target]
		r.target, known = &t, known && ok
	}
	if r.Generator != "" {
		g, ok := c.elutables[r.Generator]
		r.generator, known = &g, known && ok
	}
	if r.Lot != "" {
		l, ok := c.parcels[r.Lot]
		r.lot, known = &l, known && ok
	}
	return known
}

func processOf(s scheduler.Site, t scheduler.TracerID) (scheduler.Process, bool) {
	for _, p := range s.Processes {
		if p.Tracer == t {
			return p, true
		}
	}
	return scheduler.Process{}, false
}

// EOS is the end of synthesis.
func (r *Run) EOS() scheduler.Minute { return r.Batch.EOS(r.Process) }

// Release is when QC ends and a qualified person can release.
func (r *Run) Release() scheduler.Minute { return r.ReleaseAt(r.Process) }

// Expiry is the last minute of injection.
func (r *Run) Expiry() scheduler.Minute { return r.EOS() + r.Tracer.ShelfLife }

// Delivered is the activity at EOB in MBq: what the beam makes, the elution washes out, or the drawing takes.
func (r *Run) Delivered() float64 {
	half := r.Tracer.HalfLife
	switch {
	case r.target != nil:
		return r.CurrentUA * r.target.Asat * decay.Saturation(half, float64(r.BeamEnd-r.BeamStart))
	case r.generator != nil:
		g := r.generator
		return r.Share * g.Efficiency * g.Parent * decay.Saturation(half, float64(g.Regrow))
	case r.lot != nil:
		return r.Share * r.lot.Activity * decay.Factor(half, float64(r.BeamEnd-r.lot.At))
	}
	return 0
}

// AEOS is the nominal activity at EOS in MBq: what is delivered, times the yield, decayed from EOB. It is 0 when
// times that other laws refuse make it more than a number can hold.
func (r *Run) AEOS() float64 {
	a := r.Delivered() * r.Process.Yield * decay.Factor(r.Tracer.HalfLife, float64(r.EOS()-r.EOB()))
	if math.IsInf(a, 0) || math.IsNaN(a) {
		return 0
	}
	return a
}

// Usable is what vials may hold, in MBq at EOS: what was measured, or the nominal activity less its margin.
func (r *Run) Usable() float64 {
	if m := r.Measured; m != nil {
		return m.Activity * decay.Factor(r.Tracer.HalfLife, float64(r.EOS()-m.At))
	}
	return (1 - r.Process.Margin) * r.AEOS()
}

// Promised is what its vials hold, in MBq at EOS.
func (r *Run) Promised() float64 {
	sum := 0.0
	for _, l := range r.Loads {
		sum += l.Held()
	}
	return sum
}

// Value is what the patients served from it are worth, in points.
func (r *Run) Value() float64 {
	sum := 0.0
	for _, l := range r.Loads {
		for _, v := range l.Visits {
			sum += v.Request.Value
		}
	}
	return sum
}
