package desk

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"beamslot/decay"
	"beamslot/scheduler"
	"beamslot/scheduler/rules"
)

// Course is what has become of a day: its question, its plan, and how far each thing in it has come. Its plan
// keeps every law after every entry; whoever lost an appointment stands in unserved with the reason.
type Course struct {
	Date     scheduler.Date
	Midnight time.Time
	Question scheduler.Day
	Plan     scheduler.Plan
	Changed  scheduler.Seq // the last entry that asks for a new plan
	Last     scheduler.Seq // the last entry of the day
	Score    scheduler.Score

	runs      map[scheduler.BatchID]*run
	vials     map[scheduler.VialID]string // planned, dispatched, received
	visits    map[scheduler.RequestID]*visit
	cancelled map[scheduler.RequestID]string
	unserved  map[scheduler.RequestID]scheduler.Unserved
	former    []scheduler.Appointment // the promises that a re-plan is measured against
	zones     zones
}

// run is how far a batch has come.
type run struct {
	Stage    scheduler.Stage
	Begun    bool // its beam, elution or drawing began: it keeps its resources even when lost
	Measured *decay.Assay
	Reason   string
}

// visit is how far a patient has come.
type visit struct {
	Stage        string // injected, scanning, scanned
	Prescribed   float64
	Administered decay.Assay
}

func newCourse(o scheduler.Open) (*Course, error) {
	midnight, err := o.Date.Midnight()
	if err != nil {
		return nil, fmt.Errorf("date %q is not a day such as 2026-11-24", o.Date)
	}
	c := &Course{
		Date: o.Date, Midnight: midnight, Question: o.Day,
		Plan: scheduler.Plan{Format: scheduler.PlanFormat2, Instance: o.Day.Name,
			Batches: []scheduler.Batch{}, Vials: []scheduler.Vial{}, Appointments: []scheduler.Appointment{}},
		runs:      map[scheduler.BatchID]*run{},
		vials:     map[scheduler.VialID]string{},
		visits:    map[scheduler.RequestID]*visit{},
		cancelled: map[scheduler.RequestID]string{},
		unserved:  map[scheduler.RequestID]scheduler.Unserved{},
	}
	c.Question.Requests = slices.Clone(o.Day.Requests)
	c.Question.Frozen = nil
	for _, r := range c.Question.Requests {
		c.unserved[r.ID] = waiting(r.ID)
	}
	c.weigh()
	return c, nil
}

// waiting is the reason of a request that no plan has seen yet.
func waiting(r scheduler.RequestID) scheduler.Unserved {
	return scheduler.Unserved{Request: r, Law: "not-planned-yet", Says: "waits for the next plan"}
}

func (c *Course) clone() *Course {
	d := *c
	d.Question.Requests = slices.Clone(c.Question.Requests)
	d.Plan = clonePlan(c.Plan)
	d.runs = map[scheduler.BatchID]*run{}
	for id, r := range c.runs {
		copied := *r
		d.runs[id] = &copied
	}
	d.visits = map[scheduler.RequestID]*visit{}
	for id, v := range c.visits {
		copied := *v
		d.visits[id] = &copied
	}
	d.vials = maps.Clone(c.vials)
	d.cancelled = maps.Clone(c.cancelled)
	d.unserved = maps.Clone(c.unserved)
	d.former = slices.Clone(c.former)
	return &d
}

func clonePlan(p scheduler.Plan) scheduler.Plan {
	p.Batches = slices.Clone(p.Batches)
	p.Vials = slices.Clone(p.Vials)
	p.Appointments = slices.Clone(p.Appointments)
	return p
}

// stage is how far the batch has come; a batch nobody has touched is planned.
func (c *Course) stage(b scheduler.BatchID) scheduler.Stage {
	if r, ok := c.runs[b]; ok {
		return r.Stage
	}
	return scheduler.Planned
}

// run is the batch's record, made when first needed.
func (c *Course) run(b scheduler.BatchID) *run {
	r, ok := c.runs[b]
	if !ok {
		r = &run{Stage: scheduler.Planned}
		c.runs[b] = r
	}
	return r
}

// vialStage is how far the vial has come.
func (c *Course) vialStage(v scheduler.VialID) string {
	if s, ok := c.vials[v]; ok {
		return s
	}
	return vialPlanned
}

// visitStage is how far the patient has come.
func (c *Course) visitStage(r scheduler.RequestID) string {
	if v, ok := c.visits[r]; ok {
		return v.Stage
	}
	return visitPromised
}

// The stages of vials and visits, as boards and API say them.
const (
	vialPlanned    = "planned"
	vialDispatched = "dispatched"
	vialReceived   = "received"
	visitPromised  = "promised"
	visitInjected  = "injected"
	visitScanning  = "scanning"
	visitScanned   = "scanned"
)

// weigh prices the plan that is running, without the cost of moves, which only matters between plans.
func (c *Course) weigh() {
	q := c.Question
	q.Requests = c.standing()
	c.Score = rules.Weigh(rules.NewCase(q, c.Plan))
}
