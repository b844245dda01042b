package sim

import (
	"strconv"
	"time"

	"beamslot/decay"
	"beamslot/devices"
	"beamslot/devices/modbus"
	"beamslot/devices/profile"
	"beamslot/scheduler"
)

// cyclotron is what its targets share.
type cyclotron struct {
	max     int
	targets []*target
}

// inBeam counts the targets in beam.
func (c *cyclotron) inBeam(now time.Time) int {
	n := 0
	for _, t := range c.targets {
		if t.state(now) == "beam" {
			n++
		}
	}
	return n
}

// target is one target of a cyclotron under its beam.
type target struct {
	plant     *Plant
	site      scheduler.SiteID
	spec      scheduler.Target
	cyclotron *cyclotron
	run       run
	species   species
	current   float64 // µA asked for
}

func (t *target) state(now time.Time) string { return t.run.state(now, "beam", "ended", "fault") }

func (t *target) show(now time.Time) profile.Samples {
	s := profile.Samples{
		"state":    {Word: t.state(now)},
		"batch":    {Text: t.run.shown(now)},
		"nuclide":  {Word: "none"},
		"current":  {Number: t.measured(now)},
		"charge":   {},
		"activity": {},
		"until":    {Number: t.run.until(now)},
	}
	if t.run.busy(now) {
		s["nuclide"] = profile.Sample{Word: string(t.species.nuclide)}
		s["charge"] = profile.Sample{Number: t.current * charge(t.beam(now))}
		s["activity"] = profile.Sample{Number: t.activity(now)}
	}
	return s
}

// beam is how long the beam has been on target.
func (t *target) beam(now time.Time) time.Duration {
	if now.After(t.run.end) {
		now = t.run.end
	}
	return now.Sub(t.run.from)
}

// measured is the current as its meter shows it, three parts in a thousand of noise.
func (t *target) measured(now time.Time) float64 {
	if t.state(now) != "beam" {
		return 0
	}
	n := noise(t.plant.o.Seed, string(t.spec.ID), strconv.FormatInt(now.Unix(), 10))
	return max(0, t.current*rising(t.beam(now))*(1+0.003*n))
}

// activity is what is in the target, grown in the beam as it was and decaying after it.
func (t *target) activity(now time.Time) float64 {
	b := t.beam(now)
	return t.current * t.spec.Asat * t.species.produced(b) * t.species.left(now.Sub(t.run.from)-b)
}

func (t *target) take(now time.Time, code string, o profile.Samples) modbus.Exception {
	if code == "stop" {
		t.stop(now)
		return 0
	}
	until := time.Unix(int64(o["order_until"].Number), 0)
	current := o["order_current"].Number
	kind, known := t.plant.species[decay.Nuclide(o["order_nuclide"].Word)]
	switch {
	case t.run.busy(now):
		return modbus.Busy
	case !until.After(now) || !(current > 0) || current > t.spec.MaxUA*1.001 || o["order_batch"].Text == "":
		return modbus.IllegalValue
	case !known || kind.nuclide != devices.Nuclide(t.spec.Isotope):
		return modbus.IllegalValue
	case t.cyclotron.inBeam(now) >= t.cyclotron.max:
		return modbus.DeviceFailure // the cyclotron's own interlock
	}
	t.species, t.current = kind, current
	t.run = run{batch: o["order_batch"].Text, from: now, end: until}
	t.trip()
	t.ends(t.run.end)
	return 0
}

// trip ends the beam early when the scenario says so.
func (t *target) trip() {
	if end, ok := t.plant.trips(t.run, t.site); ok {
		t.run.end, t.run.failed = end, true
	}
}

// ends sets the run's end and what it leaves in the target for its batch.
func (t *target) ends(at time.Time) {
	t.run.end = at
	t.run.free = at.Add(time.Duration(t.spec.Reload) * time.Minute)
	if t.run.failed {
		delete(t.plant.sources, t.run.batch)
		return
	}
	t.plant.sources[t.run.batch] = product{t.species, t.activity(at), at}
}

func (t *target) stop(now time.Time) {
	if t.state(now) == "beam" {
		t.ends(now)
	}
}
