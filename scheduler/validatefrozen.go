package scheduler

import "github.com/go-json-experiment/json/jsontext"

// frozen looks at what a re-plan may not touch: it refers to the day, and within itself.
func (k *known) frozen() {
	fz := k.day.Frozen
	if fz == nil {
		return
	}
	k.moment("/frozen/now", fz.Now)
	p := &parts{finder: &k.finder, base: "/frozen"}
	p.look(fz.Batches, fz.Vials, fz.Appointments)
	p.unique(fz.Batches, fz.Vials, fz.Appointments)
	k.frozenBatches()
	k.frozenVials(p)
	for i, id := range fz.LostBatches {
		p.batches.know(&k.finder, in("/frozen/lost_batches", i), id)
	}
	for i, d := range fz.DownScanners {
		k.down(in("/frozen/down_scanners", i), d)
	}
	for i, a := range fz.Reference {
		p.appointment(in("/frozen/reference", i), a)
	}
	for i, m := range fz.Measured {
		at := in("/frozen/measured", i)
		p.batches.know(&k.finder, in(at, "batch"), m.Batch)
		k.least(in(at, "activity"), m.Activity, 0)
		k.moment(in(at, "at"), m.At)
	}
}

func (k *known) frozenBatches() {
	for i, b := range k.day.Frozen.Batches {
		at := in("/frozen/batches", i)
		k.sites.know(&k.finder, in(at, "site"), b.Site)
		k.tracers.know(&k.finder, in(at, "tracer"), b.Tracer)
		k.cells.know(&k.finder, in(at, "hot_cell"), b.HotCell)
		k.lines.know(&k.finder, in(at, "qc_line"), b.QCLine)
		k.sources.know(&k.finder, in(at, "target"), b.Source())
		k.grid(in(at, "beam_start"), b.BeamStart)
		k.grid(in(at, "beam_end"), b.BeamEnd)
		k.grid(in(at, "synthesis_start"), b.SynthesisStart)
		k.grid(in(at, "qc_start"), b.QCStart)
	}
}

func (k *known) frozenVials(p *parts) {
	for i, v := range k.day.Frozen.Vials {
		at := in("/frozen/dispatches", i)
		p.batches.know(&k.finder, in(at, "batch"), v.Batch)
		k.links.know(&k.finder, in(at, "link"), v.Link)
		k.grid(in(at, "depart"), v.Depart)
	}
	for i, a := range k.day.Frozen.Appointments {
		at := in("/frozen/appointments", i)
		k.requests.know(&k.finder, in(at, "request"), a.Request)
		k.scanners.know(&k.finder, in(at, "scanner"), a.Scanner)
		p.vials.know(&k.finder, in(at, "dispatch"), a.Vial)
		k.grid(in(at, "injection"), a.Injection)
		k.grid(in(at, "scan_start"), a.ScanStart)
	}
}

func (k *known) down(at jsontext.Pointer, d Down) {
	if !k.scanners.has[d.Scanner] {
		k.bad(at, "there is no scanner named %q", shorten(string(d.Scanner)))
	}
	k.span(at, Span{d.From, d.To})
}
