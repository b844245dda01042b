package rules

import (
	"beamslot/scheduler"
)

func names() []Law {
	return []Law{
		{"this-day", Hard, "A plan answers the day that it names.", thisDay},
		{"known-names", Hard, "What a plan names is there in the day or in the plan.", knownNames},
		{"named-once", Hard, "No two batches or dispatches of a plan have one name.", namedOnce},
		{"one-appointment", Hard, "A request has at most one appointment.", oneAppointment},
		{"time-grid", Hard, "Every time of a plan is a multiple of the day's time step.", timeGrid},
		{"horizon", Hard, "Every time of a plan lies in the day's horizon.", horizon},
	}
}

func thisDay(c *Case) []Breach {
	if c.Plan.Instance == c.Day.Name {
		return nil
	}
	return []Breach{broken(c.Plan.Instance, "the plan is for %q, the day is %q", c.Plan.Instance, c.Day.Name)}
}

// roll calls out each name that is not there.
type roll struct{ out []Breach }

func (r *roll) call(known bool, on, kind, name string) {
	if !known {
		r.out = append(r.out, broken(on, "there is no %s %q", kind, name))
	}
}

func knownNames(c *Case) []Breach {
	r := &roll{}
	for _, b := range c.Plan.Batches {
		c.callBatch(r, b)
	}
	batches := by(c.Plan.Batches, func(b scheduler.Batch) scheduler.BatchID { return b.ID })
	vials := by(c.Plan.Vials, func(v scheduler.Vial) scheduler.VialID { return v.ID })
	for _, v := range c.Plan.Vials {
		r.call(has(batches, v.Batch), string(v.ID), "batch", string(v.Batch))
		r.call(has(c.links, v.Link), string(v.ID), "link", string(v.Link))
	}
	for _, a := range c.Plan.Appointments {
		r.call(has(c.requests, a.Request), string(a.Request), "request", string(a.Request))
		r.call(has(c.scanners, a.Scanner), string(a.Request), "scanner", string(a.Scanner))
		r.call(has(vials, a.Vial), string(a.Request), "dispatch", string(a.Vial))
	}
	return r.out
}

func (c *Case) callBatch(r *roll, b scheduler.Batch) {
	on := string(b.ID)
	r.call(has(c.sites, b.Site), on, "site", string(b.Site))
	r.call(has(c.tracers, b.Tracer), on, "tracer", string(b.Tracer))
	_, made := processOf(c.sites[b.Site], b.Tracer)
	r.call(made || !has(c.sites, b.Site), on, "process at "+string(b.Site)+" for", string(b.Tracer))
	r.call(b.Target == "" || has(c.targets, b.Target), on, "target", string(b.Target))
	r.call(b.Generator == "" || has(c.elutables, b.Generator), on, "generator", string(b.Generator))
	r.call(b.Lot == "" || has(c.parcels, b.Lot), on, "lot", string(b.Lot))
	r.call(has(c.cells, b.HotCell), on, "hot cell", string(b.HotCell))
	r.call(has(c.lines, b.QCLine), on, "QC line", string(b.QCLine))
}

func has[K comparable, V any](m map[K]V, k K) bool { _, ok := m[k]; return ok }

func namedOnce(c *Case) []Breach {
	var out []Breach
	batches, vials := map[scheduler.BatchID]int{}, map[scheduler.VialID]int{}
	for _, b := range c.Plan.Batches {
		if batches[b.ID]++; batches[b.ID] == 2 {
			out = append(out, broken(b.ID, "more than one batch has this name"))
		}
	}
	for _, v := range c.Plan.Vials {
		if vials[v.ID]++; vials[v.ID] == 2 {
			out = append(out, broken(v.ID, "more than one dispatch has this name"))
		}
	}
	return out
}

func oneAppointment(c *Case) []Breach {
	var out []Breach
	seen := map[scheduler.RequestID]int{}
	for _, a := range c.Plan.Appointments {
		if seen[a.Request]++; seen[a.Request] == 2 {
			out = append(out, broken(a.Request, "the request has more than one appointment"))
		}
	}
	return out
}
