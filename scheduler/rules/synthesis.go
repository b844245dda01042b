package rules

import (
	"slices"

	"beamslot/scheduler"
)

func synthesis() []Law {
	return []Law{
		{"transfer", Hard, "Synthesis starts exactly one transfer after the end of beam.", transfer},
		{"hot-cell-tracer", Hard, "A hot cell makes only the tracers that it is fitted for.", hotCellTracer},
		{"hot-cell-free", Hard, "A hot cell makes one batch at a time, and is cleaned after each.", hotCellFree},
		{"qc-wait", Hard, "QC starts at EOS or at most so long after.", qcWait},
		{"qc-line-free", Hard, "A QC line tests one batch at a time.", qcLineFree},
	}
}

func transfer(c *Case) []Breach {
	return each(c.Runs, func(r *Run) (Breach, bool) {
		want := r.EOB() + r.Process.Transfer
		return broken(r.ID, "synthesis starts at %s, transfer ends at %s", clock(r.SynthesisStart), clock(want)), r.SynthesisStart != want
	})
}

func hotCellTracer(c *Case) []Breach {
	return each(c.Runs, func(r *Run) (Breach, bool) {
		return broken(r.ID, "%s cannot make %s, it makes %s", r.HotCell, r.Tracer.ID, listed(r.Cell.Tracers)), !slices.Contains(r.Cell.Tracers, r.Tracer.ID)
	})
}

func hotCellFree(c *Case) []Breach {
	h := holds[scheduler.HotCellID]{}
	for _, r := range c.Runs {
		h.add(r.HotCell, string(r.ID), r.SynthesisStart, r.EOS()+r.Cell.Cleanup)
	}
	return h.clashes(func(id scheduler.HotCellID, a, b hold) Breach {
		return broken(id, "%s holds it from %s to %s with cleanup, and %s from %s", a.who, clock(a.from), clock(a.to), b.who, clock(b.from))
	})
}

func qcWait(c *Case) []Breach {
	return each(c.Runs, func(r *Run) (Breach, bool) {
		wait := r.QCStart - r.EOS()
		return broken(r.ID, "QC starts %d min after EOS at %s, it may wait 0 to %d min", wait, clock(r.EOS()), r.Process.QCMaxWait),
			wait < 0 || wait > r.Process.QCMaxWait
	})
}

func qcLineFree(c *Case) []Breach {
	h := holds[scheduler.QCLineID]{}
	for _, r := range c.Runs {
		h.add(r.QCLine, string(r.ID), r.QCStart, r.Release())
	}
	return h.clashes(func(id scheduler.QCLineID, a, b hold) Breach {
		return broken(id, "%s is tested from %s to %s, and %s from %s", a.who, clock(a.from), clock(a.to), b.who, clock(b.from))
	})
}
