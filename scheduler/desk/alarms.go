package desk

import (
	"fmt"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
)

// alarms are what a person should look at now. They follow from the day alone and go when it is so no longer.
func (c *Course) alarms() map[string]*Alarm {
	all := map[string]*Alarm{}
	for _, r := range c.laid().Runs {
		c.batchAlarm(all, r)
	}
	if n := c.bumped(); n > 0 {
		all["bumped"] = &Alarm{Priority: 1, On: "patients", Says: fmt.Sprintf("%d patients lost their appointment", n), Do: "Wait for the next plan, or move them by hand"}
	}
	for id, v := range c.visits {
		if share := c.givenShare(v); share < 0.9 || share > 1.1 {
			all["given:"+string(id)] = &Alarm{Priority: 2, On: string(id), Says: fmt.Sprintf("%s was given %.0f %% of what was prescribed", id, 100*share), Do: "A physician decides whether to scan"}
		}
	}
	return all
}

func (c *Course) batchAlarm(all map[string]*Alarm, r *rules.Run) {
	if r.Lost {
		all["lost:"+string(r.ID)] = &Alarm{Priority: 1, At: r.EOS(), On: string(r.ID),
			Says: fmt.Sprintf("%s is lost: %s", r.ID, c.run(r.ID).Reason), Do: "See who is moved, and tell the centres"}
		return
	}
	if share := r.Usable() / max(r.AEOS(), tolerance); r.Measured != nil && share < 1-r.Process.Margin {
		all["low:"+string(r.ID)] = &Alarm{Priority: 2, At: r.EOS(), On: string(r.ID),
			Says: fmt.Sprintf("%s came out %.0f %% below plan at EOS", r.ID, 100*(1-share)), Do: "The day is planned again; check who moved"}
	}
}

// bumped counts those who had an appointment and lost it.
func (c *Course) bumped() int {
	n := 0
	for _, a := range c.former {
		if _, open := c.unserved[a.Request]; open {
			n++
		}
	}
	return n
}

// givenShare is administered over prescribed.
func (c *Course) givenShare(v *visit) float64 {
	if v.Prescribed <= 0 {
		return 1
	}
	return v.Administered.Activity.MBq() / v.Prescribed
}

func (a *Agenda) alarmsOf(d scheduler.Date) map[string]*Alarm {
	if c, ok := a.days[d]; ok {
		return c.alarms()
	}
	return nil
}

// changedAlarms are the new ones, and nil for those that are gone.
func changedAlarms(before, now map[string]*Alarm) map[string]*Alarm {
	changed := map[string]*Alarm{}
	for id := range before {
		if now[id] == nil {
			changed[id] = nil
		}
	}
	for id, a := range now {
		if b := before[id]; b == nil || *b != *a {
			changed[id] = a
		}
	}
	return changed
}
