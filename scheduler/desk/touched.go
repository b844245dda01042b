package desk

import "beamslot/scheduler"

// Touched says what an entry changed, so that a board is told that and no more.
type Touched struct {
	All      bool // everything: the day was opened
	Plan     bool // the plan, and so its score
	Question bool // what is asked for
	Requests []scheduler.RequestID
	Batches  []scheduler.BatchID
	Vials    []scheduler.VialID
}

// everything is what opening a day touches.
var everything = Touched{All: true, Plan: true, Question: true}

func (t *Touched) merge(o Touched) {
	t.All = t.All || o.All
	t.Plan = t.Plan || o.Plan
	t.Question = t.Question || o.Question
	t.Requests = append(t.Requests, o.Requests...)
	t.Batches = append(t.Batches, o.Batches...)
	t.Vials = append(t.Vials, o.Vials...)
}
