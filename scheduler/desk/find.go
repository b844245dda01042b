package desk

import (
	"slices"

	"beamslot/scheduler"
)

func (c *Course) request(id scheduler.RequestID) (scheduler.Request, bool) {
	i := slices.IndexFunc(c.Question.Requests, func(r scheduler.Request) bool { return r.ID == id })
	if i < 0 {
		return scheduler.Request{}, false
	}
	return c.Question.Requests[i], true
}

func (c *Course) tracer(id scheduler.TracerID) scheduler.Tracer {
	i := slices.IndexFunc(c.Question.Tracers, func(t scheduler.Tracer) bool { return t.ID == id })
	if i < 0 {
		return scheduler.Tracer{ID: id}
	}
	return c.Question.Tracers[i]
}

func (c *Course) batch(id scheduler.BatchID) (scheduler.Batch, bool) {
	i := slices.IndexFunc(c.Plan.Batches, func(b scheduler.Batch) bool { return b.ID == id })
	if i < 0 {
		return scheduler.Batch{}, false
	}
	return c.Plan.Batches[i], true
}

func (c *Course) vial(id scheduler.VialID) (scheduler.Vial, bool) {
	i := slices.IndexFunc(c.Plan.Vials, func(v scheduler.Vial) bool { return v.ID == id })
	if i < 0 {
		return scheduler.Vial{}, false
	}
	return c.Plan.Vials[i], true
}

func (c *Course) appointment(r scheduler.RequestID) (scheduler.Appointment, bool) {
	i := slices.IndexFunc(c.Plan.Appointments, func(a scheduler.Appointment) bool { return a.Request == r })
	if i < 0 {
		return scheduler.Appointment{}, false
	}
	return c.Plan.Appointments[i], true
}

func (c *Course) link(id scheduler.LinkID) scheduler.Link {
	i := slices.IndexFunc(c.Question.Links, func(l scheduler.Link) bool { return l.ID == id })
	if i < 0 {
		return scheduler.Link{ID: id}
	}
	return c.Question.Links[i]
}

func (c *Course) site(id scheduler.SiteID) scheduler.Site {
	i := slices.IndexFunc(c.Question.Sites, func(s scheduler.Site) bool { return s.ID == id })
	if i < 0 {
		return scheduler.Site{ID: id}
	}
	return c.Question.Sites[i]
}

// process is how the batch's site makes its tracer.
func (c *Course) process(b scheduler.Batch) scheduler.Process {
	s := c.site(b.Site)
	i := slices.IndexFunc(s.Processes, func(p scheduler.Process) bool { return p.Tracer == b.Tracer })
	if i < 0 {
		return scheduler.Process{Tracer: b.Tracer}
	}
	return s.Processes[i]
}

// centreOf says which centre a scanner stands in.
func (c *Course) centreOf(id scheduler.ScannerID) scheduler.Centre {
	for _, x := range c.Question.Centres {
		if slices.ContainsFunc(x.Scanners, func(s scheduler.Scanner) bool { return s.ID == id }) {
			return x
		}
	}
	return scheduler.Centre{}
}

// nuclideOf is the tracer's nuclide as the day file writes it.
func (c *Course) nuclideOf(t scheduler.TracerID) string { return c.tracer(t).Isotope }
