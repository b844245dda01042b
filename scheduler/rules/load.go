package rules

import (
	"beamslot/decay"
	"beamslot/scheduler"
)

// Load is a vial of the plan with its batch, its link and its patients.
type Load struct {
	scheduler.Vial
	Run    *Run
	Link   scheduler.Link
	Visits []*Visit // in the plan's order
	Leaves bool     // the link leaves at Depart at all

	arrive scheduler.Minute
	frozen bool
}

// load resolves a vial; false when it names an unknown thing, or its id stands there twice.
func (c *Case) load(v scheduler.Vial) (*Load, bool) {
	run, made := c.runs[v.Batch]
	link, linked := c.links[v.Link]
	_, twice := c.loads[v.ID]
	if !made || !linked || twice {
		return nil, false
	}
	l := &Load{Vial: v, Run: run, Link: link, frozen: c.keeps.vial(v)}
	l.arrive, l.Leaves = link.Arrive(v.Depart)
	return l, true
}

// Arrive is when the vial comes to its centre; its departure itself when the link does not leave then.
func (l *Load) Arrive() scheduler.Minute {
	if !l.Leaves {
		return l.Depart
	}
	return l.arrive
}

// Held is what the vial holds, in MBq at its batch's EOS: E_d of the format.
func (l *Load) Held() float64 {
	return l.Activity * decay.Factor(l.Run.Tracer.HalfLife, float64(l.Run.EOS()-l.At))
}

// Needed is what its patients take and what stays behind, in MBq at EOS.
func (l *Load) Needed() float64 {
	sum := l.Run.Tracer.VialLoss
	for _, v := range l.Visits {
		sum += v.Takes()
	}
	return sum
}
