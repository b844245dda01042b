package rules

import "beamslot/scheduler"

func priority() []Law {
	return []Law{
		{"served", Medium, "Every request is served.", served},
		{"in-time", Soft, "An injection is not after it is due.", inTime},
		{"at-home", Soft, "A patient comes to the home centre.", atHome},
		{"stays-put", Soft, "An appointment that was given is kept.", staysPut},
	}
}

func served(c *Case) []Breach {
	return each(c.Day.Requests, func(r scheduler.Request) (Breach, bool) {
		return broken(r.ID, "nobody serves it; it is of class %d and worth %g", r.Class, r.Value), !c.served[r.ID]
	})
}

func inTime(c *Case) []Breach {
	return each(c.Visits, func(v *Visit) (Breach, bool) {
		return broken(v.Request.ID, "injection at %s, %d min after it was due", clock(v.Injection), v.Late()), v.Late() > 0
	})
}

func atHome(c *Case) []Breach {
	return each(c.Visits, func(v *Visit) (Breach, bool) {
		if !v.Away() {
			return Breach{}, false
		}
		return broken(v.Request.ID, "it is at %s, home is %s", v.Centre.ID, v.Request.Centres[0]), true
	})
}

func staysPut(c *Case) []Breach {
	return each(c.moved(), func(m move) (Breach, bool) {
		return broken(m.was.Request, "it was on %s at %s, it is on %s at %s", m.was.Scanner, clock(m.was.Injection), m.is.Scanner.ID, clock(m.is.Injection)), true
	})
}

// move is an appointment that was and that is.
type move struct {
	was scheduler.Appointment
	is  *Visit
}

// stillKept is by how many minutes an injection can move without anybody calling it a move.
const stillKept = 15

// moved is the former appointments whose requests are served elsewhere, or at quite another time.
func (c *Case) moved() []move {
	is := by(c.Visits, func(v *Visit) scheduler.RequestID { return v.Request.ID })
	var out []move
	for _, was := range c.keeps.frozen.Reference {
		v, kept := is[was.Request]
		if !kept {
			continue
		}
		by := max(v.Injection-was.Injection, was.Injection-v.Injection)
		if v.Scanner.ID != was.Scanner || by > stillKept {
			out = append(out, move{was, v})
		}
	}
	return out
}
