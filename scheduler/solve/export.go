package solve

import (
	"cmp"
	"math"
	"slices"

	"beamslot/scheduler"
)

// export writes the state as a plan, sorted by time and id. Activities are summed anew in one fixed order, so that
// the same plan has the same numbers whichever way the search came to it.
func (s *state) export(names *naming) scheduler.Plan {
	e := exporter{state: s, names: names, load: make([]float64, len(s.vials)), need: make([]float64, len(s.batches)),
		vialID: make([]scheduler.VialID, len(s.vials)), batchID: make([]scheduler.BatchID, len(s.batches))}
	e.plan = scheduler.Plan{Format: scheduler.PlanFormat1, Instance: s.day.Name,
		Batches: []scheduler.Batch{}, Vials: []scheduler.Vial{}, Appointments: []scheduler.Appointment{}}
	if s.day.Format == scheduler.DayFormat2 {
		e.plan.Format = scheduler.PlanFormat2
	}
	e.sum()
	e.frozen()
	e.batches()
	e.vials()
	e.visits()
	e.sort()
	return e.plan
}

type exporter struct {
	*state
	names   *naming
	plan    scheduler.Plan
	load    []float64 // MBq at EOS, by vial
	need    []float64 // MBq at EOS, by batch
	vialID  []scheduler.VialID
	batchID []scheduler.BatchID
}

func (e *exporter) sum() {
	for i := range e.state.vials {
		e.load[i] = e.tracerOf(e.state.vials[i].batch).loss
	}
	for r := range e.state.visits {
		if v := &e.state.visits[r]; v.vial != none {
			e.load[v.vial] += v.cost
		}
	}
	for i := range e.state.vials {
		if v := &e.state.vials[i]; v.live {
			e.need[v.batch] += e.load[i]
		}
	}
}

func (e *exporter) frozen() {
	if f := e.day.Frozen; f != nil {
		e.plan.Batches = append(e.plan.Batches, f.Batches...)
		e.plan.Vials = append(e.plan.Vials, f.Vials...)
		e.plan.Appointments = append(e.plan.Appointments, f.Appointments...)
	}
}

// batches names the new runs in order of tracer and time.
func (e *exporter) batches() {
	var order []int32
	for n := range e.state.batches {
		if b := &e.state.batches[n]; b.live {
			e.batchID[n] = b.id
			if !b.frozen {
				order = append(order, int32(n))
			}
		}
	}
	slices.SortFunc(order, func(x, y int32) int {
		a, b := &e.state.batches[x], &e.state.batches[y]
		return cmp.Or(cmp.Compare(e.procs[a.proc].tracer, e.procs[b.proc].tracer), cmp.Compare(a.synth, b.synth),
			cmp.Compare(a.proc, b.proc), cmp.Compare(a.cell, b.cell))
	})
	for _, n := range order {
		e.batch(n)
	}
}

func (e *exporter) batch(n int32) {
	b := &e.state.batches[n]
	m := &e.procs[b.proc]
	src := &e.sources[e.sourceOf(b)]
	t := e.day.Tracers[m.tracer].ID
	if e.batchID[n] == "" {
		e.batchID[n] = e.names.batch(t)
	}
	out := scheduler.Batch{ID: e.batchID[n], Site: e.sites[m.site].id, Tracer: t,
		BeamStart: e.at(b.end - b.beam), BeamEnd: e.at(b.end), HotCell: e.cells[b.cell].id,
		SynthesisStart: e.at(b.synth), QCLine: e.lines[b.line].id, QCStart: e.at(b.qc)}
	switch src.kind {
	case target:
		out.Target = scheduler.TargetID(src.id)
		whole := m.routes[b.route].gives[b.beam] * m.usable
		out.CurrentUA = src.current * min(e.need[n]/whole, 1)
	case generator:
		out.Generator, out.Share = scheduler.GeneratorID(src.id), min(e.share(b, e.need[n]), 1)
	case lot:
		out.Lot, out.Share = scheduler.LotID(src.id), min(e.share(b, e.need[n]), 1)
	}
	e.plan.Batches = append(e.plan.Batches, out)
}

// vials names the new vials in order of batch and centre.
func (e *exporter) vials() {
	var order []int32
	for i := range e.state.vials {
		if v := &e.state.vials[i]; v.live {
			e.vialID[i] = v.id
			if !v.sealed {
				order = append(order, int32(i))
			}
		}
	}
	slices.SortFunc(order, func(x, y int32) int {
		a, b := &e.state.vials[x], &e.state.vials[y]
		return cmp.Or(cmp.Compare(e.batchID[a.batch], e.batchID[b.batch]), cmp.Compare(a.link, b.link))
	})
	for _, i := range order {
		v := &e.state.vials[i]
		b := &e.state.batches[v.batch]
		l := e.links[v.link].id
		e.vialID[i] = e.names.vial(e.batchID[v.batch], l, e.centres[v.centre].id)
		at := e.minute(b.qc)
		e.plan.Vials = append(e.plan.Vials, scheduler.Vial{ID: e.vialID[i], Batch: e.batchID[v.batch], Link: l,
			Depart: e.at(v.depart), Activity: e.load[i] * math.Exp2(-float64(at-b.eos)/e.tracerOf(v.batch).half), At: scheduler.Minute(at)})
	}
}

func (e *exporter) visits() {
	for r := range e.state.visits {
		v := &e.state.visits[r]
		if v.vial == none || e.requests[r].fixed {
			continue
		}
		e.plan.Appointments = append(e.plan.Appointments, scheduler.Appointment{Request: e.requests[r].id,
			Scanner: e.scanners[v.scanner].id, Injection: e.at(v.injection), ScanStart: e.at(v.start), Vial: e.vialID[v.vial]})
	}
}

func (e *exporter) at(t int32) scheduler.Minute { return scheduler.Minute(e.minute(t)) }

func (e *exporter) sort() {
	slices.SortFunc(e.plan.Batches, func(a, b scheduler.Batch) int {
		return cmp.Or(cmp.Compare(a.BeamStart, b.BeamStart), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(e.plan.Vials, func(a, b scheduler.Vial) int {
		return cmp.Or(cmp.Compare(a.Depart, b.Depart), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(e.plan.Appointments, func(a, b scheduler.Appointment) int {
		return cmp.Or(cmp.Compare(a.Injection, b.Injection), cmp.Compare(a.Request, b.Request))
	})
}
