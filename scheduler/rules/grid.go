package rules

import "beamslot/scheduler"

// moment is one time of a plan, with whose and which it is.
type moment struct {
	on, word string
	at       scheduler.Minute
}

// moments is every time that stands in the plan.
func moments(p scheduler.Plan) []moment {
	var out []moment
	for _, b := range p.Batches {
		on := string(b.ID)
		out = append(out, moment{on, "beam_start", b.BeamStart}, moment{on, "beam_end", b.BeamEnd},
			moment{on, "synthesis_start", b.SynthesisStart}, moment{on, "qc_start", b.QCStart})
	}
	for _, v := range p.Vials {
		out = append(out, moment{string(v.ID), "depart", v.Depart}, moment{string(v.ID), "at", v.At})
	}
	for _, a := range p.Appointments {
		out = append(out, moment{string(a.Request), "injection", a.Injection}, moment{string(a.Request), "scan_start", a.ScanStart})
	}
	return out
}

func timeGrid(c *Case) []Breach {
	var out []Breach
	for _, m := range moments(c.Plan) {
		if step := c.Day.TimeStep; step > 0 && m.at%step != 0 {
			out = append(out, broken(m.on, "%s is minute %d, not a multiple of %d", m.word, m.at, step))
		}
	}
	return out
}

func horizon(c *Case) []Breach {
	var out []Breach
	h := c.Day.Horizon
	for _, m := range moments(c.Plan) {
		if m.at < h[0] || m.at > h[1] {
			out = append(out, broken(m.on, "%s is at %s, the day runs from %s to %s", m.word, clock(m.at), clock(h[0]), clock(h[1])))
		}
	}
	return out
}
