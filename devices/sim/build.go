package sim

import (
	"fmt"

	"beamslot/devices"
	"beamslot/devices/profile"
	"beamslot/scheduler"
)

// stride is the distance between the bases of two instances on one unit.
const stride = 200

// build puts every machine of the day on a unit and a base: a cyclotron, the hot cells of a site, its generators
// and its calibrator are each one unit, as one controller would serve them.
func (p *Plant) build() error {
	for _, s := range p.day.Sites {
		for _, c := range s.Cyclotrons {
			if err := p.cyclotron(s, c); err != nil {
				return err
			}
		}
		if err := p.cells(s); err != nil {
			return err
		}
		if err := p.supplies(s); err != nil {
			return err
		}
		p.unit()
		d := devices.DeviceConfig{Name: string(s.ID) + "-calibrator", Site: s.ID}
		if err := p.put(profile.Calibrator, d, &calibrator{plant: p, site: s.ID}); err != nil {
			return err
		}
	}
	return nil
}

// unit begins a new one; beyond the last, instances share it at further bases.
func (p *Plant) unit() {
	if p.nextUnit < 247 {
		p.nextUnit++
		p.nextBase = 0
	}
}

func (p *Plant) cyclotron(s scheduler.Site, c scheduler.Cyclotron) error {
	p.unit()
	shared := &cyclotron{max: c.MaxParallel}
	for _, t := range c.Targets {
		m := &target{plant: p, site: s.ID, spec: t, cyclotron: shared}
		shared.targets = append(shared.targets, m)
		d := devices.DeviceConfig{Name: string(t.ID), Site: s.ID, Target: t.ID}
		if err := p.put(profile.Cyclotron, d, m); err != nil {
			return err
		}
	}
	return nil
}

func (p *Plant) cells(s scheduler.Site) error {
	p.unit()
	for _, h := range s.HotCells {
		d := devices.DeviceConfig{Name: string(h.ID), Site: s.ID, HotCell: h.ID}
		if err := p.put(profile.Synthesis, d, &module{plant: p, site: s, spec: h}); err != nil {
			return err
		}
	}
	return nil
}

func (p *Plant) supplies(s scheduler.Site) error {
	p.unit()
	for _, g := range s.Generators {
		d := devices.DeviceConfig{Name: string(g.ID), Site: s.ID, Generator: g.ID}
		if err := p.put(profile.Generator, d, newColumn(p, s.ID, g)); err != nil {
			return err
		}
	}
	p.unit()
	for _, l := range s.Lots {
		d := devices.DeviceConfig{Name: string(l.ID), Site: s.ID, Lot: l.ID}
		if err := p.put(profile.Dispenser, d, &delivery{plant: p, site: s.ID, spec: l}); err != nil {
			return err
		}
	}
	return nil
}

func (p *Plant) put(k profile.Kind, d devices.DeviceConfig, m machine) error {
	model, ok := p.models[k]
	if !ok {
		return fmt.Errorf("no profile is a %s, as %s is", k, d.Name)
	}
	if int(p.nextBase)+stride > 1<<16 {
		return fmt.Errorf("%s: the plant has more devices than addresses", d.Name)
	}
	d.Model, d.Unit, d.Base, d.Writes = model.Name(), byte(p.nextUnit), p.nextBase, true
	p.cfg.Devices = append(p.cfg.Devices, d)
	p.units[d.Unit] = append(p.units[d.Unit], &instance{model: model, base: d.Base, machine: m})
	p.nextBase += stride
	return nil
}
