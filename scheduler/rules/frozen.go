package rules

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"beamslot/scheduler"
)

func frozen() []Law {
	return []Law{
		{"frozen", Hard, "What is frozen stands in the plan unchanged.", unchanged},
		{"lost-batch", Hard, "A lost batch supplies nothing new.", lostBatch},
		{"scanner-down", Hard, "Nobody new is on a scanner while it stands still.", scannerDown},
		{"not-before-now", Hard, "Nothing new begins in the past.", notBeforeNow},
	}
}

func unchanged(c *Case) []Breach {
	batches := by(c.Plan.Batches, func(b scheduler.Batch) scheduler.BatchID { return b.ID })
	vials := by(c.Plan.Vials, func(v scheduler.Vial) scheduler.VialID { return v.ID })
	visits := by(c.Plan.Appointments, func(a scheduler.Appointment) scheduler.RequestID { return a.Request })
	out := differ("batch", c.keeps.batches, batches)
	out = append(out, differ("dispatch", c.keeps.vials, vials)...)
	return append(out, differ("appointment", c.keeps.appointments, visits)...)
}

// differ names what is frozen and is not in the plan, or is there otherwise.
func differ[ID ~string, V comparable](kind string, frozen, planned map[ID]V) []Breach {
	return each(slices.Sorted(maps.Keys(frozen)), func(id ID) (Breach, bool) {
		is, there := planned[id]
		if !there {
			return broken(id, "the %s is frozen and not in the plan", kind), true
		}
		return broken(id, "the frozen %s had %s", kind, changes(frozen[id], is)), is != frozen[id]
	})
}

// changes says field by field what is not as it was, in the words of the file.
func changes(was, is any) string {
	var out []string
	a, b := reflect.ValueOf(was), reflect.ValueOf(is)
	for i := range a.NumField() {
		if !a.Field(i).Equal(b.Field(i)) {
			name, _, _ := strings.Cut(a.Type().Field(i).Tag.Get("json"), ",")
			out = append(out, fmt.Sprintf("%s %v, the plan says %v", name, a.Field(i), b.Field(i)))
		}
	}
	return strings.Join(out, "; ")
}

func lostBatch(c *Case) []Breach {
	out := each(c.Loads, func(l *Load) (Breach, bool) {
		return broken(l.ID, "batch %s is lost, and the vial is new", l.Batch), l.Run.Lost && !l.frozen
	})
	return append(out, each(c.Visits, func(v *Visit) (Breach, bool) {
		return broken(v.Request.ID, "batch %s of vial %s is lost", v.Load.Batch, v.Vial), v.Load.Run.Lost && !v.frozen
	})...)
}

func scannerDown(c *Case) []Breach {
	var out []Breach
	for _, d := range c.keeps.frozen.DownScanners {
		out = append(out, each(c.Visits, func(v *Visit) (Breach, bool) {
			meets := v.ScanStart < d.To && d.From < v.ScanEnd()
			return broken(v.Request.ID, "scan from %s to %s, %s stands still from %s to %s",
					clock(v.ScanStart), clock(v.ScanEnd()), d.Scanner, clock(d.From), clock(d.To)),
				v.Scanner.ID == d.Scanner && meets && !v.frozen
		})...)
	}
	return out
}

func notBeforeNow(c *Case) []Breach {
	if !c.keeps.replan {
		return nil
	}
	now := c.keeps.frozen.Now
	past := func(on, what string, at scheduler.Minute, frozen bool) (Breach, bool) {
		return broken(on, "%s at %s, it is %s", what, clock(at), clock(now)), at < now && !frozen
	}
	out := each(c.Runs, func(r *Run) (Breach, bool) { return past(string(r.ID), "it begins", r.BeamStart, r.frozen) })
	out = append(out, each(c.Loads, func(l *Load) (Breach, bool) { return past(string(l.ID), "it leaves", l.Depart, l.frozen) })...)
	return append(out, each(c.Visits, func(v *Visit) (Breach, bool) {
		return past(string(v.Request.ID), "injection", v.Injection, v.frozen)
	})...)
}
