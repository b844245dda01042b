package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
)

// machines is who acts when orders are carried and readings come in.
var machines = scheduler.Actor{Name: "floor", Role: scheduler.FloorRole}

// floor is what the conductor needs of the machines.
type floor interface {
	Carry(ctx context.Context, o scheduler.Order) error
	Readings() <-chan scheduler.Reading
}

// charts is who wants to see what is never journalled.
type charts interface{ Trace(scheduler.Reading) }

// conductor ties the desk to the floor: what is due goes out, what the machines say comes back as commands.
type conductor struct {
	desk   *desk.Desk
	floor  floor
	charts charts
	clock  clock
	beat   time.Duration // wall time between looks at the clock
	log    *slog.Logger

	mu   sync.Mutex
	said map[string]bool // complaints that were made already
}

// out carries what is due to the floor until ctx ends.
func (c *conductor) out(ctx context.Context) {
	for ctx.Err() == nil {
		for _, date := range c.desk.Days() {
			c.carryDue(ctx, date)
		}
		sleep(ctx, c.beat)
	}
}

func (c *conductor) carryDue(ctx context.Context, date scheduler.Date) {
	var orders []scheduler.Order
	var missed []scheduler.BatchID
	err := c.desk.With(date, func(course *desk.Course) {
		now := c.clock.Now()
		orders, missed = course.Due(now), course.Missed(now)
	})
	if err != nil {
		return
	}
	var carried sync.WaitGroup // a machine that does not answer keeps no other waiting
	for _, o := range orders {
		carried.Go(func() { c.carry(ctx, o) })
	}
	carried.Wait()
	for _, b := range missed {
		c.do(ctx, fmt.Sprintf("floor/%s/%s/missed", date, b), scheduler.Fail{About: scheduler.About{Date: date}, Batch: b, Reason: "it was armed and did not begin in time"})
	}
}

// carry sends one order out. A refused order stays due and is tried again at the next beat; it is logged once.
func (c *conductor) carry(ctx context.Context, o scheduler.Order) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if err := c.floor.Carry(ctx, o); err != nil && ctx.Err() == nil {
		c.complain(fmt.Sprintf("%s/%s/%s", o.Date, o.Batch, o.Verb), err)
	}
}

func (c *conductor) complain(about string, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if key := about + err.Error(); !c.said[key] {
		c.said[key] = true
		c.log.Warn("an order could not be carried out", "order", about, "error", err)
	}
}

// in turns what the machines say into commands until the floor ends.
func (c *conductor) in(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case r, ok := <-c.floor.Readings():
			if !ok {
				return
			}
			c.hear(ctx, r)
		}
	}
}

func (c *conductor) hear(ctx context.Context, r scheduler.Reading) {
	about := scheduler.About{Date: r.Date}
	id := fmt.Sprintf("floor/%s/%s/%s", r.Date, r.Batch, r.Sign)
	switch r.Sign {
	case scheduler.BeamOn:
		c.do(ctx, id, scheduler.Begin{About: about, Batch: r.Batch, Stage: scheduler.Beam})
	case scheduler.SynthesisStarted:
		c.do(ctx, id, scheduler.Begin{About: about, Batch: r.Batch, Stage: scheduler.Synthesizing})
	case scheduler.Assayed:
		c.do(ctx, id, scheduler.Measure{About: about, Batch: r.Batch, Assay: *r.Assay, Device: r.Device})
	case scheduler.RunFailed:
		c.do(ctx, id, scheduler.Fail{About: about, Batch: r.Batch, Reason: r.Says})
	case scheduler.Fault:
		c.log.Warn("a machine reports a fault", "device", r.Device, "batch", r.Batch, "says", r.Says)
	case scheduler.Trace:
		c.charts.Trace(r)
	}
}

// do brings a command of the machines to the desk. A refusal is what happens when a machine repeats itself after a
// restart. What could not be written down (a full disk) is tried until it can: a machine says it once.
func (c *conductor) do(ctx context.Context, id string, cmd scheduler.Command) {
	for {
		_, err := c.desk.Do(ctx, desk.Act{ID: scheduler.CommandID(id), By: machines, Command: cmd})
		no, refused := desk.IsRefusal(err)
		switch {
		case refused:
			c.log.Info("the desk refused the floor", "command", cmd.Kind(), "id", id, "law", no.Law, "says", no.Says)
			return
		case err == nil, ctx.Err() != nil, errors.Is(err, desk.ErrClosed):
			return
		}
		c.log.Error("the floor's word was not written down, and is tried again", "command", cmd.Kind(), "id", id, "error", err)
		sleep(ctx, time.Second)
	}
}
