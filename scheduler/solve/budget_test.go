package solve_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"beamslot/scheduler"
	"beamslot/scheduler/solve"
)

func TestPlanEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	told := 0
	got, err := solve.Plan(ctx, dayOf(t, "large-1"), solve.Options{Progress: func(steps int, best scheduler.Score) {
		if told++; told == 1 {
			cancel()
		}
		if best.Served == 0 {
			t.Error("told of a plan that serves nobody")
		}
	}})
	if err != nil || told == 0 {
		t.Fatalf("told %d times, %v", told, err)
	}
	if r := lawful(t, dayOf(t, "large-1"), got.Plan); r.Score.Served < 600 {
		t.Errorf("the first plan serves %d of 1000", r.Score.Served)
	}
}

func TestPlanWithoutABudgetEnds(t *testing.T) {
	got, err := solve.Plan(context.Background(), dayOf(t, "tiny-1"), solve.Options{})
	if err != nil || got.Steps == 0 {
		t.Fatalf("%d steps, %v", got.Steps, err)
	}
	if want := 7447.13; got.Score.Total() < want-0.01 {
		t.Errorf("J %.2f on tiny-1, whose proven optimum is %.2f", got.Score.Total(), want)
	}
}

func TestDeadlineIsABudget(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	got, err := solve.Plan(ctx, dayOf(t, "small-1"), solve.Options{Cores: 1})
	if err != nil {
		t.Fatal(err)
	}
	lawful(t, dayOf(t, "small-1"), got.Plan)
}

func TestCancelledBeforeTheFirstPlan(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := solve.Plan(ctx, dayOf(t, "tiny-1"), solve.Options{}); err == nil || !strings.Contains(err.Error(), "before the first plan") {
		t.Errorf("got %v", err)
	}
}

func TestUnplannableDaysAreRefused(t *testing.T) {
	for want, spoil := range map[string]func(*scheduler.Day){
		"half-life":     func(d *scheduler.Day) { d.Tracers[0].HalfLife = 0 },
		"time step":     func(d *scheduler.Day) { d.TimeStep = 0 },
		"horizon":       func(d *scheduler.Day) { d.Horizon = scheduler.Span{10, 10} },
		`"XYZ"`:         func(d *scheduler.Day) { d.Requests[0].Tracer = "XYZ" },
		`centre "C99"`:  func(d *scheduler.Day) { d.Requests[0].Centres = []scheduler.CentreID{"C99"} },
		"site S1 makes": func(d *scheduler.Day) { d.Sites[0].Processes[0].Tracer = "XYZ" },
		"link L-S1-C1":  func(d *scheduler.Day) { d.Links[0].Site = "S99" },
		"frozen batch":  func(d *scheduler.Day) { d.Frozen = &scheduler.Frozen{Batches: []scheduler.Batch{{ID: "B"}}} },
		"frozen vial":   func(d *scheduler.Day) { d.Frozen = &scheduler.Frozen{Vials: []scheduler.Vial{{ID: "V"}}} },
		"appointment of R1": func(d *scheduler.Day) {
			d.Frozen = &scheduler.Frozen{Appointments: []scheduler.Appointment{{Request: "R1"}}}
		},
	} {
		day := dayOf(t, "tiny-1")
		spoil(&day)
		if _, err := solve.Plan(context.Background(), day, solve.Options{Steps: 1}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want a word about %s", err, want)
		}
		if p := solve.ByHand(day); len(p.Appointments) != 0 || len(solve.Why(day, p)) != 0 {
			t.Errorf("%s: an unplannable day was planned by hand", want)
		}
	}
}
