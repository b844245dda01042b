package rules_test

import (
	"math"
	"slices"
	"testing"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
)

func TestWhatIsFrozenMayLieInThePastAndOnALostBatchAndOnAStoodStillScanner(t *testing.T) {
	day, plan := theranostic(t)
	day.Frozen = &scheduler.Frozen{Now: 600, Batches: plan.Batches, Vials: plan.Vials, Appointments: plan.Appointments,
		LostBatches:  []scheduler.BatchID{"B1"},
		DownScanners: []scheduler.Down{{Scanner: "P1", From: 0, To: 1440}}}
	if r := rules.Check(day, plan); !r.Lawful() {
		t.Errorf("frozen things are held to laws that are for new ones: %v", r.Breaches)
	}
}

func TestAFrozenThingThatIsMissingIsNamed(t *testing.T) {
	day, plan := theranostic(t)
	day.Frozen = &scheduler.Frozen{Batches: slices.Clone(plan.Batches), Vials: slices.Clone(plan.Vials), Appointments: slices.Clone(plan.Appointments)}
	plan.Batches, plan.Vials, plan.Appointments = nil, nil, nil
	r := rules.Check(day, plan)
	if len(r.Breaches) != 9 || len(laws(r.Breaches)) != 1 || r.Breaches[0].Says != "the batch is frozen and not in the plan" {
		t.Errorf("%v", r.Breaches)
	}
}

func TestALostBatchKeepsItsCostAndItsResources(t *testing.T) {
	day, plan := theranostic(t)
	before := rules.Check(day, plan).Score
	day.Frozen = &scheduler.Frozen{Batches: plan.Batches[:1], LostBatches: []scheduler.BatchID{"B1"}}
	plan.Vials, plan.Appointments = plan.Vials[1:], plan.Appointments[1:]
	r := rules.Check(day, plan)
	if !r.Lawful() || r.Score.Batch != before.Batch || r.Score.Beam != before.Beam || r.Score.Activity != before.Activity {
		t.Errorf("lawful %v, was %+v, is %+v: %v", r.Lawful(), before, r.Score, r.Breaches)
	}
}

// 400 MBq at 07:00 are 584.26 MBq an hour earlier: 400 · 2^(60/109.77).
func TestAMeasuredBatchIsWorthWhatTheCalibratorSaid(t *testing.T) {
	day, plan := theranostic(t)
	nominal := rules.Check(day, plan).Score.Activity
	day.Frozen = &scheduler.Frozen{Batches: plan.Batches[:1], Measured: []scheduler.MeasuredEOS{{Batch: "B1", Activity: 400, At: 420}}}
	day.Sites[0].Processes[0].MaxBatch = 1 // what was made can be made
	c, r := rules.NewCase(day, plan), rules.Check(day, plan)
	if got := c.Runs[0].Usable(); math.Abs(got-584.26) > 0.05 {
		t.Errorf("usable %.2f MBq at EOS", got)
	}
	if got := laws(r.Breaches); len(got) != 1 || got[0] != "batch-activity" || r.Score.Activity != nominal {
		t.Errorf("a vial of 600 MBq: %v, activity costs %v and cost %v", got, r.Score.Activity, nominal)
	}
	if p := r.Risk.Short[0]; p.P != 1 {
		t.Errorf("it falls short for certain, and p = %v", p.P)
	}
	plan.Vials[0].Activity = 584
	if r := rules.Check(day, plan); !r.Lawful() || r.Risk.Short[0].P != 0 {
		t.Errorf("a vial of 584 MBq: %v, p = %v", r.Breaches, r.Risk.Short[0].P)
	}
}

func TestAMoveOfAQuarterOfAnHourIsNone(t *testing.T) {
	for _, c := range []struct {
		by      scheduler.Minute
		scanner scheduler.ScannerID
		moves   float64
	}{{0, "P1", 0}, {15, "P1", 0}, {-15, "P1", 0}, {20, "P1", 1}, {-20, "P1", 1}, {0, "P2", 1}} {
		day, plan := theranostic(t)
		was := plan.Appointments[0]
		was.Injection, was.Scanner = was.Injection+c.by, c.scanner
		gone := scheduler.Appointment{Request: "R4", Scanner: "P1", Injection: 700}
		day.Frozen = &scheduler.Frozen{Reference: []scheduler.Appointment{was, gone}}
		if s := rules.Check(day, plan).Score; s.Move != c.moves*day.Objective.Move {
			t.Errorf("moved by %d from %s: costs %v", c.by, c.scanner, s.Move)
		}
	}
}
