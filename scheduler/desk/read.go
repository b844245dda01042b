package desk

import (
	"context"
	"maps"
	"slices"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
)

// View is a day as a board shows it, and the last entry in it.
func (d *Desk) View(date scheduler.Date) (View, scheduler.Seq, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	c, err := d.course(date)
	if err != nil {
		return View{}, d.known.Seq, err
	}
	return c.view(), d.known.Seq, nil
}

// Plan is the day's running plan.
func (d *Desk) Plan(date scheduler.Date) (scheduler.Plan, scheduler.Seq, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	c, err := d.course(date)
	if err != nil {
		return scheduler.Plan{}, d.known.Seq, err
	}
	return clonePlan(c.Plan), d.known.Seq, nil
}

// Day is the day's question as it stands now, with what began frozen.
func (d *Desk) Day(date scheduler.Date) (scheduler.Day, scheduler.Seq, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	c, err := d.course(date)
	if err != nil {
		return scheduler.Day{}, d.known.Seq, err
	}
	return c.Ask(c.Now(d.o.Now())), d.known.Seq, nil
}

// Days lists the days that are open, in order.
func (d *Desk) Days() []scheduler.Date {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return slices.Sorted(maps.Keys(d.known.days))
}

// Read gives at most limit entries after the one numbered after.
func (d *Desk) Read(ctx context.Context, after scheduler.Seq, limit int) ([]scheduler.Entry, error) {
	return d.journal.Read(ctx, after, limit)
}

// Seq is the last entry that is known.
func (d *Desk) Seq() scheduler.Seq {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.known.Seq
}

// With lets f look at a day's course; f must neither keep nor change it.
func (d *Desk) With(date scheduler.Date, f func(*Course)) error {
	d.mu.RLock()
	defer d.mu.RUnlock()
	c, err := d.course(date)
	if err != nil {
		return err
	}
	f(c)
	return nil
}

// Laws checks every open day's plan against every law, whatever the clock says; none broken is the rule.
func (d *Desk) Laws() []rules.Breach {
	d.mu.RLock()
	defer d.mu.RUnlock()
	var broken []rules.Breach
	for _, date := range slices.Sorted(maps.Keys(d.known.days)) {
		c := d.known.days[date]
		broken = append(broken, rules.Check(c.Ask(c.Question.Horizon[0]), c.Plan).Breaches...)
	}
	return broken
}

func (d *Desk) course(date scheduler.Date) (*Course, error) {
	c, ok := d.known.Course(date)
	if !ok {
		return nil, refuse(Unknown, "day", "day %s is not open", date)
	}
	return c, nil
}
