package desk

import (
	"fmt"
	"slices"

	"beamslot/scheduler"
)

// apply folds an entry into the day. What it decides was decided before and stands in the entry.
func (c *Course) apply(e scheduler.Entry) (Touched, error) {
	t, err := c.fold(e)
	if err != nil {
		return t, err
	}
	c.Last = e.Seq
	if len(e.Event.Lost) > 0 {
		t.merge(c.drop(e.Event.Lost))
	}
	if x, ok := e.Event.Command.(scheduler.Inject); ok {
		c.settle(x)
	}
	if t.Plan {
		t.merge(c.fit())
	}
	if t.Plan || t.Question {
		c.Changed = e.Seq
		c.weigh()
	}
	return t, nil
}

func (c *Course) fold(e scheduler.Entry) (Touched, error) {
	switch x := e.Event.Command.(type) {
	case scheduler.Book:
		return c.book(x, c.zones)
	case scheduler.Cancel:
		return c.cancel(x), nil
	case scheduler.Move:
		return c.move(x), nil
	case scheduler.Adopt:
		return c.adopt(x), nil
	case scheduler.Arm:
		return c.reach(x.Batch, scheduler.Armed), nil
	case scheduler.Begin:
		return c.begin(x), nil
	case scheduler.Measure:
		return c.measure(x), nil
	case scheduler.Release:
		return c.reach(x.Batch, scheduler.Released), nil
	case scheduler.Fail:
		return c.fail(x), nil
	case scheduler.Dispatch:
		return c.sendOff(x, e), nil
	case scheduler.Receive:
		c.vials[x.Vial] = vialReceived
		return Touched{Vials: []scheduler.VialID{x.Vial}}, nil
	case scheduler.Inject:
		return c.inject(x), nil
	case scheduler.StartScan:
		return c.visitReaches(x.Request, visitScanning), nil
	case scheduler.FinishScan:
		return c.visitReaches(x.Request, visitScanned), nil
	}
	return Touched{}, fmt.Errorf("command %T is not one that a day knows", e.Event.Command)
}

// book adds the request, its wall times turned into the day's minutes.
func (c *Course) book(b scheduler.Book, z zones) (Touched, error) {
	r, err := requestOf(b, z, c.Question.TimeStep)
	if err != nil {
		return Touched{}, err
	}
	c.Question.Requests = append(c.Question.Requests, r)
	c.unserved[r.ID] = waiting(r.ID)
	return Touched{Question: true, Requests: []scheduler.RequestID{r.ID}}, nil
}

// refuseLate keeps a wish that turned out to be impossible in sight instead of losing it.
func (c *Course) refuseLate(b scheduler.Book, err error) {
	r := b.Request
	for _, taken := c.request(r.ID); taken; _, taken = c.request(r.ID) {
		r.ID += "~" // its reference is somebody else's today
	}
	c.Question.Requests = append(c.Question.Requests, r)
	c.cancelled[r.ID] = err.Error()
}

func (c *Course) cancel(x scheduler.Cancel) Touched {
	c.cancelled[x.Request] = x.Reason
	delete(c.unserved, x.Request)
	t := c.takeOut(x.Request)
	t.Question, t.Requests = true, []scheduler.RequestID{x.Request}
	return t
}

// move narrows the request to the slot it was moved to, so that every later plan leaves it there.
func (c *Course) move(x scheduler.Move) Touched {
	t := c.takeOut(x.Appointment.Request)
	a := x.Appointment
	c.Plan.Appointments = append(c.Plan.Appointments, a)
	c.former = replaceFormer(c.former, a)
	for i := range c.Question.Requests {
		r := &c.Question.Requests[i]
		if r.ID != a.Request {
			continue
		}
		r.Window = scheduler.Span{a.Injection, a.Injection}
		r.Due = max(r.Due, a.Injection)
		r.Uptake = scheduler.Span{a.ScanStart - a.Injection, a.ScanStart - a.Injection}
		r.Scanners = []scheduler.ScannerID{a.Scanner}
	}
	delete(c.unserved, a.Request)
	t.merge(Touched{Question: true, Plan: true, Requests: []scheduler.RequestID{a.Request}, Vials: []scheduler.VialID{a.Vial}})
	return t
}

func replaceFormer(former []scheduler.Appointment, a scheduler.Appointment) []scheduler.Appointment {
	kept := slices.DeleteFunc(slices.Clone(former), func(f scheduler.Appointment) bool { return f.Request == a.Request })
	return append(kept, a)
}

// adopt makes the plan the day's, and says what differs from the one before.
func (c *Course) adopt(x scheduler.Adopt) Touched {
	before, reasons := c.Plan, c.unserved
	c.Plan = clonePlan(x.Plan)
	c.former = slices.Clone(x.Plan.Appointments)
	c.unserved = c.unservedBy(x)
	return c.difference(before, reasons)
}

func (c *Course) unservedBy(x scheduler.Adopt) map[scheduler.RequestID]scheduler.Unserved {
	open := map[scheduler.RequestID]scheduler.Unserved{}
	for _, r := range c.standing() {
		open[r.ID] = waiting(r.ID)
	}
	for _, a := range x.Plan.Appointments {
		delete(open, a.Request)
	}
	for _, u := range x.Unserved {
		if _, ok := open[u.Request]; ok {
			open[u.Request] = u
		}
	}
	return open
}

// difference names the batches and vials of both plans, and the requests whose answer is another.
func (c *Course) difference(before scheduler.Plan, reasons map[scheduler.RequestID]scheduler.Unserved) Touched {
	t := Touched{Plan: true}
	for _, p := range []scheduler.Plan{before, c.Plan} {
		for _, b := range p.Batches {
			t.Batches = append(t.Batches, b.ID)
		}
		for _, v := range p.Vials {
			t.Vials = append(t.Vials, v.ID)
		}
	}
	then, now := promises(before), promises(c.Plan)
	for _, r := range c.Question.Requests {
		if then[r.ID] != now[r.ID] || reasons[r.ID] != c.unserved[r.ID] {
			t.Requests = append(t.Requests, r.ID)
		}
	}
	return t
}

func promises(p scheduler.Plan) map[scheduler.RequestID]scheduler.Appointment {
	m := make(map[scheduler.RequestID]scheduler.Appointment, len(p.Appointments))
	for _, a := range p.Appointments {
		m[a.Request] = a
	}
	return m
}
