package solve

import "beamslot/scheduler"

// compileSources lists a site's targets, generators and lots, which to the search are the same thing.
func (p *problem) compileSources(at int32, s scheduler.Site) {
	for _, c := range s.Cyclotrons {
		earliest := p.earliestBeam(s, c)
		for _, t := range c.Targets {
			p.source(source{kind: target, id: string(t.ID), isotope: t.Isotope, site: at, cyclo: int32(p.cyclos), hold: p.span(t.Reload),
				least: max(p.span(t.MinBeam), 1), most: min(int32(t.MaxBeam)/p.step, p.slots), strength: t.Asat * t.MaxUA,
				current: t.MaxUA, earliest: earliest})
		}
		p.parallel = append(p.parallel, uint8(min(max(c.MaxParallel, 0), 255)))
		p.cyclos++
	}
	for _, g := range s.Generators {
		p.compileGenerator(at, s, g)
	}
	for _, l := range s.Lots {
		draw, whole := p.whole(l.Draw)
		if !whole {
			continue // no drawing could end on the grid
		}
		p.source(source{kind: lot, id: string(l.ID), isotope: l.Isotope, site: at, cyclo: none, least: min(draw, p.slots+1), most: min(draw, p.slots),
			strength: l.Activity, at: int32(l.At), ready: max(p.up(l.Ready), p.up(s.Open[0]))})
	}
}

func (p *problem) compileGenerator(at int32, s scheduler.Site, g scheduler.Generator) {
	half := p.halfLifeOf(g.Isotope)
	elution, whole := p.whole(g.Elution)
	if !whole || half == 0 {
		return // no elution could end on the grid, or no tracer is made from it
	}
	p.source(source{kind: generator, id: string(g.ID), isotope: g.Isotope, site: at, cyclo: none, hold: p.span(g.Regrow),
		least: min(elution, p.slots+1), most: min(elution, p.slots), ready: max(p.up(g.Ready), p.up(s.Open[0])),
		strength: g.Efficiency * g.Parent * (1 - exp2(-float64(g.Regrow)/half))})
}

func (p *problem) source(s source) {
	p.index.sources[sourceKey(s.kind, s.id)] = int32(len(p.sources))
	p.sources = append(p.sources, s)
}

func (p *problem) halfLifeOf(isotope string) float64 {
	for _, t := range p.day.Tracers {
		if t.Isotope == isotope {
			return t.HalfLife
		}
	}
	return 0
}

// earliestBeam says for each slot of beam end when that beam may begin at the earliest: in the same window of the
// cyclotron, with the site open, not before now. A slot at which no beam may end has the slot itself.
func (p *problem) earliestBeam(s scheduler.Site, c scheduler.Cyclotron) []int32 {
	out := make([]int32, p.slots+1)
	for end := range out {
		out[end] = int32(end)
		for _, w := range c.Open {
			if e := int32(end); p.up(w[0]) < e && p.minute(e) <= int32(w[1]) {
				out[end] = min(out[end], max(p.up(w[0]), p.up(s.Open[0]), p.now))
			}
		}
	}
	return out
}
