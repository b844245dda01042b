package scheduler

import "github.com/go-json-experiment/json/jsontext"

func (k *known) site(at jsontext.Pointer, i int) {
	s := k.day.Sites[i]
	k.sites.add(&k.finder, in(at, "id"), s.ID)
	k.span(in(at, "open"), s.Open)
	for j, c := range s.Cyclotrons {
		k.cyclotron(in(at, "cyclotrons", j), c)
	}
	for j, h := range s.HotCells {
		k.hotCell(in(at, "hot_cells", j), h)
	}
	for j, q := range s.QCLines {
		k.lines.add(&k.finder, in(at, "qc_lines", j), q)
	}
	made := named[TracerID]("process for the tracer")
	for j, p := range s.Processes {
		made.add(&k.finder, in(at, "processes", j, "tracer"), p.Tracer)
		k.process(in(at, "processes", j), p)
	}
	for j, g := range s.Generators {
		k.generator(in(at, "generators", j), g)
	}
	for j, l := range s.Lots {
		k.lot(in(at, "lots", j), l)
	}
}

func (k *known) cyclotron(at jsontext.Pointer, c Cyclotron) {
	k.cyclotrons.add(&k.finder, in(at, "id"), c.ID)
	k.spans(in(at, "open"), c.Open)
	k.count(in(at, "max_parallel"), c.MaxParallel, 0)
	for j, t := range c.Targets {
		k.target(in(at, "targets", j), t)
	}
}

func (k *known) target(at jsontext.Pointer, t Target) {
	k.sources.add(&k.finder, in(at, "id"), string(t.ID))
	k.positive(in(at, "asat"), t.Asat)
	k.positive(in(at, "max_ua"), t.MaxUA)
	k.duration(in(at, "min_beam"), t.MinBeam)
	k.duration(in(at, "max_beam"), t.MaxBeam)
	if t.MaxBeam < t.MinBeam {
		k.bad(in(at, "max_beam"), "%d minutes is shorter than min_beam, %d", t.MaxBeam, t.MinBeam)
	}
	k.duration(in(at, "reload"), t.Reload)
}

func (k *known) hotCell(at jsontext.Pointer, h HotCell) {
	k.cells.add(&k.finder, in(at, "id"), h.ID)
	for j, t := range h.Tracers {
		k.tracers.know(&k.finder, in(at, "tracers", j), t)
	}
	k.duration(in(at, "cleanup"), h.Cleanup)
}

func (k *known) process(at jsontext.Pointer, p Process) {
	k.tracers.know(&k.finder, in(at, "tracer"), p.Tracer)
	k.duration(in(at, "transfer"), p.Transfer)
	k.grid(in(at, "transfer"), p.Transfer)
	k.duration(in(at, "synthesis"), p.Synthesis)
	k.share(in(at, "yield"), p.Yield)
	k.duration(in(at, "qc"), p.QC)
	k.duration(in(at, "qc_max_wait"), p.QCMaxWait)
	k.duration(in(at, "pack"), p.Pack)
	k.least(in(at, "max_batch"), p.MaxBatch, 0)
	k.share(in(at, "margin"), p.Margin)
	k.least(in(at, "batch_cost"), p.BatchCost, 0)
	k.share(in(at, "fail_prob"), p.FailProb)
	k.least(in(at, "yield_sd"), p.YieldSD, 0)
}

func (k *known) generator(at jsontext.Pointer, g Generator) {
	k.sources.add(&k.finder, in(at, "id"), string(g.ID))
	k.least(in(at, "parent"), g.Parent, 0)
	k.share(in(at, "efficiency"), g.Efficiency)
	k.duration(in(at, "elution"), g.Elution)
	k.grid(in(at, "elution"), g.Elution)
	k.duration(in(at, "regrow"), g.Regrow)
	k.moment(in(at, "ready"), g.Ready)
}

func (k *known) lot(at jsontext.Pointer, l Lot) {
	k.sources.add(&k.finder, in(at, "id"), string(l.ID))
	k.least(in(at, "activity"), l.Activity, 0)
	k.moment(in(at, "at"), l.At)
	k.moment(in(at, "ready"), l.Ready)
	k.duration(in(at, "draw"), l.Draw)
	k.grid(in(at, "draw"), l.Draw)
}
