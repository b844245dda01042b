package solve_test

import (
	"context"
	"os"
	"testing"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
	"beamslot/scheduler/solve"
)

// Whatever day can be read is planned lawfully or refused with a reason, and never panics.
func FuzzPlan(f *testing.F) {
	for _, name := range []string{"instances/tiny-1", "instances/small-1", "norway/days/quiet"} {
		data, err := os.ReadFile("../../fixtures/" + name + ".json")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		day, err := scheduler.ParseDay(data)
		if err != nil {
			return
		}
		got, err := solve.Plan(context.Background(), day, solve.Options{Steps: 4, Cores: 1})
		if err != nil {
			return
		}
		if day.Frozen == nil {
			if r := rules.Check(day, got.Plan); !r.Lawful() {
				t.Fatalf("%+v", r.Breaches[0])
			}
		}
		solve.Why(day, got.Plan)
		solve.ByHand(day)
	})
}
