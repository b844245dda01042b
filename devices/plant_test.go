package devices_test

import (
	"context"
	"net"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"beamslot/devices"
	"beamslot/devices/profile"
	"beamslot/devices/sim"
	"beamslot/fixtures/profiles"
	"beamslot/scheduler"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const date = scheduler.Date("2026-11-24")

var six = time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC)

// clock runs sixty times as fast as the wall from 06:00, and can be put forward.
type clock struct {
	mu    sync.Mutex
	wall  time.Time
	ahead time.Duration
}

func newClock() *clock { return &clock{wall: time.Now()} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return six.Add(60*time.Since(c.wall) + c.ahead)
}

func (c *clock) put(forward time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += forward
}

// smallDay is one site with a cyclotron of two targets, two hot cells, a generator and a lot.
func smallDay() scheduler.Day {
	process := func(t scheduler.TracerID, yield float64) scheduler.Process {
		return scheduler.Process{Tracer: t, Transfer: 5, Synthesis: 30, Yield: yield, YieldSD: 0.02}
	}
	return scheduler.Day{
		Format: scheduler.DayFormat2, Name: "small", Seed: 7, Date: date, TimeStep: 5,
		Tracers: []scheduler.Tracer{
			{ID: "FDG", Isotope: "F18", HalfLife: 109.77}, {ID: "DOTATOC", Isotope: "Ga-68", HalfLife: 67.8}, {ID: "PSMA", Isotope: "Lu-177", HalfLife: 9571},
		},
		Sites: []scheduler.Site{{
			ID: "S1", Open: scheduler.Span{0, 1440},
			Cyclotrons: []scheduler.Cyclotron{{ID: "C1", MaxParallel: 1, Targets: []scheduler.Target{
				{ID: "T1", Isotope: "F18", Asat: 4500, MaxUA: 60, Reload: 20}, {ID: "T2", Isotope: "F18", Asat: 4500, MaxUA: 60, Reload: 20},
			}}},
			HotCells:   []scheduler.HotCell{{ID: "H1", Cleanup: 45}, {ID: "H2", Cleanup: 45}},
			Processes:  []scheduler.Process{process("FDG", 0.7), process("DOTATOC", 0.6), process("PSMA", 0.9)},
			Generators: []scheduler.Generator{{ID: "G1", Isotope: "Ga-68", Parent: 1850, Efficiency: 0.8, Elution: 5, Regrow: 240}},
			Lots:       []scheduler.Lot{{ID: "L1", Isotope: "Lu-177", Activity: 20000, At: 720}},
		}},
	}
}

// hall is a plant, a floor that watches it, and everything the floor has said.
type hall struct {
	*testing.T
	plant *sim.Plant
	floor *devices.Floor
	clock *clock
	cfg   devices.Config
	said  []scheduler.Reading
}

func models(t *testing.T) []profile.Model {
	t.Helper()
	m, err := profile.ReadDir(profiles.Files)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// open starts plant and floor, and ends both with the test.
func open(t *testing.T, s sim.Scenario) *hall {
	t.Helper()
	c := newClock()
	plant, err := sim.New(smallDay(), models(t), sim.Options{Scenario: s, Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- plant.Serve(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	h := &hall{T: t, plant: plant, clock: c, cfg: plant.Site(l.Addr().String())}
	h.watch()
	return h
}

// watch opens the floor.
func (h *hall) watch() {
	h.Helper()
	f, err := devices.Open(context.Background(), h.cfg, devices.Options{Now: h.clock.now, Poll: 20 * time.Millisecond})
	if err != nil {
		h.Fatal(err)
	}
	h.floor = f
	h.Cleanup(f.Close)
}

// await takes readings until one of the sign is about the batch.
func (h *hall) await(sign scheduler.Sign, batch scheduler.BatchID) scheduler.Reading {
	h.Helper()
	patience := time.After(20 * time.Second)
	for {
		select {
		case r := <-h.floor.Readings():
			h.said = append(h.said, r)
			if r.Sign == sign && r.Batch == batch {
				return r
			}
		case <-patience:
			h.Fatalf("no %s of %q came; said were %+v; states %+v", sign, batch, h.signs(), h.floor.States())
		}
	}
}

// signs are what was said, without traces.
func (h *hall) signs() []scheduler.Sign {
	var all []scheduler.Sign
	for _, r := range h.said {
		if r.Sign != scheduler.Trace {
			all = append(all, r.Sign)
		}
	}
	return all
}

func (h *hall) carry(o scheduler.Order) {
	h.Helper()
	if err := h.try(o); err != nil {
		h.Fatal(err)
	}
}

func (h *hall) try(o scheduler.Order) error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	return h.floor.Carry(ctx, o)
}

// beam, elute, draw and synthesize are orders that end a while from now.
func (h *hall) beam(b scheduler.BatchID, minutes int) scheduler.Order {
	o := h.order(scheduler.StartBeam, b, "FDG", "F18", minutes)
	o.Target, o.CurrentUA = "T1", 40
	return o
}

func (h *hall) synthesize(b scheduler.BatchID, tracer scheduler.TracerID, isotope string, minutes int) scheduler.Order {
	o := h.order(scheduler.Synthesize, b, tracer, isotope, minutes)
	o.HotCell = "H1"
	return o
}

func (h *hall) order(v scheduler.Verb, b scheduler.BatchID, tracer scheduler.TracerID, isotope string, minutes int) scheduler.Order {
	return scheduler.Order{
		Verb: v, Date: date, Batch: b, Site: "S1", Tracer: tracer, Isotope: isotope,
		Until: h.clock.now().Add(time.Duration(minutes) * time.Minute).Truncate(time.Second),
	}
}
