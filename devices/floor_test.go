package devices_test

import (
	"context"
	"math"
	"net"
	"strings"
	"testing"
	"time"

	"beamslot/devices"
	"beamslot/devices/sim"
	"beamslot/scheduler"
)

// wants checks that an order is refused with a sentence.
func (h *hall) refuses(o scheduler.Order, says string) {
	h.Helper()
	writes := h.plant.Writes()
	err := h.try(o)
	if err == nil || !strings.Contains(err.Error(), says) {
		h.Errorf("%s is answered with %v, not with %q", o.Verb, err, says)
	}
	if n := h.plant.Writes(); n != writes {
		h.Errorf("%s was refused and written", o.Verb)
	}
}

// The same order again is done already; nothing is written twice, and another batch has to wait.
func TestCarryAgain(t *testing.T) {
	h := open(t, sim.Scenario{})
	o := h.beam("B1", 60)
	h.carry(o)
	h.carry(o)
	h.await(scheduler.BeamOn, "B1")
	h.carry(o)
	if n := h.plant.Writes(); n != 1 {
		t.Errorf("one order was written %d times", n)
	}
	h.refuses(h.beam("B2", 90), "T1 is beam with batch 2026-11-24/B1")
	second := h.beam("B2", 90)
	second.Target = "T2"
	if err := h.try(second); err == nil || !strings.Contains(err.Error(), "exception 4") {
		t.Errorf("a second target in beam where one may be: %v", err)
	}
	h.clock.put(61 * time.Minute)
	h.await(scheduler.BeamOff, "B1")
	h.carry(o) // it has ended: done already
	h.clock.put(20 * time.Minute)
	h.refuses(o, "has passed: plan it anew")
}

// What makes no sense is refused before anything is written.
func TestRefusedOrders(t *testing.T) {
	h := open(t, sim.Scenario{})
	o := h.beam("B1", 60)
	for _, c := range []struct {
		change func(*scheduler.Order)
		says   string
	}{
		{func(o *scheduler.Order) { o.Batch = "" }, "names none"},
		{func(o *scheduler.Order) { o.Target = "T9" }, "no device of the floor is the machine of target T9"},
		{func(o *scheduler.Order) { o.Site = "S9" }, "no device of the floor is the machine of target T1"},
		{func(o *scheduler.Order) { o.Verb = "explode" }, "no device of the floor is the machine of"},
		{func(o *scheduler.Order) { o.Isotope = "fluor" }, `isotope "fluor" is not written like F-18`},
		{func(o *scheduler.Order) { o.Isotope = "Xe-133" }, "cannot be told"},
		{func(o *scheduler.Order) { o.Until = six.Add(-time.Hour) }, "has passed"},
		{func(o *scheduler.Order) { o.CurrentUA = math.Inf(1) }, "cannot be told"},
		{func(o *scheduler.Order) { o.Batch = scheduler.BatchID(strings.Repeat("b", 60)) }, "at most 48 characters"},
		{func(o *scheduler.Order) { o.Batch = "Bø" }, "plain ASCII"},
	} {
		bad := o
		c.change(&bad)
		h.refuses(bad, c.says)
	}
	o.CurrentUA = 1000 // the machine's own word
	if err := h.try(o); err == nil || !strings.Contains(err.Error(), "exception 3") {
		t.Errorf("1000 µA: %v", err)
	}
}

// A beam that is stopped leaves what it made until then.
func TestStopBeam(t *testing.T) {
	h := open(t, sim.Scenario{})
	o := h.beam("B1", 60)
	h.carry(o)
	h.await(scheduler.BeamOn, "B1")
	other := o
	other.Verb, other.Batch = scheduler.StopBeam, "B7"
	h.refuses(other, "T1 is beam with batch")
	stop := o
	stop.Verb = scheduler.StopBeam
	h.carry(stop)
	h.await(scheduler.BeamOff, "B1")
	h.carry(stop)
	h.clock.put(time.Hour)
	h.carry(stop)
	if n := h.plant.Writes(); n != 2 {
		t.Errorf("%d writes for a start and a stop", n)
	}
}

// A generator and a delivery are sources like a target.
func TestElutionAndLot(t *testing.T) {
	h := open(t, sim.Scenario{})
	elute := h.order(scheduler.Elute, "E1", "DOTATOC", "Ga-68", 5)
	elute.Generator, elute.Share = "G1", 1
	h.carry(elute)
	h.await(scheduler.BeamOn, "E1")
	h.clock.put(5 * time.Minute)
	h.await(scheduler.BeamOff, "E1")
	h.clock.put(5 * time.Minute)
	h.carry(h.synthesize("E1", "DOTATOC", "Ga-68", 30))
	draw := h.order(scheduler.Draw, "L1", "PSMA", "Lu177", 5)
	draw.Lot, draw.Share = "L1", 0.5
	h.carry(draw)
	h.clock.put(31 * time.Minute)
	h.await(scheduler.BeamOff, "L1")
	a := h.await(scheduler.Assayed, "E1").Assay
	// 1850 MBq of parent, wholly grown, 80 % off the column, 60 % yield, 35 min or so of decay
	want := 1850 * 0.8 * 0.6 * math.Exp2(-a.Reference.Sub(elute.Until).Minutes()/67.8)
	if r := a.Activity.MBq() / want; r < 0.93 || r > 1.07 {
		t.Errorf("%.0f MBq, expected about %.0f", a.Activity.MBq(), want)
	}
	s := h.synthesize("L1", "PSMA", "Lu-177", 30)
	s.HotCell = "H2"
	h.carry(s)
	h.clock.put(31 * time.Minute)
	a = h.await(scheduler.Assayed, "L1").Assay
	if r := a.Activity.MBq() / (20000 * 0.5 * 0.9); r < 0.9 || r > 1.1 {
		t.Errorf("%.0f MBq of the delivery", a.Activity.MBq())
	}
	draw.Batch, draw.Share, draw.Until = "L2", 0.6, h.clock.now().Add(5*time.Minute)
	if err := h.try(draw); err == nil || !strings.Contains(err.Error(), "exception 4") {
		t.Errorf("more than the delivery was drawn: %v", err)
	}
}

// A module without activity, or one that breaks, ends its run without product and says at which step.
func TestFailures(t *testing.T) {
	h := open(t, sim.Scenario{
		Beams:     []sim.BeamFault{{Pick: sim.Pick{Batch: "B2"}, After: 10 * time.Minute}},
		Syntheses: []sim.SynthesisFault{{Pick: sim.Pick{Site: "S1", Tracer: "FDG", Nth: 2}, FailsAt: "labelling"}},
	})
	h.carry(h.synthesize("B0", "FDG", "F18", 30))
	h.clock.put(31 * time.Minute)
	if r := h.await(scheduler.RunFailed, "B0"); r.Says != "H1 ended batch 2026-11-24/B0 without product at step transfer" {
		t.Errorf("it says %q", r.Says)
	}
	h.carry(h.beam("B1", 30))
	h.clock.put(31 * time.Minute)
	h.await(scheduler.BeamOff, "B1")
	s := h.synthesize("B1", "FDG", "F18", 30)
	s.HotCell = "H2"
	h.carry(s)
	h.clock.put(31 * time.Minute)
	if r := h.await(scheduler.RunFailed, "B1"); !strings.HasSuffix(r.Says, "at step labelling") {
		t.Errorf("it says %q", r.Says)
	}
	h.refuses(s, "H2 has failed this batch at step labelling")
	h.carry(h.beam("B2", 30))
	h.clock.put(11 * time.Minute)
	h.await(scheduler.RunFailed, "B2")
}

// A floor that was closed in the middle of a synthesis finds it again by reading the plant.
func TestRestartMidSynthesis(t *testing.T) {
	h := open(t, sim.Scenario{Syntheses: []sim.SynthesisFault{{Pick: sim.Pick{Batch: "B1"}, Yield: 0.7}}})
	h.carry(h.beam("B1", 60))
	h.clock.put(61 * time.Minute)
	h.await(scheduler.BeamOff, "B1")
	s := h.synthesize("B1", "FDG", "F18", 30)
	h.carry(s)
	h.await(scheduler.SynthesisStarted, "B1")
	h.floor.Close()
	if _, open := <-h.floor.Readings(); open {
		for range h.floor.Readings() { // what was still under way; it must end
		}
	}
	h.clock.put(10 * time.Minute)
	h.watch()
	h.await(scheduler.SynthesisStarted, "B1")
	h.carry(s)
	h.clock.put(31 * time.Minute)
	a := h.await(scheduler.Assayed, "B1").Assay
	h.floor.Close()
	h.watch() // and once more after the end: the present state is told again
	h.await(scheduler.SynthesisEnded, "B1")
	b := h.await(scheduler.Assayed, "B1").Assay
	dt := b.Reference.Sub(a.Reference).Minutes()
	if r := b.Activity.MBq() / a.Activity.MBq() / math.Exp2(-dt/109.77); dt < 0 || math.Abs(r-1) > 0.04 {
		t.Errorf("measured again after %.1f min: %.0f, then %.0f MBq", dt, a.Activity.MBq(), b.Activity.MBq())
	}
	// 60 min beam, 0.7 × 0.7 of it out, some 35 min later
	want := 40 * 4500 * (1 - math.Exp2(-60/109.77)) * 0.49 * math.Exp2(-a.Reference.Sub(s.Until.Add(-30*time.Minute)).Minutes()/109.77)
	if r := a.Activity.MBq() / want; r < 0.85 || r > 1.1 {
		t.Errorf("%.0f MBq of a bad synthesis, expected about %.0f", a.Activity.MBq(), want)
	}
}

// A device of another model at the address is not used, whatever it says.
func TestIdentity(t *testing.T) {
	h := open(t, sim.Scenario{})
	h.floor.Close()
	cfg := h.cfg
	cfg.Models = append(cfg.Models[:0:0], cfg.Models...)
	for i, m := range cfg.Models {
		if m.Identity != nil && m.Identity.Equals == "CYC-1" {
			id := *m.Identity
			id.Equals = "CYC-9"
			cfg.Models[i].Identity = &id
		}
	}
	h.cfg = cfg
	h.watch()
	r := h.await(scheduler.Fault, "")
	if r.Device != "T1" && r.Device != "T2" || !strings.Contains(r.Says, `it says that it is a "CYC-1" and not a "CYC-9"`) {
		t.Errorf("%+v", r)
	}
	h.refuses(h.beam("B1", 60), "nothing of it is used")
}

// A device whose writes are off is watched and never told.
func TestReadOnly(t *testing.T) {
	h := open(t, sim.Scenario{})
	h.floor.Close()
	for i := range h.cfg.Devices {
		h.cfg.Devices[i].Writes = false
	}
	h.watch()
	h.refuses(h.beam("B1", 60), "its writes are off in the site file")
}

// A floor whose plant is away says so once for each device, refuses at once, and comes back by itself.
func TestPlantAway(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	c := newClock()
	plant, err := sim.New(smallDay(), models(t), sim.Options{Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	h := &hall{T: t, plant: plant, clock: c, cfg: plant.Site(l.Addr().String())}
	h.watch()
	for range h.cfg.Devices {
		if r := h.await(scheduler.Fault, ""); !strings.Contains(r.Says, "link down") {
			t.Errorf("%+v", r)
		}
	}
	h.refuses(h.beam("B1", 60), "link down")
	l, err = net.Listen("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- plant.Serve(ctx, l) }()
	h.online(true)
	h.carry(h.beam("B1", 60))
	h.await(scheduler.BeamOn, "B1")
	stop()
	<-done
	h.await(scheduler.Fault, "")
	h.online(false)
}

// online waits until every device is, or none.
func (h *hall) online(want bool) {
	h.Helper()
	for range 1000 {
		n := 0
		for _, s := range h.floor.States() {
			if s.Online == want {
				n++
			}
		}
		if n == len(h.cfg.Devices) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	h.Fatalf("not every device became online=%v: %+v", want, h.floor.States())
}

// States tell people what stands where.
func TestStates(t *testing.T) {
	h := open(t, sim.Scenario{})
	h.online(true)
	h.carry(h.beam("B1", 60))
	h.clock.put(30 * time.Minute)
	h.await(scheduler.BeamOn, "B1")
	for range 500 {
		s := h.floor.States()[0]
		if len(s.Values) == 3 && s.Values[0].Value > 30 {
			if s.Name != "T1" || s.Kind != "cyclotron" || s.Serves != "target T1" || s.State != "beam" || s.Batch != "2026-11-24/B1" || s.LastAnswer.Before(six) {
				t.Errorf("%+v", s)
			}
			if v := s.Values[0]; v.Point != "current" || v.Unit != "µA" || math.Abs(v.Value-40) > 1 {
				t.Errorf("%+v", v)
			}
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%+v", h.floor.States()[0])
}

// Two floors' worth of nonsense in a configuration is refused before a wire is touched.
func TestOpenChecks(t *testing.T) {
	if _, err := devices.Open(t.Context(), devices.Config{Devices: []devices.DeviceConfig{{Name: "X", Model: "none"}}}, devices.Options{}); err == nil {
		t.Error("a device without model, link and unit was opened")
	}
}
