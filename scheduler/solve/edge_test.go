package solve_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"beamslot/scheduler"
	"beamslot/scheduler/solve"
)

// A day on which nothing can be asked for is planned at once: the plan is empty, or what is frozen.
func TestDaysWithNothingToDoEndAtOnce(t *testing.T) {
	for name, empty := range map[string]func(*scheduler.Day){
		"no requests":  func(d *scheduler.Day) { d.Requests = nil },
		"no processes": func(d *scheduler.Day) { d.Sites[0].Processes = nil },
		"nothing": func(d *scheduler.Day) {
			d.Requests, d.Centres, d.Sites, d.Links, d.Tracers = nil, nil, nil, nil, nil
		},
		"no scanner": func(d *scheduler.Day) { d.Centres[0].Scanners = nil },
		"no room":    func(d *scheduler.Day) { d.Centres[0].UptakeRooms = 0 },
		"no link":    func(d *scheduler.Day) { d.Links = nil },
	} {
		day := dayOf(t, "tiny-1")
		empty(&day)
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		got, err := solve.Plan(ctx, day, solve.Options{Steps: 300})
		cancel()
		if err != nil || len(got.Plan.Batches)+len(got.Plan.Appointments) != 0 || got.Score.Total() != 0 {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if unserved := solve.Why(day, got.Plan); len(unserved) != len(day.Requests) {
			t.Errorf("%s: %d explained", name, len(unserved))
		}
		lawful(t, day, solve.ByHand(day))
	}
}

func TestMistakenHorizonIsRefused(t *testing.T) {
	day := dayOf(t, "tiny-1")
	day.Horizon[1] = 900_000
	if _, err := solve.Plan(context.Background(), day, solve.Options{Steps: 1}); err == nil || !strings.Contains(err.Error(), "more than a day") {
		t.Errorf("got %v", err)
	}
}
