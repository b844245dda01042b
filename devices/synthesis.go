package devices

import "beamslot/scheduler"

// synthesis is the module of one hot cell; it runs until the order's Until, the planned end of synthesis, and
// then the site's calibrator is asked what came out.
func synthesis() machine {
	return machine{
		active: "running", ended: "ended", failed: "failed",
		on: scheduler.SynthesisStarted, off: scheduler.SynthesisEnded,
		commands: map[scheduler.Verb]string{scheduler.Synthesize: "start"},
		traces:   []string{"temperature", "pressure", "activity", "progress"},
	}
}
