package devices

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"beamslot/devices/modbus"
	"beamslot/devices/profile"
	"beamslot/scheduler"
)

// device is one machine or instrument under watch.
type device struct {
	floor   *Floor
	cfg     DeviceConfig
	model   profile.Model
	machine machine
	unit    modbus.Unit
	frames  []profile.Frame
	turn    chan struct{} // one command at a time

	mu    sync.Mutex
	state DeviceState

	// the watcher's own
	last    status
	misses  int
	told    bool // that it is away
	met     bool // it has answered before
	beat    float64
	still   time.Duration // how long the heartbeat has stood
	untrace time.Duration // since the last traces
}

func newDevice(f *Floor, c DeviceConfig, m profile.Model) *device {
	d := &device{floor: f, cfg: c, model: m, frames: m.Frames(c.Base), turn: make(chan struct{}, 1)}
	d.machine, _ = machineOf(m.Device.Kind)
	d.unit = f.link(c).Unit(c.Unit)
	d.state = DeviceState{
		Name: c.Name, Kind: string(m.Device.Kind), Site: c.Site, Serves: c.serves(m.Device.Kind),
		Says: "has not answered yet",
	}
	return d
}

// read brings every point of the device, and refuses a device that is not the one it should be.
func (d *device) read(ctx context.Context) (profile.Samples, error) {
	s := make(profile.Samples)
	for _, f := range d.frames {
		raw, err := d.unit.Read(ctx, f.Range)
		if err != nil {
			return nil, err
		}
		if err := d.model.Decode(f, d.cfg.Base, raw, s); err != nil {
			return nil, err
		}
	}
	if i := d.model.Identity; i != nil && s[i.Point].Text != i.Equals {
		return nil, fmt.Errorf("it says that it is a %q and not a %q: nothing of it is used", s[i.Point].Text, i.Equals)
	}
	return s, nil
}

// watch polls the device until ctx ends.
func (d *device) watch(ctx context.Context) {
	tick := time.NewTicker(d.floor.o.Poll)
	defer tick.Stop()
	for {
		s, err := d.read(ctx)
		if ctx.Err() != nil {
			return
		}
		d.round(s, err)
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

func (d *device) round(s profile.Samples, err error) {
	if err == nil {
		err = d.alive(s)
	}
	if err != nil {
		d.missed(err)
		return
	}
	if d.told {
		d.floor.o.Log.Info("device is back", "device", d.cfg.Name)
	}
	d.misses, d.told = 0, false
	now := d.floor.o.Now()
	d.note(s, now)
	d.follow(s, now)
	d.trace(s, now)
}

// maxMisses is how many polls in a row may go wrong before the device counts as away.
const maxMisses = 2

// missed notes a poll that brought nothing, and says so once until the device is back.
func (d *device) missed(err error) {
	if d.misses++; d.misses < maxMisses && !errors.Is(err, errStill) {
		return
	}
	d.mu.Lock()
	d.state.Online, d.state.Says = false, err.Error()
	d.mu.Unlock()
	if !d.told {
		d.told = true
		d.say(scheduler.Reading{Sign: scheduler.Fault, At: d.floor.o.Now(), Says: d.cfg.Name + ": " + err.Error()})
	}
}

var errStill = errors.New("its heartbeat stands still: what it shows may be old")

// alive watches the heartbeat. Time is counted in polls, for the device's own clock may be what is wrong.
func (d *device) alive(s profile.Samples) error {
	h := d.model.Heartbeat
	if h == nil {
		return nil
	}
	if b := s[h.Point].Number; b != d.beat || !d.met {
		d.beat, d.still, d.met = b, 0, true
		return nil
	}
	if d.still += d.floor.o.Poll; d.still > h.MaxStill {
		return errStill
	}
	return nil
}

// follow tells the desk what changed. A state without a word is not acted upon.
func (d *device) follow(s profile.Samples, now time.Time) {
	if d.machine.active == "" || s["state"].Uncertain != "" {
		return
	}
	before := d.last
	d.last = status{s["state"].Word, s["batch"].Text}
	for _, t := range d.machine.signs(before, d.last) {
		d.tell(t, s, now)
	}
}

func (d *device) tell(t told, s profile.Samples, now time.Time) {
	r := scheduler.Reading{Sign: t.sign, At: now}
	r.Date, r.Batch = unlabel(t.batch)
	if r.Batch == "" {
		return // a run that somebody started at the machine: not the desk's
	}
	if t.sign == scheduler.RunFailed {
		r.Says = fmt.Sprintf("%s ended batch %s without product%s", d.cfg.Name, t.batch, atStep(s))
	}
	d.say(r)
	if t.sign == scheduler.SynthesisEnded {
		d.floor.measure(d.cfg.Site, vessel{t.batch, s["nuclide"].Word})
	}
}

func atStep(s profile.Samples) string {
	if w := s["step"].Word; w != "" {
		return " at step " + w
	}
	return ""
}

// trace charts an active machine about once a second of wall time.
func (d *device) trace(s profile.Samples, now time.Time) {
	d.untrace += d.floor.o.Poll
	if d.untrace < time.Second || d.machine.active == "" || d.last.state != d.machine.active {
		return
	}
	d.untrace = 0
	date, batch := unlabel(d.last.batch)
	for _, name := range d.machine.traces {
		if v, ok := s[name]; ok && v.Uncertain == "" {
			d.say(scheduler.Reading{Sign: scheduler.Trace, At: now, Date: date, Batch: batch, Point: name, Value: v.Number, Unit: d.model.Points[name].Unit})
		}
	}
}

func (d *device) say(r scheduler.Reading) {
	r.Device = d.cfg.Name
	d.floor.out.put(r)
}
