package solve

import (
	"fmt"
	"slices"

	"beamslot/scheduler"
)

func (p *problem) compileSites() error {
	for i, s := range p.day.Sites {
		at := site{id: s.ID, from: int32(s.Open[0]), to: int32(s.Open[1])}
		p.index.sites[s.ID] = int32(i)
		p.compileSources(int32(i), s)
		cells := p.compileCells(s)
		for _, q := range s.QCLines {
			p.index.lines[q] = int32(len(p.lines))
			at.lines = append(at.lines, int32(len(p.lines)))
			p.lines = append(p.lines, line{id: q})
		}
		for _, m := range s.Processes {
			k, ok := p.index.tracers[m.Tracer]
			if !ok {
				return fmt.Errorf("site %s makes %q, a tracer that the day does not have", s.ID, m.Tracer)
			}
			n := int32(len(p.procs))
			at.procs = append(at.procs, n)
			p.tracers[k].procs = append(p.tracers[k].procs, n)
			p.procs = append(p.procs, p.compileProcess(int32(i), k, m, cells))
		}
		p.sites = append(p.sites, at)
	}
	return nil
}

func (p *problem) compileCells(s scheduler.Site) []int32 {
	var out []int32
	for _, h := range s.HotCells {
		c := cell{id: h.ID, cleanup: int32(h.Cleanup), makes: make([]bool, len(p.tracers)), kinds: len(h.Tracers)}
		for _, t := range h.Tracers {
			if k, ok := p.index.tracers[t]; ok {
				c.makes[k] = true
			}
		}
		p.index.cells[h.ID] = int32(len(p.cells))
		out = append(out, int32(len(p.cells)))
		p.cells = append(p.cells, c)
	}
	return out
}

func (p *problem) compileProcess(site, k int32, m scheduler.Process, cells []int32) process {
	transfer, whole := p.whole(m.Transfer)
	out := process{tracer: k, site: site, transfer: transfer, synthesis: int32(m.Synthesis), yield: m.Yield,
		qc: p.span(m.QC), qcMinutes: int32(m.QC), wait: int32(m.QCMaxWait), pack: int32(m.Pack), most: m.MaxBatch,
		usable: 1 - m.Margin, cost: m.BatchCost, possible: whole}
	out.yield *= exp2(-float64(m.Transfer+m.Synthesis) / p.tracers[k].half)
	for _, c := range cells {
		if p.cells[c].makes[k] {
			out.cells = append(out.cells, c)
		}
	}
	slices.SortStableFunc(out.cells, func(a, b int32) int { return p.cells[a].kinds - p.cells[b].kinds })
	for i := range p.sources {
		if s := &p.sources[i]; s.site == site && s.isotope == p.day.Tracers[k].Isotope {
			out.routes = append(out.routes, p.route(int32(i), &out))
		}
	}
	return out
}

// route works out what a source gives at EOS, by slots of beam.
func (p *problem) route(i int32, m *process) route {
	s := &p.sources[i]
	r := route{source: i, gives: make([]float64, max(s.most, 0)+1)}
	for d := max(s.least, 1); d <= s.most; d++ {
		r.gives[d] = s.strength * m.yield
		if s.kind == target {
			r.gives[d] *= 1 - exp2(-float64(d*p.step)/p.tracers[m.tracer].half)
		}
	}
	return r
}
