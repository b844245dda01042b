package devices_test

import (
	"strings"
	"testing"
	"time"

	"beamslot/devices/profile"
	"beamslot/devices/sim"
	"beamslot/scheduler"
)

// impatient makes commands give up early, for tests in which nothing will come.
func (h *hall) impatient(within time.Duration) {
	h.Helper()
	h.floor.Close()
	h.cfg.Models = append([]profile.Model(nil), h.cfg.Models...)
	for i, m := range h.cfg.Models {
		commands := make(map[string]profile.Command)
		for name, c := range m.Commands {
			c.Within = within
			commands[name] = c
		}
		h.cfg.Models[i].Commands = commands
	}
	h.watch()
}

// produce makes a batch as far as its EOS.
func (h *hall) produce(b scheduler.BatchID) {
	h.Helper()
	h.carry(h.beam(b, 30))
	h.clock.put(31 * time.Minute)
	h.await(scheduler.BeamOff, b)
	h.carry(h.synthesize(b, "FDG", "F18", 30))
	h.clock.put(31 * time.Minute)
	h.await(scheduler.SynthesisEnded, b)
}

// A value is accepted only when everything that makes it one was read with it.
func TestAssayRefused(t *testing.T) {
	for fault, says := range map[string]string{
		"wrong_vessel":  `it measured vessel "2000-01-01/other"`,
		"wrong_nuclide": `its nuclide setting was "none" and not F-18`,
		"unstable":      "the value was not stable",
		"over_range":    "its chamber was over range",
		"clock":         "off ours",
		"same_counter":  "no new stable value within",
	} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			h := open(t, sim.Scenario{Assays: []sim.AssayFault{{Fault: fault}}})
			h.impatient(2 * time.Second)
			h.produce("B1")
			r := h.await(scheduler.Fault, "B1")
			if r.Device != "S1-calibrator" || !strings.Contains(r.Says, says) || r.Assay != nil {
				t.Errorf("%+v", r)
			}
		})
	}
}

// A site without calibrator asks for a person.
func TestNoCalibrator(t *testing.T) {
	h := open(t, sim.Scenario{})
	h.floor.Close()
	h.cfg.Devices = h.cfg.Devices[:len(h.cfg.Devices)-1]
	h.watch()
	h.produce("B1")
	if r := h.await(scheduler.Fault, "B1"); !strings.Contains(r.Says, "has to be measured by hand") {
		t.Errorf("%+v", r)
	}
}

// The reply to a write is lost: the order is read back, found done, and not sent again.
func TestLostReply(t *testing.T) {
	h := open(t, sim.Scenario{})
	h.floor.Close()
	for i := range h.cfg.Devices {
		h.cfg.Devices[i].Timeout = 100 * time.Millisecond
	}
	h.watch()
	h.online(true)
	h.plant.Disturb(sim.WireFault{Function: 16, Fault: "timeout"})
	h.carry(h.beam("B1", 60))
	h.carry(h.beam("B1", 60))
	h.await(scheduler.BeamOn, "B1")
	if n := h.plant.Writes(); n != 1 {
		t.Errorf("%d writes for one order", n)
	}
}

// The reply is lost and the machine shows nothing: that is said, and it is left to a person.
func TestUnknownOutcome(t *testing.T) {
	h := open(t, sim.Scenario{})
	h.impatient(500 * time.Millisecond)
	h.online(true)
	h.plant.Disturb(sim.WireFault{Function: 16, Fault: "reset"})
	h.plant.Disturb(sim.WireFault{Unit: 1, Function: 4, Fault: "exception"})
	h.refuses(h.beam("B1", 60), "busy (exception 6)") // it cannot even be read
	h.plant.Calm()
	h.online(true)
	h.plant.Disturb(sim.WireFault{Function: 16, Fault: "reset"})
	h.plant.Disturb(sim.WireFault{Unit: 1, Function: 4, Fault: "frozen"})
	err := h.try(h.beam("B1", 60))
	if err == nil || !strings.Contains(err.Error(), "it was not sent again: look at the machine") || !strings.Contains(err.Error(), "outcome unknown") {
		t.Errorf("a lost reply and a machine that shows nothing: %v", err)
	}
	if n := h.plant.Writes(); n != 1 {
		t.Errorf("%d writes for one order", n)
	}
}

// A device that repeats itself is stale: nothing is read from it, nothing told to it.
func TestFrozen(t *testing.T) {
	h := open(t, sim.Scenario{})
	h.floor.Close()
	h.cfg.Models = append([]profile.Model(nil), h.cfg.Models...)
	for i, m := range h.cfg.Models {
		beat := *m.Heartbeat
		beat.MaxStill = 200 * time.Millisecond
		h.cfg.Models[i].Heartbeat = &beat
	}
	h.watch()
	h.online(true)
	h.plant.Disturb(sim.WireFault{Unit: 1, Fault: "frozen"})
	r := h.await(scheduler.Fault, "")
	if !strings.Contains(r.Says, "its heartbeat stands still") {
		t.Errorf("%+v", r)
	}
	h.refuses(h.beam("B1", 60), "")
	h.plant.Calm()
	h.online(true)
	h.carry(h.beam("B1", 60))
}

// A whole batch under a wire that loses, delays, mixes and cuts replies: the same signs, the truth, three orders.
func TestCycleInChaos(t *testing.T) {
	var faults []sim.WireFault
	for _, f := range []string{"reset", "cut", "wrong_id", "wrong_unit", "wrong_function", "short", "long", "duplicate", "stray", "garbage", "exception", "timeout", "late"} {
		faults = append(faults, sim.WireFault{Fault: f, Probability: 0.004})
	}
	h := open(t, sim.Scenario{Wire: faults})
	h.floor.Close()
	for i := range h.cfg.Devices {
		h.cfg.Devices[i].Timeout = 100 * time.Millisecond
	}
	h.watch()
	h.online(true)
	h.persist(h.beam("B1", 60))
	h.await(scheduler.BeamOn, "B1")
	h.clock.put(61 * time.Minute)
	h.await(scheduler.BeamOff, "B1")
	h.persist(h.synthesize("B1", "FDG", "F18", 30))
	h.await(scheduler.SynthesisStarted, "B1")
	h.clock.put(31 * time.Minute)
	a := h.await(scheduler.Assayed, "B1").Assay
	truth, _ := h.plant.Vessel(date, "B1", a.Reference)
	if r := a.Activity.MBq() / truth; r < 0.97 || r > 1.03 {
		t.Errorf("measured %.0f MBq of %.0f", a.Activity.MBq(), truth)
	}
	if n := h.plant.Writes(); n != 3 {
		t.Errorf("%d writes for three orders", n)
	}
}

// persist gives an order until it is carried, as the desk's side does: each try reads first.
func (h *hall) persist(o scheduler.Order) {
	h.Helper()
	var err error
	for range 100 {
		if err = h.try(o); err == nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	h.Fatal(err)
}
