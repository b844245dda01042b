package solve_test

import (
	"context"
	"os"
	"reflect"
	"strings"
	"testing"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
	"beamslot/scheduler/solve"
)

// instances are the shared days and what a rigid plan by hand is worth on each.
var instances = []struct {
	name   string
	byHand string
	steps  int
}{
	{"tiny-1", "tiny-1.by-hand", 2000},
	{"small-1", "small-1.by-hand", 4000},
	{"small-2", "small-2.by-hand", 4000},
	{"medium-1", "medium-1.by-hand", 8000},
	{"medium-1-lost-batch", "medium-1-lost-batch.do-nothing", 4000},
	{"large-1", "large-1.by-hand", 4000},
}

func dayOf(t testing.TB, name string) scheduler.Day {
	t.Helper()
	d, err := scheduler.ParseDay(fileOf(t, name))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return d
}

func planOf(t testing.TB, name string) scheduler.Plan {
	t.Helper()
	p, err := scheduler.ParsePlan(fileOf(t, name))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return p
}

func fileOf(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("../../fixtures/instances/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// lawful holds a plan against every law, and its claimed score against the score of the law.
func lawful(t testing.TB, day scheduler.Day, plan scheduler.Plan) rules.Report {
	t.Helper()
	r := rules.Check(day, plan)
	for i, b := range r.Breaches {
		if i < 5 {
			t.Errorf("%s: %s on %s: %s", day.Name, b.Law, b.On, b.Says)
		}
	}
	return r
}

func near(a, b float64) bool { return a-b < 1e-4 && b-a < 1e-4 }

func TestPlansAreLawfulAndBetterThanByHand(t *testing.T) {
	for _, in := range instances {
		t.Run(in.name, func(t *testing.T) {
			t.Parallel()
			day := dayOf(t, in.name)
			got, err := solve.Plan(context.Background(), day, solve.Options{Seed: 1, Steps: in.steps})
			if err != nil {
				t.Fatal(err)
			}
			report := lawful(t, day, got.Plan)
			if !near(report.J, got.Score.Total()) {
				t.Errorf("the search says J %.4f (%+v), the law %.4f (%+v)", got.Score.Total(), got.Score, report.J, report.Score)
			}
			if hand := rules.Check(day, planOf(t, in.byHand)); report.J <= hand.J {
				t.Errorf("J %.2f is not better than %.2f by hand", report.J, hand.J)
			}
		})
	}
}

func TestSameSeedAndStepsSamePlanOnOneCoreOrTwo(t *testing.T) {
	for _, name := range []string{"small-2", "medium-1", "medium-1-lost-batch"} {
		day := dayOf(t, name)
		var plans []scheduler.Plan
		for _, cores := range []int{1, 2, 2} {
			got, err := solve.Plan(context.Background(), day, solve.Options{Seed: 7, Steps: 3000, Cores: cores})
			if err != nil {
				t.Fatal(err)
			}
			plans = append(plans, got.Plan)
		}
		if !reflect.DeepEqual(plans[0], plans[1]) || !reflect.DeepEqual(plans[1], plans[2]) {
			t.Errorf("%s: one seed and one number of steps gave different plans", name)
		}
	}
}

func TestByHandIsLawfulAndRigid(t *testing.T) {
	for _, in := range instances {
		day := dayOf(t, in.name)
		plan := solve.ByHand(day)
		report := lawful(t, day, plan)
		if report.Score.Served == 0 {
			t.Errorf("%s: nobody is served by hand", in.name)
		}
		runs := map[string]int{}
		for _, b := range plan.Batches {
			if !strings.HasPrefix(string(b.ID), string(b.Tracer)+"-") {
				continue // frozen
			}
			if runs[string(b.Site)+string(b.Tracer)]++; runs[string(b.Site)+string(b.Tracer)] > 1 {
				t.Errorf("%s: %s makes %s twice by hand", in.name, b.Site, b.Tracer)
			}
		}
		t.Logf("%s by hand: J %.2f, served %d of %d", in.name, report.J, report.Score.Served, report.Score.Asked)
	}
}
