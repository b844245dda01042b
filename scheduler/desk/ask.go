package desk

import (
	"time"

	"beamslot/scheduler"
)

// grace is how long after its planned minute a departure or an injection still counts as on its way.
const grace scheduler.Minute = 15

// Ask is the day's question as it stands: what began or was signed for is frozen at now, what was lost supplies
// nothing, what was measured replaces what was hoped, and every move from the present promises costs.
func (c *Course) Ask(now scheduler.Minute) scheduler.Day {
	q := c.Question
	q.Format = scheduler.DayFormat2
	q.Requests = c.standing()
	f := scheduler.Frozen{
		Now: c.onGrid(now), Reference: append([]scheduler.Appointment{}, c.former...), LostBatches: []scheduler.BatchID{},
		Batches: []scheduler.Batch{}, Vials: []scheduler.Vial{}, Appointments: []scheduler.Appointment{}, DownScanners: []scheduler.Down{},
	}
	kept := map[scheduler.BatchID]bool{}
	for _, b := range c.Plan.Batches {
		if c.fixedBatch(b) {
			f.Batches, kept[b.ID] = append(f.Batches, b), true
		}
	}
	carried := map[scheduler.VialID]bool{}
	for _, v := range c.Plan.Vials {
		if kept[v.Batch] && c.fixedVial(v, now) {
			f.Vials, carried[v.ID] = append(f.Vials, v), true
		}
	}
	for _, a := range c.Plan.Appointments {
		if carried[a.Vial] && c.fixedVisit(a, now) {
			f.Appointments = append(f.Appointments, a)
		}
	}
	f.LostBatches, f.Measured = c.lostAndMeasured(f.Batches)
	q.Frozen = &f
	return q
}

// standing are the requests that nobody took back.
func (c *Course) standing() []scheduler.Request {
	rs := []scheduler.Request{}
	for _, r := range c.Question.Requests {
		if _, gone := c.cancelled[r.ID]; !gone {
			rs = append(rs, r)
		}
	}
	return rs
}

// onGrid rounds a minute up to the day's step.
func (c *Course) onGrid(m scheduler.Minute) scheduler.Minute {
	step := max(c.Question.TimeStep, 1)
	up := (m + step - 1) / step * step
	return min(max(up, c.Question.Horizon[0]), c.Question.Horizon[1])
}

// fixedBatch: a person has signed for its beam, or it began.
func (c *Course) fixedBatch(b scheduler.Batch) bool {
	return c.stage(b.ID) != scheduler.Planned
}

// fixedVial: it is on the road, or is being carried out just now.
func (c *Course) fixedVial(v scheduler.Vial, now scheduler.Minute) bool {
	switch {
	case c.vialStage(v.ID) != vialPlanned:
		return true
	case c.stage(v.Batch) != scheduler.Released:
		return false
	}
	return v.Depart <= now && now < v.Depart+grace
}

// fixedVisit: injected, or the patient is in the uptake room and the vial has come.
func (c *Course) fixedVisit(a scheduler.Appointment, now scheduler.Minute) bool {
	if c.visitStage(a.Request) != visitPromised {
		return true
	}
	prep := c.centreOf(a.Scanner).Prep
	return c.vialStage(a.Vial) == vialReceived && a.Injection-prep <= now && now < a.Injection+grace
}

func (c *Course) lostAndMeasured(batches []scheduler.Batch) ([]scheduler.BatchID, []scheduler.MeasuredEOS) {
	lost := []scheduler.BatchID{}
	var measured []scheduler.MeasuredEOS
	for _, b := range batches {
		r := c.run(b.ID)
		if r.Stage == scheduler.Lost {
			lost = append(lost, b.ID)
		} else if r.Measured != nil {
			measured = append(measured, c.atEOS(b, *r.Measured))
		}
	}
	return lost, measured
}

// Now is the day's minute at t.
func (c *Course) Now(t time.Time) scheduler.Minute { return scheduler.MinuteOf(c.Midnight, t) }
