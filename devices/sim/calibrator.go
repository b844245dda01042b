package sim

import (
	"strconv"
	"time"

	"beamslot/decay"
	"beamslot/devices/modbus"
	"beamslot/devices/profile"
	"beamslot/scheduler"
)

const (
	settling   = 10 * time.Second // until a calibrator's value is stable
	background = 0.02             // MBq with nothing in the well
	spread     = 0.005            // relative, of one measurement
)

// calibrator is a site's dose calibrator. Its setting and vessel are state that an order changes.
type calibrator struct {
	plant   *Plant
	site    scheduler.SiteID
	vessel  string
	setting string
	from    time.Time // of the measurement
	fault   string
	done    int // measurements before this one
}

func (c *calibrator) show(now time.Time) profile.Samples {
	s := profile.Samples{
		"state": {Word: "idle"}, "vessel": {Text: c.vessel}, "nuclide": {Word: "none"}, "activity": {},
		"reference": {}, "counter": {Number: float64(uint16(c.done))}, "status": {Number: bits("ready")},
	}
	if c.from.IsZero() {
		return s
	}
	s["nuclide"] = profile.Sample{Word: c.setting}
	if at := c.from.Add(settling); now.Before(at) {
		s["state"] = profile.Sample{Word: "measuring"}
		s["activity"] = profile.Sample{Number: c.value(now) * now.Sub(c.from).Seconds() / settling.Seconds()}
	} else {
		c.showResult(at, s)
	}
	return s
}

// showResult is the value that stands once it is stable, with what the scenario does to it.
func (c *calibrator) showResult(at time.Time, s profile.Samples) {
	s["state"] = profile.Sample{Word: "ended"}
	s["activity"] = profile.Sample{Number: c.value(at)}
	s["reference"] = profile.Sample{Number: float64(at.Unix())}
	s["counter"] = profile.Sample{Number: float64(uint16(c.done + 1))}
	s["status"] = profile.Sample{Number: bits("ready", "stable")}
	switch c.fault {
	case "wrong_vessel":
		s["vessel"] = profile.Sample{Text: "2000-01-01/other"}
	case "wrong_nuclide":
		s["nuclide"] = profile.Sample{Word: "none"}
	case "unstable":
		s["status"] = profile.Sample{Number: bits("ready")}
	case "over_range":
		s["status"] = profile.Sample{Number: bits("ready", "stable", "over_range")}
	case "clock":
		s["reference"] = profile.Sample{Number: float64(at.Add(-time.Hour).Unix())}
	case "same_counter":
		s["counter"] = profile.Sample{Number: float64(uint16(c.done))}
	}
}

// value is what the chamber shows: the vessel's activity with the spread of a measurement. With another nuclide's
// setting it would be a wrong number.
func (c *calibrator) value(at time.Time) float64 {
	v := c.plant.vessels[c.vessel]
	a := v.at(at) * (1 + spread*noise(c.plant.o.Seed, "assay", c.vessel, strconv.Itoa(c.done)))
	if v.nuclide != decay.Nuclide(c.setting) {
		a *= 1.4
	}
	return max(0, a) + background
}

func (c *calibrator) take(now time.Time, _ string, o profile.Samples) modbus.Exception {
	if !c.from.IsZero() {
		if now.Before(c.from.Add(settling)) {
			return modbus.Busy
		}
		c.done++
	}
	c.vessel, c.setting, c.fault = o["order_vessel"].Text, o["order_nuclide"].Word, ""
	c.from = now.Truncate(time.Second)
	for i, f := range c.plant.o.Scenario.Assays {
		if c.plant.picked("assay", i, f.Pick, c.vessel, c.site, "") {
			c.fault = f.Fault
		}
	}
	return 0
}

// bits sets bits of a status register by name, as the profile names them.
func bits(names ...string) float64 {
	n := 0.0
	for _, name := range names {
		switch name {
		case "ready":
			n++
		case "stable":
			n += 2
		case "over_range":
			n += 4
		}
	}
	return n
}
