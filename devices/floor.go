package devices

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"beamslot/devices/modbus"
	"beamslot/devices/profile"
	"beamslot/scheduler"
)

// Options of a floor; the zero value polls each device every 200 ms, by the wall clock, and logs nothing.
type Options struct {
	Now       func() time.Time // stamps readings; time.Now when nil
	Poll      time.Duration    // wall time between two polls of a device
	Tolerance time.Duration    // how far a calibrator's clock may be off Now; 2 minutes
	Log       *slog.Logger
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Poll <= 0 {
		o.Poll = 200 * time.Millisecond
	}
	if o.Tolerance <= 0 {
		o.Tolerance = 2 * time.Minute
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// Floor is the machines: it carries orders out and brings readings in.
type Floor struct {
	o           Options
	links       map[string]*modbus.Link
	devices     []*device
	calibrators map[scheduler.SiteID]*calibrator
	out         *outbox
	stop        context.CancelFunc
	all         sync.WaitGroup
}

// Open begins to watch every device of the configuration until ctx ends or the floor is closed. It does not
// wait for devices to answer: one that is away is offline and comes back by itself.
func Open(ctx context.Context, cfg Config, o Options) (*Floor, error) {
	if err := cfg.Check(); err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(ctx)
	f := &Floor{
		o: o.withDefaults(), stop: stop, out: newOutbox(),
		links: make(map[string]*modbus.Link), calibrators: make(map[scheduler.SiteID]*calibrator),
	}
	for _, c := range cfg.Devices {
		f.add(ctx, cfg, c)
	}
	f.all.Go(func() { f.out.run(ctx) })
	for _, d := range f.devices {
		f.all.Go(func() { d.watch(ctx) })
	}
	f.all.Go(func() { f.hangUp(ctx) })
	return f, nil
}

func (f *Floor) add(ctx context.Context, cfg Config, c DeviceConfig) {
	m, _ := cfg.model(c.Model)
	d := newDevice(f, c, m)
	f.devices = append(f.devices, d)
	if m.Device.Kind == profile.Calibrator {
		cal := newCalibrator(d)
		f.calibrators[c.Site] = cal
		f.all.Go(func() { cal.work(ctx) })
	}
}

// link is the one wire to an address, however many units answer on it.
func (f *Floor) link(c DeviceConfig) *modbus.Link {
	address, _ := c.address()
	l, ok := f.links[address]
	if !ok {
		l = modbus.Open(address, modbus.Options{Timeout: c.Timeout})
		f.links[address] = l
	}
	return l
}

// hangUp closes the wires when the floor ends.
func (f *Floor) hangUp(ctx context.Context) {
	<-ctx.Done()
	for _, l := range f.links {
		l.Close()
	}
}

// Close ends the watching and waits for it; machines go on with what they were last told.
func (f *Floor) Close() {
	f.stop()
	f.all.Wait()
}

// Readings is what the machines say, in order; it is closed when the floor ends. Traces are dropped when nobody
// reads; signs are not.
func (f *Floor) Readings() <-chan scheduler.Reading { return f.out.out }

// States is how every device is, in the site file's order.
func (f *Floor) States() []DeviceState {
	all := make([]DeviceState, len(f.devices))
	for i, d := range f.devices {
		all[i] = d.seen()
	}
	return all
}

// Carry gives the order to its machine and returns when the machine itself shows that it was taken. The same
// order again is done already; a machine that is busy, away, or not to be written is an error, and nothing is sent twice.
func (f *Floor) Carry(ctx context.Context, o scheduler.Order) error {
	if err := f.carry(ctx, o); err != nil {
		return fmt.Errorf("%s for batch %s at %s: %w", o.Verb, o.Batch, o.Site, err)
	}
	return nil
}

func (f *Floor) carry(ctx context.Context, o scheduler.Order) error {
	if o.Batch == "" {
		return fmt.Errorf("an order is for a batch, and this one names none")
	}
	for _, d := range f.devices {
		if command, mine := d.takes(o); mine {
			return d.carry(ctx, command, o)
		}
	}
	return fmt.Errorf("no device of the floor is the machine of %s: look into the site file", servant(o))
}

// servant names the machine that an order is for.
func servant(o scheduler.Order) string {
	switch o.Verb {
	case scheduler.StartBeam, scheduler.StopBeam:
		return "target " + string(o.Target)
	case scheduler.Elute:
		return "generator " + string(o.Generator)
	case scheduler.Draw:
		return "lot " + string(o.Lot)
	}
	return "hot cell " + string(o.HotCell)
}
