package solve

import (
	"fmt"
	"math"
	"slices"

	"beamslot/scheduler"
)

func exp2(x float64) float64 { return math.Exp2(x) }

// mostSlots keeps a mistaken horizon from asking for the memory of years.
const mostSlots = 20_000

// compile turns a day into a problem. The error names what makes the day unplannable.
func compile(d scheduler.Day) (*problem, error) {
	if d.TimeStep <= 0 || d.Horizon[1] <= d.Horizon[0] {
		return nil, fmt.Errorf("planning %s: a day needs a time step and a horizon, and this one has %d and %v", d.Name, d.TimeStep, d.Horizon)
	}
	if n := (d.Horizon[1] - d.Horizon[0]) / d.TimeStep; n > mostSlots {
		return nil, fmt.Errorf("planning %s: a horizon of %d steps is more than a day; %d is the most", d.Name, n, mostSlots)
	}
	p := &problem{grid: newGrid(d), day: d, price: d.Objective, index: newIndex()}
	p.now = p.up(d.Horizon[0])
	if d.Frozen != nil {
		p.now = max(p.now, p.up(d.Frozen.Now))
	}
	for _, step := range []func() error{p.compileTracers, p.compileSites, p.compileCentres, p.compileLinks, p.compileRequests} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("planning %s: %w", d.Name, err)
		}
	}
	return p, nil
}

func (p *problem) compileTracers() error {
	for i, t := range p.day.Tracers {
		if !(t.HalfLife > 0) {
			return fmt.Errorf("tracer %s has a half-life of %g min", t.ID, t.HalfLife)
		}
		shelf := int32(max(t.ShelfLife, 0))
		c := tracer{half: t.HalfLife, shelf: shelf, loss: t.VialLoss, factor: make([]float64, min(shelf, 3000)+1)}
		for m := range c.factor {
			c.factor[m] = exp2(float64(m) / t.HalfLife)
		}
		p.index.tracers[t.ID] = int32(i)
		p.tracers = append(p.tracers, c)
	}
	return nil
}

func (p *problem) compileCentres() error {
	for i, c := range p.day.Centres {
		at := centre{id: c.ID, rooms: int32(c.UptakeRooms), prep: p.span(c.Prep), receive: int32(c.Receive)}
		for _, s := range c.Scanners {
			n := int32(len(p.scanners))
			p.index.scanners[s.ID] = n
			at.scanners = append(at.scanners, n)
			p.scanners = append(p.scanners, scanner{id: s.ID, centre: int32(i), turn: int32(s.Turnaround)})
		}
		p.index.centres[c.ID] = int32(i)
		p.centres = append(p.centres, at)
	}
	return nil
}

func (p *problem) compileLinks() error {
	p.linkAt = make([][]int32, len(p.sites)*len(p.centres))
	for i, l := range p.day.Links {
		s, okS := p.index.sites[l.Site]
		c, okC := p.index.centres[l.Centre]
		if !okS || !okC {
			return fmt.Errorf("link %s goes from %q to %q, and the day does not have both", l.ID, l.Site, l.Centre)
		}
		at := link{id: l.ID, site: s, centre: c, local: int32(len(p.sites[s].links)), cost: l.Cost, travel: -1}
		if l.Travel != nil {
			at.travel = int32(*l.Travel)
		}
		p.departures(&at, l.Departures)
		p.index.links[l.ID] = int32(i)
		p.links = append(p.links, at)
		p.sites[s].links = append(p.sites[s].links, int32(i))
		k := int(s)*len(p.centres) + int(c)
		p.linkAt[k] = append(p.linkAt[k], int32(i))
	}
	return nil
}

// departures keeps those on the grid, in order of leaving.
func (p *problem) departures(l *link, all [][2]scheduler.Minute) {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b [2]scheduler.Minute) int { return int(a[0] - b[0]) })
	for _, d := range all {
		if t := p.up(d[0]); p.down(d[0]) == t {
			l.leave, l.arrive = append(l.leave, t), append(l.arrive, int32(d[1]))
		}
	}
}

// linksTo are the links from a site to a centre.
func (p *problem) linksTo(site, centre int32) []int32 {
	return p.linkAt[int(site)*len(p.centres)+int(centre)]
}

// leaves is the first departure at or after a slot and when it arrives.
func (l *link) leaves(p *problem, from int32) (depart, arrive int32, ok bool) {
	if l.travel >= 0 {
		return from, p.minute(from) + l.travel, from < p.slots
	}
	i, _ := slices.BinarySearch(l.leave, from)
	if i == len(l.leave) {
		return 0, 0, false
	}
	return l.leave[i], l.arrive[i], true
}
