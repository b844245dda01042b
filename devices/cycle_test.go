package devices_test

import (
	"math"
	"testing"
	"time"

	"beamslot/devices/sim"
	"beamslot/scheduler"
)

// A batch goes from the beam to its assay over real Modbus, and what is measured is what physics says.
func TestCycle(t *testing.T) {
	h := open(t, sim.Scenario{})
	beam := h.beam("B1", 60)
	start := h.clock.now()
	h.carry(beam)
	h.await(scheduler.BeamOn, "B1")
	h.clock.put(beam.Until.Sub(h.clock.now()))
	h.await(scheduler.BeamOff, "B1")
	h.clock.put(5 * time.Minute)
	synthesis := h.synthesize("B1", "FDG", "F18", 30)
	h.carry(synthesis)
	h.await(scheduler.SynthesisStarted, "B1")
	h.clock.put(synthesis.Until.Sub(h.clock.now()))
	h.await(scheduler.SynthesisEnded, "B1")
	got := h.await(scheduler.Assayed, "B1")

	a := got.Assay
	const T = 109.77
	eob := 40 * 4500 * (1 - math.Exp2(-beam.Until.Sub(start).Minutes()/T))
	want := eob * 0.7 * math.Exp2(-a.Reference.Sub(beam.Until).Minutes()/T)
	// the ramp of the beam costs up to 1 %, the yield spreads by 2 %, the calibrator by 0.5 %
	if r := a.Activity.MBq() / want; r < 0.90 || r > 1.08 {
		t.Errorf("measured %.0f MBq, expected about %.0f", a.Activity.MBq(), want)
	}
	truth, _ := h.plant.Vessel(date, "B1", a.Reference)
	if r := a.Activity.MBq() / truth; math.Abs(r-1) > 0.025 {
		t.Errorf("measured %.0f MBq of %.0f in the vessel", a.Activity.MBq(), truth)
	}
	if a.Nuclide != "F-18" || got.Date != date || got.Device != "S1-calibrator" {
		t.Errorf("assay %+v of %+v", a, got)
	}
	if off := a.Reference.Sub(synthesis.Until); off < 0 || off > 30*time.Minute {
		t.Errorf("reference %v after EOS", off)
	}
	order := []scheduler.Sign{"beam_on", "beam_off", "synthesis_started", "synthesis_ended", "assayed"}
	if len(h.signs()) != len(order) {
		t.Errorf("said %v, not %v", h.signs(), order)
	}
	if h.plant.Writes() != 3 {
		t.Errorf("%d writes for three orders", h.plant.Writes())
	}
}
