package sim

import (
	"context"
	"fmt"
	"net"
	"sync"
	"time"

	"beamslot/decay"
	"beamslot/devices"
	"beamslot/devices/profile"
	"beamslot/scheduler"
)

// Options of a plant; the zero value runs on the wall clock, without faults, with the day's own seed.
type Options struct {
	Seed     uint64
	Scenario Scenario
	Now      func() time.Time // may run faster than the wall
}

// Plant is the machines of a day's sites.
type Plant struct {
	day      scheduler.Day
	o        Options
	midnight time.Time
	species  map[decay.Nuclide]species
	models   map[profile.Kind]profile.Model
	cfg      devices.Config
	slave    *Slave

	mu       sync.Mutex
	units    map[byte][]*instance
	sources  map[string]product // what targets, generators and lots have made or will have, by batch
	vessels  map[string]product // what modules have made or will have, by batch
	seen     map[string]int     // how many runs each pick of the scenario has fitted
	writes   int
	nextUnit int
	nextBase uint16
}

// New builds the plant of a day from one model for each kind of device.
func New(day scheduler.Day, models []profile.Model, o Options) (*Plant, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Seed == 0 {
		o.Seed = uint64(day.Seed)
	}
	if err := o.Scenario.Check(); err != nil {
		return nil, fmt.Errorf("scenario: %w", err)
	}
	p := &Plant{
		day: day, o: o, models: make(map[profile.Kind]profile.Model), species: make(map[decay.Nuclide]species),
		units: make(map[byte][]*instance), sources: make(map[string]product), vessels: make(map[string]product),
		seen: make(map[string]int),
	}
	p.slave = NewSlave(p.answer, o.Seed, o.Scenario.Wire...)
	p.cfg.Models = models
	for _, m := range models {
		p.models[m.Device.Kind] = m
	}
	if err := p.calendar(); err != nil {
		return nil, err
	}
	return p, p.build()
}

// calendar finds the day's midnight and the half-life of each of its nuclides.
func (p *Plant) calendar() (err error) {
	p.midnight = p.o.Now().UTC().Truncate(24 * time.Hour)
	if p.day.Date != "" {
		if p.midnight, err = p.day.Date.Midnight(); err != nil {
			return fmt.Errorf("the day's date: %w", err)
		}
	}
	for _, t := range p.day.Tracers {
		n := devices.Nuclide(t.Isotope)
		p.species[n] = species{n, halfLife(n, t.HalfLife)}
	}
	return nil
}

// halfLife is the nuclide's recommended one, or what the day's file says of a nuclide that is not known.
func halfLife(n decay.Nuclide, minutes float64) time.Duration {
	if d, err := decay.Lookup(string(n)); err == nil {
		minutes = d.HalfLifeMin()
	}
	return time.Duration(minutes * float64(time.Minute))
}

// Site is the floor's configuration for this plant, when it answers at address (host:port).
func (p *Plant) Site(address string) devices.Config {
	cfg := p.cfg
	cfg.Devices = append([]devices.DeviceConfig(nil), p.cfg.Devices...)
	for i := range cfg.Devices {
		cfg.Devices[i].Link = "tcp://" + address
	}
	return cfg
}

// Serve answers on the listener until ctx ends.
func (p *Plant) Serve(ctx context.Context, l net.Listener) error {
	return p.slave.Serve(ctx, l)
}

// Disturb adds a fault of the wire while the plant runs.
func (p *Plant) Disturb(f WireFault) { p.slave.Disturb(f) }

// Calm takes every fault of the wire away.
func (p *Plant) Calm() { p.slave.Calm() }

// Writes counts the writes that have arrived, whatever became of their replies.
func (p *Plant) Writes() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.writes
}

// Vessel is the true activity of a batch's product in MBq at a moment, and whether there is one.
func (p *Plant) Vessel(date scheduler.Date, batch scheduler.BatchID, at time.Time) (float64, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	v, ok := p.vessels[devices.Label(date, batch)]
	return v.at(at), ok && !at.Before(v.from)
}

// picked reports whether the i-th pick of a list of the scenario fits a run, counting it.
func (p *Plant) picked(list string, i int, pick Pick, batch string, site scheduler.SiteID, tracer scheduler.TracerID) bool {
	key := fmt.Sprint(list, i)
	n := p.seen[key]
	fits := pick.fits(batch, site, tracer, &n)
	p.seen[key] = n
	return fits
}
