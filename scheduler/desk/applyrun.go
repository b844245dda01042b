package desk

import (
	"slices"

	"beamslot/scheduler"
)

// reach puts the batch at a stage.
func (c *Course) reach(b scheduler.BatchID, s scheduler.Stage) Touched {
	c.run(b).Stage = s
	return Touched{Batches: []scheduler.BatchID{b}}
}

func (c *Course) begin(x scheduler.Begin) Touched {
	c.run(x.Batch).Begun = true
	return c.reach(x.Batch, x.Stage)
}

// measure replaces what was hoped for the batch by what a calibrator said.
func (c *Course) measure(x scheduler.Measure) Touched {
	r := c.run(x.Batch)
	a := x.Assay
	r.Stage, r.Measured = scheduler.InQC, &a
	return Touched{Plan: true, Batches: []scheduler.BatchID{x.Batch}}
}

// fail loses the batch; whoever waited for it stands in the entry.
func (c *Course) fail(x scheduler.Fail) Touched {
	r := c.run(x.Batch)
	r.Stage, r.Reason = scheduler.Lost, x.Reason
	return Touched{Plan: true, Batches: []scheduler.BatchID{x.Batch}}
}

// sendOff puts the vial on the road; one that leaves later than the plan's grid can tell arrives late, by road.
func (c *Course) sendOff(x scheduler.Dispatch, e scheduler.Entry) Touched {
	c.vials[x.Vial] = vialDispatched
	t := Touched{Vials: []scheduler.VialID{x.Vial}}
	for i := range c.Plan.Vials {
		v := &c.Plan.Vials[i]
		if v.ID != x.Vial {
			continue
		}
		c.topUp(v)
		t.Plan = true
		now := c.Now(e.At)
		if now >= v.Depart+c.Question.TimeStep && c.link(v.Link).Travel != nil {
			v.Depart = c.onGrid(now)
		}
	}
	return t
}

// inject writes down what was given. The vial has that much less, whatever was prescribed.
func (c *Course) inject(x scheduler.Inject) Touched {
	a, _ := c.appointment(x.Request)
	r, _ := c.request(x.Request)
	c.drawnFrom(x)
	c.visits[x.Request] = &visit{Stage: visitInjected, Prescribed: r.Dose, Administered: x.Administered}
	t := Touched{Requests: []scheduler.RequestID{x.Request}, Vials: []scheduler.VialID{x.Vial}}
	given, err := x.Administered.At(a.Injection.On(c.Midnight))
	if err != nil {
		return t
	}
	for i := range c.Question.Requests {
		if q := &c.Question.Requests[i]; q.ID == x.Request && given.Activity.MBq() > q.Dose {
			q.Dose, t.Plan = given.Activity.MBq(), true
		}
	}
	return t
}

// drawnFrom notes the vial that was used, should it be another than the planned one.
func (c *Course) drawnFrom(x scheduler.Inject) {
	for i := range c.Plan.Appointments {
		if a := &c.Plan.Appointments[i]; a.Request == x.Request {
			a.Vial = x.Vial
		}
	}
}

func (c *Course) visitReaches(r scheduler.RequestID, stage string) Touched {
	if v, ok := c.visits[r]; ok {
		v.Stage = stage
	}
	return Touched{Requests: []scheduler.RequestID{r}}
}

// takeOut removes the request's appointment; its vial keeps what was meant for it.
func (c *Course) takeOut(r scheduler.RequestID) Touched {
	var t Touched
	c.Plan.Appointments = slices.DeleteFunc(c.Plan.Appointments, func(a scheduler.Appointment) bool {
		if a.Request != r {
			return false
		}
		t = Touched{Plan: true, Requests: []scheduler.RequestID{r}, Vials: []scheduler.VialID{a.Vial}}
		return true
	})
	return t
}

// drop takes the appointments away that an event cost, and remembers why.
func (c *Course) drop(lost []scheduler.Unserved) Touched {
	var t Touched
	for _, u := range lost {
		t.merge(c.takeOut(u.Request))
		c.unserved[u.Request] = u
	}
	return t
}
