package rules_test

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
)

const instances = "../../fixtures/instances"

func readDay(t testing.TB, name string) scheduler.Day {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(instances, name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	day, err := scheduler.ParseDay(data)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

func readPlan(t testing.TB, name string) scheduler.Plan {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(instances, name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := scheduler.ParsePlan(data)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// The README's table of fixtures/instances, to the cent.
func TestByHandPlansAreLawfulAndWorthWhatTheReadmeSays(t *testing.T) {
	for _, want := range []struct {
		day, plan string
		j, within float64
		served    int
	}{
		{"tiny-1", "tiny-1.by-hand", 7420.72, 0.005, 6},
		{"small-1", "small-1.by-hand", 20451.25, 0.005, 18},
		{"small-2", "small-2.by-hand", 17257.24, 0.005, 17},
		{"medium-1", "medium-1.by-hand", 118771.67, 0.005, 92},
		{"large-1", "large-1.by-hand", 879400.59, 0.005, 637},
		{"medium-1-lost-batch", "medium-1-lost-batch.do-nothing", 108383, 0.5, 74},
	} {
		r := rules.Check(readDay(t, want.day), readPlan(t, want.plan))
		for _, b := range r.Breaches {
			t.Errorf("%s: %s: %s: %s", want.plan, b.Law, b.On, b.Says)
		}
		if math.Abs(r.J-want.j) > want.within+1e-9 || r.Score.Served != want.served {
			t.Errorf("%s: J = %.2f and %d served, want %.2f and %d", want.plan, r.J, r.Score.Served, want.j, want.served)
		}
	}
}
