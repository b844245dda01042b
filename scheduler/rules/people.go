package rules

import (
	"fmt"
	"slices"
	"strings"

	"beamslot/scheduler"
)

// duty is what a role may ask for.
type duty struct {
	Role     scheduler.Role
	Commands []string
}

// duties is who may do what, for a person to read; a command that is not named beside a role is refused to it.
func duties() []duty {
	return []duty{
		{scheduler.Radiochemist, []string{"Open", "Arm", "Begin", "Measure", "Fail", "Dispatch"}},
		{scheduler.ReleasePerson, []string{"Release", "Fail"}},
		{scheduler.PETStaff, []string{"Book", "Cancel", "Move", "Receive", "Inject", "StartScan", "FinishScan"}},
		{scheduler.Coordinator, []string{"Open", "Book", "Cancel", "Move", "Adopt", "Fail"}},
		{scheduler.Planner, []string{"Adopt"}},
		{scheduler.FloorRole, []string{"Begin", "Measure", "Fail"}},
		{scheduler.ClockRole, []string{"Open"}},
		{scheduler.Viewer, nil},
	}
}

// May says nil when the actor's role may ask for the command, and otherwise who may.
func May(by scheduler.Actor, c scheduler.Command) error {
	if c == nil {
		return fmt.Errorf("%s asks for nothing", who(by))
	}
	var others []string
	for _, d := range duties() {
		if !slices.Contains(d.Commands, c.Kind()) {
			continue
		}
		if d.Role == by.Role {
			return nil
		}
		others = append(others, string(d.Role))
	}
	if len(others) == 0 {
		return fmt.Errorf("%s may not %s; no role may", who(by), c.Kind())
	}
	return fmt.Errorf("%s may not %s; that is for %s", who(by), c.Kind(), strings.Join(others, " or "))
}

func who(by scheduler.Actor) string {
	if by.Name == "" {
		return fmt.Sprintf("somebody whose role is %q", by.Role)
	}
	return fmt.Sprintf("%s, whose role is %q,", by.Name, by.Role)
}
