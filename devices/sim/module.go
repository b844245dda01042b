package sim

import (
	"math"
	"time"

	"beamslot/decay"
	"beamslot/devices/modbus"
	"beamslot/devices/profile"
	"beamslot/scheduler"
)

// step is a part of a synthesis: how much of the time it takes, and where it heats and presses to.
type step struct {
	name        string
	share       float64 // of the whole time; they add up to 1
	temperature float64 // °C
	pressure    float64 // kPa
}

func steps() []step {
	return []step{
		{"transfer", 0.08, 25, 180},
		{"trapping", 0.12, 40, 140},
		{"drying", 0.10, 95, 20},
		{"labelling", 0.25, 125, 250},
		{"hydrolysis", 0.15, 85, 150},
		{"purification", 0.18, 30, 320},
		{"formulation", 0.12, 25, 110},
	}
}

func stepNames() []string {
	var names []string
	for _, s := range steps() {
		names = append(names, s.name)
	}
	return names
}

func stepNamed(name string) int {
	for i, s := range steps() {
		if s.name == name {
			return i
		}
	}
	return -1
}

// module is the synthesis module of one hot cell.
type module struct {
	plant   *Plant
	site    scheduler.Site
	spec    scheduler.HotCell
	run     run
	recipe  string
	planned time.Time // end of synthesis, had it not failed
	fed     product   // what came in
	yield   float64   // share of it that comes out, decay apart
}

func (m *module) show(now time.Time) profile.Samples {
	state := m.run.state(now, "running", "ended", "failed")
	s := profile.Samples{
		"state": {Word: state}, "batch": {Text: m.run.shown(now)}, "nuclide": {Word: "none"}, "step": {Word: "waiting"},
		"progress": {}, "temperature": {Number: 22}, "pressure": {Number: 101.3}, "activity": {}, "recipe": {}, "until": {},
	}
	if state == "idle" {
		return s
	}
	s["nuclide"] = profile.Sample{Word: string(m.fed.nuclide)}
	s["recipe"] = profile.Sample{Text: m.recipe}
	s["until"] = profile.Sample{Number: float64(m.planned.Unix())}
	m.showRun(now, s)
	return s
}

// showRun is what the module's instruments see in a run.
func (m *module) showRun(now time.Time, s profile.Samples) {
	at := now
	if at.After(m.run.end) {
		at = m.run.end
	}
	done := at.Sub(m.run.from).Seconds() / m.planned.Sub(m.run.from).Seconds()
	st, before, into := stepAt(done)
	s["progress"] = profile.Sample{Number: math.Floor(1000*done) / 10}
	s["step"] = profile.Sample{Word: st.name}
	if done >= 1 {
		s["step"] = profile.Sample{Word: "done"}
	}
	near := min(1, into/0.3) // it has come to its set point after a third of the step
	s["temperature"] = profile.Sample{Number: before.temperature + near*(st.temperature-before.temperature)}
	s["pressure"] = profile.Sample{Number: before.pressure + near*(st.pressure-before.pressure)}
	s["activity"] = profile.Sample{Number: m.fed.at(now) * m.inReactor(done)}
}

// stepAt is the step in which a share of the whole time falls, the step before it, and how far into it.
func stepAt(done float64) (now, before step, into float64) {
	before = step{"waiting", 0, 22, 101.3}
	for _, s := range steps() {
		if done < s.share {
			return s, before, max(0, done) / s.share
		}
		done -= s.share
		before = s
	}
	return before, before, 1
}

// inReactor is the share of what came in that the reactor's detector sees: it rises with the transfer, and what is
// not product leaves with the purification, and the product with the formulation.
func (m *module) inReactor(done float64) float64 {
	st, _, into := stepAt(done)
	switch {
	case done >= 1:
		return 0.01
	case st.name == "transfer":
		return into
	case st.name == "purification":
		return 1 - into*(1-m.yield)
	case st.name == "formulation":
		return m.yield * (1 - 0.99*into)
	}
	return 1
}

func (m *module) take(now time.Time, _ string, o profile.Samples) modbus.Exception {
	batch, recipe := o["order_batch"].Text, o["order_recipe"].Text
	until := time.Unix(int64(o["order_until"].Number), 0)
	process, known := m.process(scheduler.TracerID(recipe))
	kind, of := m.plant.species[decay.Nuclide(o["order_nuclide"].Word)]
	switch {
	case m.run.busy(now):
		return modbus.Busy
	case batch == "" || !until.After(now) || !known || !of:
		return modbus.IllegalValue
	}
	m.recipe, m.planned = recipe, until
	m.run = run{batch: batch, from: now, end: until}
	m.feed(now, kind)
	m.yields(process)
	m.run.free = m.run.end.Add(max(time.Duration(m.spec.Cleanup)*time.Minute, time.Minute))
	delete(m.plant.vessels, batch)
	if !m.run.failed {
		m.plant.vessels[batch] = product{m.fed.species, m.fed.at(until) * m.yield, until}
	}
	return 0
}

func (m *module) process(tracer scheduler.TracerID) (scheduler.Process, bool) {
	for _, p := range m.site.Processes {
		if p.Tracer == tracer {
			return p, true
		}
	}
	return scheduler.Process{}, false
}

// feed brings in what the batch's target, generator or lot holds now; it is gone from there then. Nothing there,
// or another nuclide, is found out in the first step.
func (m *module) feed(now time.Time, kind species) {
	m.fed = product{kind, 0, now}
	source, ok := m.plant.sources[m.run.batch]
	if !ok || now.Before(source.from) || source.nuclide != kind.nuclide {
		m.fail(0)
		return
	}
	m.fed.activity = source.at(now)
	delete(m.plant.sources, m.run.batch)
}

// yields draws the yield from the recipe's spread and lets the scenario have its say.
func (m *module) yields(p scheduler.Process) {
	spread := 1 + p.YieldSD*noise(m.plant.o.Seed, "yield", m.run.batch)
	m.yield = p.Yield * min(max(0, spread), 1/p.Yield)
	for i, f := range m.plant.o.Scenario.Syntheses {
		if !m.plant.picked("synthesis", i, f.Pick, m.run.batch, m.site.ID, p.Tracer) {
			continue
		}
		if f.FailsAt != "" {
			m.fail(stepNamed(f.FailsAt))
		}
		if f.Yield > 0 {
			m.yield *= f.Yield
		}
	}
}

// fail ends the run in the middle of a step.
func (m *module) fail(at int) {
	share := 0.0
	for i, s := range steps()[:at+1] {
		share += s.share
		if i == at {
			share -= s.share / 2
		}
	}
	m.run.failed = true
	m.run.end = m.run.from.Add(time.Duration(share * float64(m.planned.Sub(m.run.from))))
}
