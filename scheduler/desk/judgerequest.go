package desk

import (
	"fmt"
	"time"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
)

// requestOf is the booked request with its wall times as minutes on the day's grid, inside what was wished.
func requestOf(b scheduler.Book, z zones, step scheduler.Minute) (scheduler.Request, error) {
	window, due, err := z.span(b.Date, b.Wall)
	if err != nil {
		return b.Request, err
	}
	r := b.Request
	step = max(step, 1)
	r.Window = scheduler.Span{(window[0] + step - 1) / step * step, window[1] / step * step}
	r.Due = due
	if r.Window[1] < r.Window[0] {
		return r, fmt.Errorf("request %s: no minute of the plan's grid lies between %s and %s", r.ID, b.Wall.From, b.Wall.To)
	}
	return r, nil
}

func (c *Course) judgeBook(b scheduler.Book, z zones) *Refusal {
	if _, known := c.request(b.Request.ID); known {
		return refuse(Unlawful, "request-booked-once", "request %s stands in day %s already; move it, or book under another reference", b.Request.ID, c.Date)
	}
	r, err := requestOf(b, z, c.Question.TimeStep)
	if err != nil {
		return refuse(Malformed, "request", "%v", err)
	}
	if err := c.Question.CheckRequest(r); err != nil {
		return refuse(Malformed, "request", "request %s: %v", r.ID, err)
	}
	return nil
}

func (c *Course) judgeCancel(x scheduler.Cancel) *Refusal {
	if no := c.standingRequest(x.Request); no != nil {
		return no
	}
	if s := c.visitStage(x.Request); s != visitPromised {
		return refuse(Unlawful, "not-after-injection", "request %s cannot be cancelled: the patient is %s", x.Request, s)
	}
	return nil
}

func (c *Course) standingRequest(id scheduler.RequestID) *Refusal {
	if _, ok := c.request(id); !ok {
		return refuse(Unknown, "request", "request %s does not stand in day %s", id, c.Date)
	}
	if why, gone := c.cancelled[id]; gone {
		return refuse(Unlawful, "not-cancelled", "request %s was cancelled (%s); book it anew under another reference", id, why)
	}
	return nil
}

func (c *Course) judgeMove(x scheduler.Move, at time.Time) *Refusal {
	if no := c.judgeCancel(scheduler.Cancel{About: x.About, Request: x.Appointment.Request}); no != nil {
		no.Says = fmt.Sprintf("request %s cannot be moved: %s", x.Appointment.Request, no.Says)
		return no
	}
	trial := c.clone()
	trial.move(x)
	return lawful(trial.Ask(0), trial.Plan, "the move of "+string(x.Appointment.Request))
}

func (c *Course) judgeAdopt(x scheduler.Adopt, at time.Time) *Refusal {
	if samePlan(c.Plan, x.Plan) {
		return refuse(Stale, "plan-differs", "the plan for %s is the one that is running", c.Date)
	}
	no := c.judgeNames(x.Plan)
	if no == nil {
		no = lawful(c.Ask(c.Now(at)), x.Plan, "the plan for "+string(c.Date))
	}
	if no != nil && no.Why != Malformed && x.Basis < c.Last {
		no.Why = Stale
		no.Says = fmt.Sprintf("events overtook the plan for %s (it saw entry %d, the day is at entry %d): %s", c.Date, x.Basis, c.Last, no.Says)
	}
	return no
}

// mostRuns is how many batches, and ten times as many vials, a day's plan may hold: far more than any region makes.
const mostRuns = 500

// judgeNames: the plan is of a size that a day can have, and a name that was lost or used up is not used again.
func (c *Course) judgeNames(p scheduler.Plan) *Refusal {
	if len(p.Batches) > mostRuns || len(p.Vials) > 10*mostRuns || len(p.Appointments) > len(c.Question.Requests) {
		return refuse(Malformed, "plan-size", "the plan for %s has %d batches, %d vials and %d appointments; no day has more than %d, %d and %d",
			c.Date, len(p.Batches), len(p.Vials), len(p.Appointments), mostRuns, 10*mostRuns, len(c.Question.Requests))
	}
	for _, b := range p.Batches {
		if _, there := c.batch(b.ID); !there && c.runs[b.ID] != nil {
			return refuse(Unlawful, "name-used-once", "the plan for %s makes %s again, which is %s; give the new batch a name of its own", c.Date, b.ID, c.stage(b.ID))
		}
	}
	for _, v := range p.Vials {
		if _, there := c.vial(v.ID); !there && c.vials[v.ID] != "" {
			return refuse(Unlawful, "name-used-once", "the plan for %s fills %s again, which is %s; give the new vial a name of its own", c.Date, v.ID, c.vials[v.ID])
		}
	}
	return nil
}

// lawful refuses with the first broken law and says how many more there are.
func lawful(day scheduler.Day, plan scheduler.Plan, what string) *Refusal {
	report := rules.Check(day, plan)
	if len(report.Breaches) == 0 {
		return nil
	}
	b := report.Breaches[0]
	more := ""
	if n := len(report.Breaches) - 1; n > 0 {
		more = fmt.Sprintf(" (and %d more)", n)
	}
	return refuse(Unlawful, b.Law, "%s breaks %s at %s: %s%s", what, b.Law, b.On, b.Says, more)
}
