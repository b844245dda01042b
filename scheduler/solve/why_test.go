package solve_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"beamslot/scheduler"
	"beamslot/scheduler/solve"
)

// why plans a clinic that spoil has spoiled, and gives the reason for the request X.
func why(t *testing.T, day scheduler.Day) scheduler.Unserved {
	t.Helper()
	got, err := solve.Plan(context.Background(), day, solve.Options{Steps: 1500})
	if err != nil {
		t.Fatal(err)
	}
	lawful(t, day, got.Plan)
	for _, u := range solve.Why(day, got.Plan) {
		if u.Request == "X" {
			return u
		}
	}
	t.Fatalf("X is served: %+v", got.Plan.Appointments)
	return scheduler.Unserved{}
}

func TestWhyNamesTheLawThatBinds(t *testing.T) {
	x := scan("X", 360, 420)
	x.Value = 100
	cheap := func(d *scheduler.Day) { d.Requests[len(d.Requests)-1].Value = 1500 }
	for _, c := range []struct {
		name  string
		day   func() scheduler.Day
		law   string
		words []string
	}{
		{"a run of its own costs more", func() scheduler.Day { return clinic(x) }, "served", []string{"DOTATOC", "100", "cost"}},
		{"no scanner is left", func() scheduler.Day {
			d := clinic(scan("A", 400, 400), scan("X", 400, 400))
			d.Requests[0].Uptake, d.Requests[1].Uptake = scheduler.Span{60, 60}, scheduler.Span{60, 60}
			d.Requests[1].Value = 900
			return d
		}, "scanner-free", []string{"25 min", "P"}},
		{"no room is left", func() scheduler.Day {
			d := clinic(scan("A", 400, 400), scan("X", 420, 430))
			d.Requests[0].Uptake, d.Requests[1].Uptake = scheduler.Span{75, 75}, scheduler.Span{75, 75}
			d.Centres[0].UptakeRooms = 1
			d.Requests[1].Value = 900
			return d
		}, "uptake-rooms", []string{"1 uptake rooms of C"}},
		{"the elution is used up", func() scheduler.Day {
			d := clinic(scan("A", 360, 420), scan("B", 360, 420), scan("X", 360, 420))
			d.Requests[2].Dose = 350
			cheap(&d)
			return d
		}, "batch-activity", []string{"MBq", "350", "elution"}},
		{"the first vial comes after the window", func() scheduler.Day {
			d := clinic(scan("A", 400, 460), scan("X", 375, 380))
			d.Sites[0].Generators[0].Ready = 340
			cheap(&d)
			return d
		}, "vial-received", []string{"min after the window ends"}},
		{"nobody makes it", func() scheduler.Day {
			d := clinic(scan("X", 360, 420))
			d.Sites[0].Processes = d.Sites[0].Processes[1:]
			return d
		}, "known-names", []string{"No site makes DOTATOC"}},
		{"nobody carries it", func() scheduler.Day {
			d := clinic(scan("X", 360, 420))
			d.Links = nil
			return d
		}, "link-site", []string{"No link"}},
		{"the window is over", func() scheduler.Day {
			d := clinic(scan("X", 360, 420))
			d.Frozen = &scheduler.Frozen{Now: 500}
			return d
		}, "injection-window", []string{"07:00 UTC", "08:20 UTC"}},
		{"the centre is closed", func() scheduler.Day {
			return clinic(scan("X", 900, 930))
		}, "centre-hours", []string{"15:00 UTC"}},
		{"a therapy room was not asked for", func() scheduler.Day {
			d := clinic(scan("X", 360, 420))
			d.Centres[0].Scanners = d.Centres[0].Scanners[1:]
			return d
		}, "allowed-scanner", []string{"No scanner"}},
		{"the hot cell is gone", func() scheduler.Day {
			d := clinic(scan("X", 360, 420))
			d.Sites[0].HotCells = d.Sites[0].HotCells[1:]
			return d
		}, "hot-cell-free", []string{"DOTATOC"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := why(t, c.day())
			if got.Law != c.law {
				t.Errorf("got %s: %s; want %s", got.Law, got.Says, c.law)
			}
			for _, w := range c.words {
				if !strings.Contains(got.Says, w) {
					t.Errorf("%q says nothing of %q", got.Says, w)
				}
			}
		})
	}
}

func ExampleWhy() {
	day := clinic(therapy("A"), therapy("B"), therapy("C"))
	got, err := solve.Plan(context.Background(), day, solve.Options{Steps: 1000})
	if err != nil {
		fmt.Println(err)
	}
	for _, u := range solve.Why(day, got.Plan) {
		fmt.Printf("%s is not served (%s). %s\n", u.Request, u.Law, u.Says)
	}
	// Output:
	// C is not served (batch-activity). LU-1 would have to give 7416 MBq more at EOS for an injection of 7400 MBq at 07:25 UTC, and cannot: 91 % of lot L is drawn.
}
