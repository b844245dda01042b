package desk

import (
	"cmp"
	"fmt"
	"slices"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
)

// tolerance of comparisons of activities, relative; the day format's.
const tolerance = 1e-6

// short says who loses an appointment because of what happened to the batches and vials: the fewest and least
// urgent that must, so that the rest of the plan is lawful until the next one comes.
func (c *Course) short() []scheduler.Unserved {
	var lost []scheduler.Unserved
	for _, r := range c.laid().Runs {
		if r.Lost {
			lost = append(lost, c.recall(r)...)
			continue
		}
		for _, l := range r.Loads {
			lost = append(lost, c.late(l)...)
			lost = append(lost, c.overdrawn(l)...)
		}
		lost = append(lost, c.overpromised(r)...)
	}
	return lost
}

// recall takes a lost batch's tracer from everybody who has not had it.
func (c *Course) recall(r *rules.Run) []scheduler.Unserved {
	var lost []scheduler.Unserved
	says := fmt.Sprintf("%s is lost: %s", r.ID, c.run(r.ID).Reason)
	for _, l := range r.Loads {
		for _, v := range c.promisedFrom(l) {
			lost = append(lost, scheduler.Unserved{Request: v.Appointment.Request, Law: "batch-lost", Says: says})
		}
	}
	return lost
}

// late finds patients who were to be injected before their vial can be there.
func (c *Course) late(l *rules.Load) []scheduler.Unserved {
	var lost []scheduler.Unserved
	for _, v := range c.promisedFrom(l) {
		if ready := l.Arrive() + v.Centre.Receive; v.Injection < ready {
			lost = append(lost, scheduler.Unserved{Request: v.Appointment.Request, Law: "vial-arrives-in-time",
				Says: fmt.Sprintf("vial %s left late and is ready %d min after the planned injection", l.ID, ready-v.Injection)})
		}
	}
	return lost
}

// overdrawn finds patients for whom a vial that is on its way no longer holds enough.
func (c *Course) overdrawn(l *rules.Load) []scheduler.Unserved {
	if c.vialStage(l.ID) == vialPlanned {
		return nil
	}
	has, need := l.Held(), l.Needed()
	says := fmt.Sprintf("vial %s holds %.0f MBq at EOS, its patients need %.0f MBq", l.ID, has, need)
	return giveUp(c.promisedFrom(l), need-has, has, 0, says)
}

// overpromised finds patients for whom a batch measured low has not enough.
func (c *Course) overpromised(r *rules.Run) []scheduler.Unserved {
	var need float64
	var open []*rules.Visit
	for _, l := range r.Loads {
		if c.vialStage(l.ID) != vialPlanned {
			need += l.Held()
			continue
		}
		need += l.Needed()
		open = append(open, c.promisedFrom(l)...)
	}
	has := r.Usable()
	says := fmt.Sprintf("%s has %.0f MBq at EOS to give, its vials need %.0f MBq", r.ID, has, need)
	return giveUp(open, need-has, has, r.Tracer.VialLoss, says)
}

// giveUp picks whom to give up until excess MBq at EOS are saved: the least valued first, of these the one that
// saves most. An emptied vial saves its loss as well.
func giveUp(from []*rules.Visit, excess, has, vialLoss float64, says string) []scheduler.Unserved {
	slices.SortFunc(from, moreDispensable)
	left := map[scheduler.VialID]int{}
	for _, v := range from {
		left[v.Vial]++
	}
	var lost []scheduler.Unserved
	for _, v := range from {
		if excess <= tolerance*has {
			break
		}
		excess -= v.Takes()
		if left[v.Vial]--; left[v.Vial] == 0 {
			excess -= vialLoss
		}
		lost = append(lost, scheduler.Unserved{Request: v.Appointment.Request, Law: "batch-activity", Says: says})
	}
	return lost
}

// moreDispensable puts the lower value first, then the higher cost, then the name.
func moreDispensable(x, y *rules.Visit) int {
	return cmp.Or(cmp.Compare(x.Request.Value, y.Request.Value), cmp.Compare(y.Takes(), x.Takes()), cmp.Compare(x.Request.ID, y.Request.ID))
}

// promisedFrom lists the vial's patients who are not injected yet.
func (c *Course) promisedFrom(l *rules.Load) []*rules.Visit {
	var open []*rules.Visit
	for _, v := range l.Visits {
		if c.visitStage(v.Request.ID) == visitPromised {
			open = append(open, v)
		}
	}
	return open
}
