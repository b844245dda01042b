package desk

import (
	"fmt"
	"time"

	"beamslot/decay"
	"beamslot/scheduler"
)

func (c *Course) judgeDispatch(x scheduler.Dispatch, at time.Time) *Refusal {
	v, ok := c.vial(x.Vial)
	if !ok {
		return refuse(Unknown, "vial", "cannot dispatch %s: the plan for %s has no such vial", x.Vial, c.Date)
	}
	if s := c.vialStage(x.Vial); s != vialPlanned {
		return refuse(Unlawful, "dispatched-once", "vial %s is %s already", x.Vial, s)
	}
	if s := c.stage(v.Batch); s != scheduler.Released {
		return refuse(Unlawful, "released-before-dispatch", "vial %s cannot leave: %s is %s, and must be released", x.Vial, v.Batch, s)
	}
	now := c.Now(at)
	if l := c.link(v.Link); l.Travel == nil && now > v.Depart {
		return refuse(Unlawful, "departure-missed", "vial %s cannot leave: its departure on %s was %d min ago; the next plan finds another", x.Vial, v.Link, now-v.Depart)
	}
	return nil
}

func (c *Course) judgeReceive(x scheduler.Receive) *Refusal {
	if _, ok := c.vial(x.Vial); !ok {
		return refuse(Unknown, "vial", "cannot receive %s: the plan for %s has no such vial", x.Vial, c.Date)
	}
	if s := c.vialStage(x.Vial); s != vialDispatched {
		return refuse(Unlawful, "dispatched-before-receipt", "vial %s cannot be received: it is %s", x.Vial, s)
	}
	return nil
}

func (c *Course) judgeInject(x scheduler.Inject, at time.Time) *Refusal {
	if no := c.standingRequest(x.Request); no != nil {
		return no
	}
	a, ok := c.appointment(x.Request)
	if !ok {
		return refuse(Unlawful, "appointment", "request %s has no appointment today", x.Request)
	}
	if s := c.visitStage(x.Request); s != visitPromised {
		return refuse(Unlawful, "injected-once", "patient %s is %s already", x.Request, s)
	}
	v, ok := c.vial(x.Vial)
	if !ok {
		return refuse(Unknown, "vial", "cannot inject from %s: the plan for %s has no such vial", x.Vial, c.Date)
	}
	if no := c.judgeVialFor(x, a, v); no != nil {
		return no
	}
	if no := c.judgeDose(x, v, at); no != nil || x.Vial == a.Vial {
		return no
	}
	return c.judgeOtherVial(x)
}

// judgeOtherVial: a vial that the plan did not mean for this patient must do for the appointment as it stands.
func (c *Course) judgeOtherVial(x scheduler.Inject) *Refusal {
	trial := c.clone()
	trial.inject(x)
	trial.drop(trial.short())
	trial.settle(x)
	return lawful(trial.Ask(trial.Question.Horizon[0]), trial.Plan, fmt.Sprintf("injecting %s from %s", x.Request, x.Vial))
}

// judgeVialFor: the vial is here, of the right tracer, released and not expired.
func (c *Course) judgeVialFor(x scheduler.Inject, a scheduler.Appointment, v scheduler.Vial) *Refusal {
	b, _ := c.batch(v.Batch)
	r, _ := c.request(x.Request)
	if b.Tracer != r.Tracer {
		return refuse(Unlawful, "right-tracer", "vial %s holds %s, patient %s is to have %s", v.ID, b.Tracer, x.Request, r.Tracer)
	}
	if s := c.stage(v.Batch); s != scheduler.Released {
		return refuse(Unlawful, "released-before-injection", "vial %s must not be injected: %s is %s", v.ID, v.Batch, s)
	}
	if s := c.vialStage(v.ID); s != vialReceived {
		return refuse(Unlawful, "received-before-injection", "vial %s is %s; receive it first", v.ID, s)
	}
	if here, there := c.centreOf(a.Scanner).ID, c.link(v.Link).Centre; here != there {
		return refuse(Unlawful, "vial-at-centre", "vial %s is at %s, patient %s at %s", v.ID, there, x.Request, here)
	}
	return nil
}

// judgeDose: the right nuclide, now, before expiry, and no more than the vial holds.
func (c *Course) judgeDose(x scheduler.Inject, v scheduler.Vial, at time.Time) *Refusal {
	b, _ := c.batch(v.Batch)
	given := x.Administered
	want, err := decay.Lookup(c.nuclideOf(b.Tracer))
	if err != nil {
		return refuse(Malformed, "nuclide", "%v", err)
	}
	if got, err := decay.Lookup(string(given.Nuclide)); err != nil || got.Nuclide != want.Nuclide {
		return refuse(Unlawful, "right-nuclide", "%s was said to be given to %s, vial %s holds %s", given.Nuclide, x.Request, v.ID, want.Nuclide)
	}
	if off := at.Sub(given.Reference); off > 2*clockTolerance || off < -aheadTolerance {
		return refuse(Unlawful, "clock", "the administered activity of %s refers to %s, %s from the desk's clock: give it at the time of injection",
			x.Request, given.Reference.UTC().Format(time.RFC3339), off.Round(time.Second))
	}
	expiry := (c.eos(b) + c.tracer(b.Tracer).ShelfLife).On(c.Midnight)
	if given.Reference.After(expiry) {
		return refuse(Unlawful, "shelf-life", "vial %s expired at %s UTC; it must not be injected", v.ID, expiry.Format("15:04"))
	}
	if a := given.Activity.MBq(); !(a > 0) {
		return refuse(Malformed, "activity", "the administered activity of %s is %g MBq, and must be above 0", x.Request, a)
	}
	if holds := c.holds(v, given.Reference); given.Activity > holds*(1+tolerance) {
		return refuse(Unlawful, "vial-holds", "%.1f MBq cannot have come from vial %s: it held %.1f MBq then", given.Activity.MBq(), v.ID, holds.MBq())
	}
	return nil
}

// holds is what the vial holds at t after what was drawn from it, in becquerel.
func (c *Course) holds(v scheduler.Vial, t time.Time) decay.Activity {
	b, _ := c.batch(v.Batch)
	half := c.tracer(b.Tracer).HalfLife
	left := v.Activity * decay.Factor(half, t.Sub(v.At.On(c.Midnight)).Minutes())
	for _, a := range c.Plan.Appointments {
		if done, ok := c.visits[a.Request]; ok && a.Vial == v.ID {
			left -= done.Administered.Activity.MBq() * decay.Factor(half, t.Sub(done.Administered.Reference).Minutes())
		}
	}
	return decay.MBq(left)
}

func (c *Course) judgeScan(r scheduler.RequestID, stage, says string) *Refusal {
	if no := c.standingRequest(r); no != nil {
		return no
	}
	if s := c.visitStage(r); s != stage {
		return refuse(Unlawful, "scan-in-order", "patient %s must be %s, and is %s", r, says, s)
	}
	return nil
}
