package rules

import (
	"strings"
	"testing"

	"beamslot/scheduler"
)

// every is one command of each kind.
func every() []scheduler.Command {
	return []scheduler.Command{
		scheduler.Open{}, scheduler.Book{}, scheduler.Cancel{}, scheduler.Move{}, scheduler.Adopt{},
		scheduler.Arm{}, scheduler.Begin{}, scheduler.Measure{}, scheduler.Release{}, scheduler.Fail{},
		scheduler.Dispatch{}, scheduler.Receive{}, scheduler.Inject{}, scheduler.StartScan{}, scheduler.FinishScan{},
	}
}

func TestMayByRole(t *testing.T) {
	for role, want := range map[scheduler.Role]string{
		scheduler.Radiochemist:  "Open Arm Begin Measure Fail Dispatch",
		scheduler.ReleasePerson: "Release Fail",
		scheduler.PETStaff:      "Book Cancel Move Receive Inject StartScan FinishScan",
		scheduler.Coordinator:   "Open Book Cancel Move Adopt Fail",
		scheduler.Planner:       "Adopt",
		scheduler.FloorRole:     "Begin Measure Fail",
		scheduler.ClockRole:     "Open",
		scheduler.Viewer:        "",
		"":                      "",
		"admin":                 "",
	} {
		for _, c := range every() {
			err := May(scheduler.Actor{Name: "Kari", Role: role}, c)
			permitted := strings.Contains(" "+want+" ", " "+c.Kind()+" ")
			if permitted != (err == nil) {
				t.Errorf("May(%q, %s) = %v, want permitted %v", role, c.Kind(), err, permitted)
			}
		}
	}
}

func TestMaySaysWhoMay(t *testing.T) {
	err := May(scheduler.Actor{Name: "Kari", Role: scheduler.PETStaff}, scheduler.Release{})
	want := `Kari, whose role is "pet_staff", may not Release; that is for release_person`
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if err := May(scheduler.Actor{Role: scheduler.Viewer}, nil); err == nil {
		t.Error("no command at all was permitted")
	}
}

func TestEveryCommandIsSomebodysDuty(t *testing.T) {
	for _, c := range every() {
		held := 0
		for _, d := range duties() {
			if May(scheduler.Actor{Role: d.Role}, c) == nil {
				held++
			}
		}
		if held == 0 {
			t.Errorf("nobody may %s", c.Kind())
		}
	}
}
