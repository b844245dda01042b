package devices

import (
	"context"
	"errors"
	"fmt"
	"time"

	"beamslot/devices/modbus"
	"beamslot/devices/profile"
	"beamslot/scheduler"
)

// takes reports whether the order is for this device, and which of its commands carries it out.
func (d *device) takes(o scheduler.Order) (string, bool) {
	command, ok := d.machine.commands[o.Verb]
	return command, ok && servant(o) == d.cfg.serves(d.model.Device.Kind) && (o.Site == "" || o.Site == d.cfg.Site)
}

// carry reads, writes once, and reads until the device itself shows that it was done.
func (d *device) carry(ctx context.Context, command string, o scheduler.Order) error {
	if !d.cfg.Writes {
		return fmt.Errorf("%s is not to be written: its writes are off in the site file", d.cfg.Name)
	}
	fields, err := fieldsOf(o)
	if err != nil {
		return err
	}
	select {
	case d.turn <- struct{}{}:
		defer func() { <-d.turn }()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	before, err := d.read(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", d.cfg.Name, err)
	}
	done, err := d.may(before, command, o, fields)
	if done || err != nil {
		return err
	}
	return d.command(ctx, command, fields)
}

func fieldsOf(o scheduler.Order) (profile.Fields, error) {
	n := Nuclide(o.Isotope)
	if n == "" && o.Verb != scheduler.StopBeam {
		return profile.Fields{}, fmt.Errorf("isotope %q is not written like F-18 or F18", o.Isotope)
	}
	return profile.Fields{
		Batch: Label(o.Date, o.Batch), Recipe: string(o.Tracer), Nuclide: string(n),
		Until: o.Until, Current: o.CurrentUA, Share: o.Share,
	}, nil
}

// may decides from what the device shows whether the order is done already, or may not be given.
func (d *device) may(s profile.Samples, command string, o scheduler.Order, f profile.Fields) (done bool, err error) {
	state, holds := s["state"].Word, s["batch"].Text
	cmd := d.model.Commands[command]
	switch {
	case cmd.Confirmed(s, f):
		return true, nil
	case o.Verb == scheduler.StopBeam && state == "idle":
		return true, nil
	case holds != "" && holds != f.Batch && (state == d.machine.active || cmd.Ready(s) != ""):
		return false, fmt.Errorf("%s is %s with batch %s", d.cfg.Name, state, holds)
	case holds == f.Batch && state == d.machine.failed:
		return false, fmt.Errorf("%s has failed this batch%s", d.cfg.Name, atStep(s))
	case o.Verb != scheduler.StopBeam && !o.Until.After(d.floor.o.Now()):
		return false, fmt.Errorf("its end, %s, has passed: plan it anew", o.Until.UTC().Format(time.RFC3339))
	case d.stale():
		return false, fmt.Errorf("%s: %w", d.cfg.Name, errStill)
	}
	if not := cmd.Ready(s); not != "" {
		return false, fmt.Errorf("%s is not ready: %s", d.cfg.Name, not)
	}
	return false, nil
}

// stale reports whether the watcher finds the heartbeat standing.
func (d *device) stale() bool {
	s := d.seen()
	return !s.Online && s.Says == errStill.Error()
}

// command writes once and then only reads, whatever became of the write.
func (d *device) command(ctx context.Context, name string, f profile.Fields) error {
	cmd := d.model.Commands[name]
	w, err := d.model.Order(name, d.cfg.Base, f)
	if err != nil {
		return fmt.Errorf("%s cannot be told: %w", d.cfg.Name, err)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, cmd.Within, fmt.Errorf("not confirmed within %v", cmd.Within))
	defer cancel()
	wrote := d.unit.WriteRegisters(ctx, w.Address, w.Raw)
	if wrote != nil && !errors.Is(wrote, modbus.ErrUnknown) {
		return fmt.Errorf("%s: %w", d.cfg.Name, wrote)
	}
	_, err = d.await(ctx, func(s profile.Samples) bool { return cmd.Confirmed(s, f) })
	if err != nil {
		return fmt.Errorf("%s does not show that it was done, and it was not sent again: look at the machine: %w", d.cfg.Name, errors.Join(err, wrote))
	}
	d.floor.o.Log.Info("order carried out", "device", d.cfg.Name, "command", name, "batch", f.Batch)
	return nil
}

// await polls until the device shows what is wanted or ctx ends; a poll that goes wrong is only tried again.
func (d *device) await(ctx context.Context, shows func(profile.Samples) bool) (profile.Samples, error) {
	tick := time.NewTicker(min(d.floor.o.Poll, 100*time.Millisecond))
	defer tick.Stop()
	var last error
	for {
		s, err := d.read(ctx)
		if err == nil && shows(s) {
			return s, nil
		}
		if err != nil && ctx.Err() == nil {
			last = err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil, errors.Join(context.Cause(ctx), last)
		}
	}
}
