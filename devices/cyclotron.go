package devices

import "beamslot/scheduler"

// cyclotron is one target: the beam ends by itself at the order's Until, or earlier when it is told to stop.
func cyclotron() machine {
	return machine{
		active: "beam", ended: "ended", failed: "fault",
		on: scheduler.BeamOn, off: scheduler.BeamOff,
		commands: map[scheduler.Verb]string{scheduler.StartBeam: "start", scheduler.StopBeam: "stop"},
		traces:   []string{"current", "charge", "activity"},
	}
}
