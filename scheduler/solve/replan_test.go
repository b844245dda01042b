package solve_test

import (
	"context"
	"testing"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
	"beamslot/scheduler/solve"
)

// A batch for 43 patients fails at 08:00. The first valid plan must come at once, and be much better than nothing.
func TestReplanAfterALostBatch(t *testing.T) {
	day := dayOf(t, "medium-1-lost-batch")
	warm := planOf(t, "medium-1-lost-batch.do-nothing")
	first, err := solve.Plan(context.Background(), day, solve.Options{Steps: 1, Warm: &warm})
	if err != nil {
		t.Fatal(err)
	}
	report := lawful(t, day, first.Plan)
	nothing := rules.Check(day, warm)
	if report.J < nothing.J+20_000 {
		t.Errorf("the first plan has J %.0f, doing nothing %.0f", report.J, nothing.J)
	}
	better, err := solve.Plan(context.Background(), day, solve.Options{Steps: 8000, Warm: &warm})
	if err != nil {
		t.Fatal(err)
	}
	if lawful(t, day, better.Plan); !better.Score.Better(first.Score) {
		t.Errorf("8000 moves brought J from %.0f to %.0f", first.Score.Total(), better.Score.Total())
	}
}

// A warm start from a good plan of an unchanged day keeps what it has: no worse, and the same names.
func TestWarmStartIsKept(t *testing.T) {
	day := dayOf(t, "medium-1")
	good, err := solve.Plan(context.Background(), day, solve.Options{Seed: 2, Steps: 6000})
	if err != nil {
		t.Fatal(err)
	}
	again, err := solve.Plan(context.Background(), day, solve.Options{Seed: 3, Steps: 1, Warm: &good.Plan})
	if err != nil {
		t.Fatal(err)
	}
	if lawful(t, day, again.Plan); good.Score.Total() > again.Score.Total()+1e-6 {
		t.Errorf("J %.2f became %.2f", good.Score.Total(), again.Score.Total())
	}
	names := map[scheduler.BatchID]bool{}
	for _, b := range good.Plan.Batches {
		names[b.ID] = true
	}
	for _, b := range again.Plan.Batches {
		if !names[b.ID] {
			t.Errorf("batch %s has a new name", b.ID)
		}
	}
}

// With every promise a reference, a re-plan of an undisturbed day moves nobody without need.
func TestReplanOfAnUndisturbedDayMovesFew(t *testing.T) {
	day := dayOf(t, "medium-1")
	good, err := solve.Plan(context.Background(), day, solve.Options{Seed: 2, Steps: 20000})
	if err != nil {
		t.Fatal(err)
	}
	day.Frozen = &scheduler.Frozen{Now: 60, Reference: good.Plan.Appointments}
	again, err := solve.Plan(context.Background(), day, solve.Options{Seed: 5, Steps: 2000, Warm: &good.Plan})
	if err != nil {
		t.Fatal(err)
	}
	lawful(t, day, again.Plan)
	was := map[scheduler.RequestID]scheduler.Appointment{}
	for _, a := range good.Plan.Appointments {
		was[a.Request] = a
	}
	moved := 0
	for _, a := range again.Plan.Appointments {
		if b, ok := was[a.Request]; ok && (a.Scanner != b.Scanner || a.Injection != b.Injection) {
			moved++
		}
	}
	if moved > len(was)/4 {
		t.Errorf("%d of %d promises moved", moved, len(was))
	}
}

func TestUsedNamesAreNeverGivenAgain(t *testing.T) {
	day := dayOf(t, "tiny-1")
	got, err := solve.Plan(context.Background(), day, solve.Options{Steps: 500,
		Used:      map[scheduler.BatchID]bool{"FDG-1": true, "FDG-3": true},
		UsedVials: map[scheduler.VialID]bool{"FDG-2/C1": true}})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Plan.Batches) != 1 || got.Plan.Batches[0].ID != "FDG-2" || got.Plan.Vials[0].ID != "FDG-2/C1#2" {
		t.Errorf("got %s and %s, want FDG-2 and FDG-2/C1#2", got.Plan.Batches[0].ID, got.Plan.Vials[0].ID)
	}
}
