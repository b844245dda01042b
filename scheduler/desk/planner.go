package desk

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"time"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
	"beamslot/scheduler/solve"
)

// planner is who the desk is when it adopts its own plans.
var planner = scheduler.Actor{Name: "planner", Role: scheduler.Planner}

// wantsPlan reports whether an event may have left the running plan behind.
func wantsPlan(c scheduler.Command) bool {
	switch c.(type) {
	case scheduler.Open, scheduler.Book, scheduler.Cancel, scheduler.Move, scheduler.Measure, scheduler.Fail, scheduler.Dispatch:
		return true
	}
	return false
}

// Plans runs rounds of planning until ctx ends: one after each nudge, for every day whose plan has been overtaken.
func (d *Desk) Plans(ctx context.Context) {
	seen := map[scheduler.Date]scheduler.Seq{}
	for {
		select {
		case <-ctx.Done():
			return
		case <-d.stopped:
			return
		case <-d.nudges:
		}
		for _, date := range d.Days() {
			if err := d.replan(ctx, date, seen); err != nil && ctx.Err() == nil {
				d.o.Log.Warn("a round of planning came to nothing", "day", date, "error", err)
			}
		}
	}
}

// Nudge asks for a round of planning, when the clock has overtaken the plan.
func (d *Desk) Nudge(date scheduler.Date) {
	d.mu.Lock()
	d.overtaken[date] = true
	d.mu.Unlock()
	d.nudge()
}

// replan plans a day again if anything happened since the last round, and adopts what is better.
func (d *Desk) replan(ctx context.Context, date scheduler.Date, seen map[scheduler.Date]scheduler.Seq) error {
	q, ok := d.question(date, seen[date])
	if !ok {
		return nil
	}
	seen[date] = q.basis
	budget := d.o.Budget
	if budget <= 0 {
		budget = 2 * time.Second
	}
	solving, cancel := context.WithTimeout(ctx, budget)
	defer cancel()
	found, err := solve.Plan(solving, q.day, solve.Options{Seed: d.o.Seed, Warm: &q.plan, Used: q.used, UsedVials: q.usedVials})
	if err != nil {
		return fmt.Errorf("planning %s: %w", date, err)
	}
	if !q.improvedBy(found.Plan) {
		return nil
	}
	return d.adopt(ctx, q, found.Plan)
}

func (d *Desk) adopt(ctx context.Context, q question, p scheduler.Plan) error {
	p.Format, p.Instance = scheduler.PlanFormat2, q.day.Name
	id := scheduler.CommandID(fmt.Sprintf("plan/%s/%d/%d", q.date, q.basis, d.o.Now().UnixNano()))
	_, err := d.Do(ctx, Act{ID: id, By: planner, Command: scheduler.Adopt{
		About: scheduler.About{Date: q.date}, Plan: p, Basis: q.basis, Unserved: solve.Why(q.day, p),
	}})
	var no *Refusal
	if errors.As(err, &no) && no.Why == Stale {
		d.Nudge(q.date)
		return nil
	}
	return err
}

// question is what one round of planning works on.
type question struct {
	date      scheduler.Date
	basis     scheduler.Seq
	day       scheduler.Day
	plan      scheduler.Plan
	used      map[scheduler.BatchID]bool
	usedVials map[scheduler.VialID]bool
}

// question takes the day as it is, unless nothing has changed since the round that saw entry seen.
func (d *Desk) question(date scheduler.Date, seen scheduler.Seq) (question, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, ok := d.known.Course(date)
	if !ok || (seen >= c.Changed && !d.overtaken[date]) {
		return question{}, false
	}
	delete(d.overtaken, date)
	q := question{
		date: date, basis: d.known.Seq, day: c.Ask(c.Now(d.o.Now().Add(d.lead()))), plan: clonePlan(c.Plan),
		used: map[scheduler.BatchID]bool{}, usedVials: map[scheduler.VialID]bool{},
	}
	for b := range c.runs {
		q.used[b] = true
	}
	for v := range c.vials {
		q.usedVials[v] = true
	}
	return q, true
}

func (d *Desk) lead() time.Duration {
	if d.o.Lead > 0 {
		return d.o.Lead
	}
	return 5 * time.Minute
}

// improvedBy reports whether the plan is better than the running one by more than a move costs: in J each patient who
// moves is paid for, and people who read a new plan are too. A running plan that the clock has overtaken gives way.
func (q question) improvedBy(p scheduler.Plan) bool {
	if samePlan(q.plan, p) {
		return false
	}
	running := rules.Check(q.day, q.plan)
	return !running.Lawful() || rules.Check(q.day, p).J > running.J+q.day.Objective.Move
}

func samePlan(a, b scheduler.Plan) bool {
	return reflect.DeepEqual(a.Batches, b.Batches) && reflect.DeepEqual(a.Vials, b.Vials) && reflect.DeepEqual(a.Appointments, b.Appointments)
}
