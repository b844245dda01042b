package devices

import (
	"context"
	"errors"
	"fmt"
	"time"

	"beamslot/decay"
	"beamslot/devices/modbus"
	"beamslot/devices/profile"
	"beamslot/scheduler"
)

// vessel is what a calibrator is to measure: the batch's label and the nuclide setting.
type vessel struct{ label, nuclide string }

// calibrator measures the batches of a site at EOS, one after the other.
type calibrator struct {
	*device
	jobs chan vessel
}

const maxJobs = 64

func newCalibrator(d *device) *calibrator { return &calibrator{d, make(chan vessel, maxJobs)} }

// measure has the site's calibrator measure a vessel, or says why it cannot.
func (f *Floor) measure(site scheduler.SiteID, v vessel) {
	says := fmt.Sprintf("batch %s has to be measured by hand: site %s has no calibrator on the floor", v.label, site)
	device := ""
	if c, ok := f.calibrators[site]; ok {
		select {
		case c.jobs <- v:
			return
		default:
			device, says = c.cfg.Name, fmt.Sprintf("batch %s has to be measured by hand: %d others wait before it", v.label, maxJobs)
		}
	}
	r := scheduler.Reading{Sign: scheduler.Fault, Device: device, At: f.o.Now(), Says: says}
	r.Date, r.Batch = unlabel(v.label)
	f.out.put(r)
}

// work measures what comes until ctx ends.
func (c *calibrator) work(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case v := <-c.jobs:
			c.tell(ctx, v)
		}
	}
}

// tell measures a vessel and says what came of it. A refused value does not lose the batch: a person has to look.
func (c *calibrator) tell(ctx context.Context, v vessel) {
	a, err := c.assay(ctx, v)
	if ctx.Err() != nil {
		return
	}
	r := scheduler.Reading{Sign: scheduler.Assayed, At: c.floor.o.Now(), Assay: a}
	r.Date, r.Batch = unlabel(v.label)
	if err != nil {
		r.Sign, r.Says = scheduler.Fault, fmt.Sprintf("the measurement of batch %s is not accepted: %v; measure it by hand", v.label, err)
	}
	c.say(r)
}

// assay orders one measurement and takes its value from the same frame as everything that makes it valid.
func (c *calibrator) assay(ctx context.Context, v vessel) (*decay.Assay, error) {
	if !c.cfg.Writes {
		return nil, fmt.Errorf("its writes are off in the site file: measure by hand")
	}
	cmd := c.model.Commands["measure"]
	ctx, cancel := context.WithTimeoutCause(ctx, cmd.Within, fmt.Errorf("no new stable value within %v", cmd.Within))
	defer cancel()
	before, err := c.await(ctx, func(s profile.Samples) bool { return cmd.Ready(s) == "" })
	if err != nil {
		return nil, err
	}
	asked := c.floor.o.Now()
	if err := c.order(ctx, v); err != nil {
		return nil, err
	}
	counter := before["counter"].Number
	s, err := c.await(ctx, func(s profile.Samples) bool { return s["counter"].Number != counter && cmd.Ready(s) == "" })
	if err != nil {
		return nil, err
	}
	return c.judge(s, v, asked)
}

// order selects nuclide and vessel and starts the measurement, in one frame that is sent once. If its outcome is
// unknown the counter will tell; only a frame that was certainly not sent is tried again.
func (c *calibrator) order(ctx context.Context, v vessel) error {
	w, err := c.model.Order("measure", c.cfg.Base, profile.Fields{Batch: v.label, Nuclide: v.nuclide})
	if err != nil {
		return fmt.Errorf("cannot be told: %w", err)
	}
	for {
		err = c.unit.WriteRegisters(ctx, w.Address, w.Raw)
		if !errors.Is(err, modbus.ErrDown) {
			break
		}
		select {
		case <-time.After(c.floor.o.Poll):
		case <-ctx.Done():
			return errors.Join(context.Cause(ctx), err)
		}
	}
	if errors.Is(err, modbus.ErrUnknown) {
		return nil
	}
	return err
}

// judge accepts a value only if it is stable, of this nuclide setting and vessel, and made since it was asked for.
func (c *calibrator) judge(s profile.Samples, v vessel, asked time.Time) (*decay.Assay, error) {
	at := time.Unix(int64(s["reference"].Number), 0).UTC()
	switch {
	case s["vessel"].Text != v.label:
		return nil, fmt.Errorf("it measured vessel %q", s["vessel"].Text)
	case s["nuclide"].Word != v.nuclide:
		return nil, fmt.Errorf("its nuclide setting was %q and not %s", s["nuclide"].Word, v.nuclide)
	case !s["status"].Bit("ready") || s["status"].Bit("hv_fault"):
		return nil, fmt.Errorf("it was not ready, or its high voltage was out")
	case s["status"].Bit("over_range"):
		return nil, fmt.Errorf("its chamber was over range")
	case !s["status"].Bit("stable"):
		return nil, fmt.Errorf("the value was not stable")
	case s["activity"].Uncertain != "":
		return nil, fmt.Errorf("activity: %s MBq", s["activity"].Uncertain)
	}
	if off := outside(at, asked, c.floor.o.Now()); off.Abs() > c.floor.o.Tolerance {
		return nil, fmt.Errorf("its clock is at least %v off ours", off.Round(time.Second))
	}
	return &decay.Assay{Nuclide: decay.Nuclide(v.nuclide), Activity: decay.MBq(s["activity"].Number), Reference: at}, nil
}

// outside is how far t lies before from (negative) or after to; a value was made between being asked for and read,
// so this much at least a clock is off, however long the reading took.
func outside(t, from, to time.Time) time.Duration {
	switch {
	case t.Before(from):
		return t.Sub(from)
	case t.After(to):
		return t.Sub(to)
	}
	return 0
}
