package devices

import "beamslot/scheduler"

// generator is washed out from now until the order's Until.
func generator() machine {
	return machine{
		active: "eluting", ended: "ended", failed: "fault",
		on: scheduler.BeamOn, off: scheduler.BeamOff,
		commands: map[scheduler.Verb]string{scheduler.Elute: "start"},
		traces:   []string{"activity"},
	}
}

// dispenser draws a share of a supplier's delivery until the order's Until.
func dispenser() machine {
	return machine{
		active: "drawing", ended: "ended", failed: "fault",
		on: scheduler.BeamOn, off: scheduler.BeamOff,
		commands: map[scheduler.Verb]string{scheduler.Draw: "start"},
		traces:   []string{"activity"},
	}
}
