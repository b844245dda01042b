package desk

import (
	"slices"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
)

// fit makes the planned vials lawful again after a loss or a low reading: each keeps what its patients need, and
// the rest is shared in proportion. Vials that nobody waits for are not filled; a lost batch fills none.
func (c *Course) fit() Touched {
	t := c.forget()
	for _, r := range c.laid().Runs {
		if c.stage(r.ID) == scheduler.InQC && r.Promised() > r.Usable()*(1+tolerance) {
			t.merge(c.refill(r))
		}
	}
	return t
}

// forget takes out of the plan what a lost batch will not give: its unfilled vials, and itself if it never began.
func (c *Course) forget() Touched {
	var t Touched
	lost := func(b scheduler.BatchID) bool { return c.stage(b) == scheduler.Lost }
	c.Plan.Vials = slices.DeleteFunc(c.Plan.Vials, func(v scheduler.Vial) bool {
		gone := lost(v.Batch) && c.vialStage(v.ID) == vialPlanned
		if gone {
			t.Vials, t.Plan = append(t.Vials, v.ID), true
		}
		return gone
	})
	c.Plan.Batches = slices.DeleteFunc(c.Plan.Batches, func(b scheduler.Batch) bool {
		gone := lost(b.ID) && !c.run(b.ID).Begun
		if gone {
			t.Batches, t.Plan = append(t.Batches, b.ID), true
		}
		return gone
	})
	return t
}

// refill gives the batch's vials what their patients need, and what is over in proportion.
func (c *Course) refill(r *rules.Run) Touched {
	t := Touched{Plan: true}
	need := 0.0
	wanted := map[scheduler.VialID]float64{}
	for _, l := range r.Loads {
		if len(l.Visits) > 0 {
			wanted[l.ID] = l.Needed()
			need += l.Needed()
		}
	}
	scale := max(1, r.Usable()/max(need, tolerance))
	c.Plan.Vials = slices.DeleteFunc(c.Plan.Vials, func(v scheduler.Vial) bool { return v.Batch == r.ID && wanted[v.ID] == 0 })
	for i := range c.Plan.Vials {
		if v := &c.Plan.Vials[i]; v.Batch == r.ID {
			v.Activity, v.At = scale*wanted[v.ID], r.EOS()
		}
	}
	for _, l := range r.Loads {
		t.Vials = append(t.Vials, l.ID)
	}
	return t
}

// spare is the share of what its patients need that a vial is given more when it leaves, if the batch has it: an injection
// some minutes late must not cost the last patient.
const spare = 0.1

// topUp puts what the batch has over into a vial that leaves.
func (c *Course) topUp(v *scheduler.Vial) {
	for _, l := range c.laid().Loads {
		if held := l.Held(); l.ID == v.ID && held > 0 {
			over := min(l.Run.Usable()-l.Run.Promised(), spare*l.Needed())
			v.Activity *= 1 + max(0, over)/held
		}
	}
}

// settle books an injection that took more than was planned for it: when nobody else waits for the vial, the rest
// came out of what was to stay behind in it, and is not counted against it.
func (c *Course) settle(x scheduler.Inject) {
	for _, v := range c.laid().Visits {
		if v.Request.ID != x.Request {
			continue
		}
		excess := v.Load.Needed() - v.Load.Held()
		for i := range c.Question.Requests {
			if q := &c.Question.Requests[i]; q.ID == x.Request && excess > 0 && v.Takes() > 0 {
				q.Dose *= max(tolerance, 1-excess/v.Takes())
			}
		}
	}
}
