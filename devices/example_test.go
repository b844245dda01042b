package devices_test

import (
	"context"
	"fmt"
	"net"
	"time"

	"beamslot/devices"
	"beamslot/devices/profile"
	"beamslot/devices/sim"
	"beamslot/fixtures/profiles"
	"beamslot/scheduler"
)

// A plant is served, a floor watches it, an order is carried out, and the machine says that its beam is on.
func Example() {
	ctx, stop := context.WithCancel(context.Background())
	models, err := profile.ReadDir(profiles.Files)
	if err != nil {
		panic(err)
	}
	now := func() time.Time { return six } // fixed, for the example
	plant, err := sim.New(smallDay(), models, sim.Options{Now: now})
	if err != nil {
		panic(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	done := make(chan error, 1)
	go func() { done <- plant.Serve(ctx, l) }()

	floor, err := devices.Open(ctx, plant.Site(l.Addr().String()), devices.Options{Now: now})
	if err != nil {
		panic(err)
	}
	order := scheduler.Order{
		Verb: scheduler.StartBeam, Date: "2026-11-24", Batch: "FDG-1", Site: "S1", Target: "T1",
		Tracer: "FDG", Isotope: "F18", CurrentUA: 40, Until: six.Add(time.Hour),
	}
	fmt.Println(floor.Carry(ctx, order))
	r := <-floor.Readings()
	fmt.Println(r.Sign, r.Device, r.Date, r.Batch)
	order.Batch = "FDG-2"
	fmt.Println(floor.Carry(ctx, order))
	stop()
	floor.Close()
	<-done
	// Output:
	// <nil>
	// beam_on T1 2026-11-24 FDG-1
	// start_beam for batch FDG-2 at S1: T1 is beam with batch 2026-11-24/FDG-1
}
