package scheduler

import (
	"fmt"
	"math"
	"slices"
)

func (m dayMaker) sites(d *Day) error {
	for i, s := range m.Sites {
		site, err := m.site(s)
		if err != nil {
			return fmt.Errorf("site %s: %w", s.ID, err)
		}
		d.Sites[i] = site
	}
	return nil
}

func (m dayMaker) site(s RegionSite) (Site, error) {
	open, err := s.Open.On(m.date, m.zone)
	if err != nil {
		return Site{}, err
	}
	out := Site{ID: s.ID, Open: m.inward(open), QCLines: s.QCLines, Name: s.Name,
		Cyclotrons: make([]Cyclotron, len(s.Cyclotrons)), HotCells: make([]HotCell, len(s.HotCells)),
		Processes: make([]Process, len(s.Processes))}
	for i, h := range s.HotCells {
		out.HotCells[i] = h.Cell
	}
	for i, p := range s.Processes {
		out.Processes[i] = p.Process
	}
	for i, c := range s.Cyclotrons {
		if out.Cyclotrons[i], err = m.cyclotron(c); err != nil {
			return Site{}, fmt.Errorf("cyclotron %s: %w", c.ID, err)
		}
	}
	if out.Generators, err = m.generators(s.Generators); err != nil {
		return Site{}, err
	}
	out.Lots, err = m.lots(s.Lots)
	return out, err
}

func (m dayMaker) cyclotron(c RegionCyclotron) (Cyclotron, error) {
	open, err := m.spans(c.Open)
	out := Cyclotron{ID: c.ID, Open: open, MaxParallel: c.MaxParallel, Targets: make([]Target, len(c.Targets))}
	for i, t := range c.Targets {
		out.Targets[i] = t.Target
	}
	return out, err
}

// generators are those in use on the date, their parents decayed to noon UTC of it.
func (m dayMaker) generators(all []RegionGenerator) ([]Generator, error) {
	var out []Generator
	for _, g := range all {
		if m.date < g.Calibrated || m.date >= g.Retired {
			continue
		}
		parent, err := m.parent(g)
		if err != nil {
			return nil, fmt.Errorf("generator %s: %w", g.ID, err)
		}
		ready, err := g.ReadyAt.On(m.date, m.zone)
		if err != nil {
			return nil, fmt.Errorf("generator %s: %w", g.ID, err)
		}
		out = append(out, Generator{ID: g.ID, Isotope: g.Isotope, Parent: parent, Efficiency: g.Efficiency,
			Elution: g.Elution, Regrow: g.Regrow, Ready: m.up(ready)})
	}
	return out, nil
}

func (m dayMaker) parent(g RegionGenerator) (float64, error) {
	half, err := m.halfLife(g.ParentIs)
	if err != nil {
		return 0, err
	}
	from, err := g.Calibrated.Midnight()
	if err != nil {
		return 0, err
	}
	to, err := m.date.Midnight()
	age := to.Sub(from).Minutes() + 12*60
	return math.Round(g.ParentMBq*math.Exp2(-age/half)*10) / 10, err
}

// lots are the deliveries that come on the date's day of the week.
func (m dayMaker) lots(all []RegionLot) ([]Lot, error) {
	midnight, err := m.date.Midnight()
	if err != nil {
		return nil, err
	}
	var out []Lot
	for _, l := range all {
		if !slices.Contains(l.Days, midnight.Weekday().String()) {
			continue
		}
		at, err := l.At.On(m.date, m.zone)
		if err != nil {
			return nil, fmt.Errorf("lot %s: %w", l.ID, err)
		}
		ready, err := l.Ready.On(m.date, m.zone)
		if err != nil {
			return nil, fmt.Errorf("lot %s: %w", l.ID, err)
		}
		out = append(out, Lot{ID: l.ID, Isotope: l.Isotope, Activity: l.Activity, At: at, Ready: m.up(ready), Draw: l.Draw})
	}
	return out, nil
}
