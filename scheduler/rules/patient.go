package rules

import (
	"slices"

	"beamslot/scheduler"
)

func patient() []Law {
	return []Law{
		{"right-tracer", Hard, "A patient is given the tracer that was asked for.", rightTracer},
		{"vial-at-centre", Hard, "A patient's vial goes to the centre of the scanner.", vialAtCentre},
		{"allowed-centre", Hard, "A patient comes to a centre that the request allows.", allowedCentre},
		{"vial-received", Hard, "Nobody is injected before the vial has come and been received.", vialReceived},
		{"shelf-life", Hard, "Nobody is injected after the batch has expired.", shelfLife},
		{"injection-window", Hard, "An injection lies in the window that the request allows.", injectionWindow},
		{"uptake-time", Hard, "A scan starts after the least and before the most time of uptake.", uptakeTime},
		{"centre-hours", Hard, "A patient's visit lies in the centre's hours.", centreHours},
		{"uptake-rooms", Hard, "A centre holds no more patients in uptake than it has rooms.", uptakeRooms},
	}
}

func rightTracer(c *Case) []Breach {
	return each(c.Visits, func(v *Visit) (Breach, bool) {
		got := v.Load.Run.Tracer.ID
		return broken(v.Request.ID, "%s was asked for, vial %s holds %s", v.Request.Tracer, v.Vial, got), v.Request.Tracer != got
	})
}

func vialAtCentre(c *Case) []Breach {
	return each(c.Visits, func(v *Visit) (Breach, bool) {
		return broken(v.Request.ID, "%s stands in %s, vial %s goes to %s", v.Scanner.ID, v.Centre.ID, v.Vial, v.Load.Link.Centre),
			v.Load.Link.Centre != v.Centre.ID
	})
}

func allowedCentre(c *Case) []Breach {
	return each(c.Visits, func(v *Visit) (Breach, bool) {
		return broken(v.Request.ID, "it is at %s, the request allows %s", v.Centre.ID, listed(v.Request.Centres)),
			!slices.Contains(v.Request.Centres, v.Centre.ID)
	})
}

func vialReceived(c *Case) []Breach {
	return each(c.Visits, func(v *Visit) (Breach, bool) {
		ready := v.Load.Arrive() + v.Centre.Receive
		return broken(v.Request.ID, "injection at %s, vial %s is received at %s", clock(v.Injection), v.Vial, clock(ready)), v.Injection < ready
	})
}

func shelfLife(c *Case) []Breach {
	return each(c.Visits, func(v *Visit) (Breach, bool) {
		r := v.Load.Run
		return broken(v.Request.ID, "injection at %s, batch %s expires at %s", clock(v.Injection), r.ID, clock(r.Expiry())), v.Injection > r.Expiry()
	})
}

func injectionWindow(c *Case) []Breach {
	return each(c.Visits, func(v *Visit) (Breach, bool) {
		w := v.Request.Window
		return broken(v.Request.ID, "injection at %s, the request allows %s to %s", clock(v.Injection), clock(w[0]), clock(w[1])),
			v.Injection < w[0] || v.Injection > w[1]
	})
}

func uptakeTime(c *Case) []Breach {
	return each(c.Visits, func(v *Visit) (Breach, bool) {
		d, u := v.ScanStart-v.Injection, v.Request.Uptake
		return broken(v.Request.ID, "%d min from injection to scan, the request asks for %d to %d", d, u[0], u[1]), d < u[0] || d > u[1]
	})
}

func centreHours(c *Case) []Breach {
	return each(c.Visits, func(v *Visit) (Breach, bool) {
		open := v.Centre.Open
		return broken(v.Request.ID, "the visit is from %s to %s, %s is open from %s to %s",
			clock(v.InRoom()), clock(v.ScanEnd()), v.Centre.ID, clock(open[0]), clock(open[1])), !open.Holds(v.InRoom(), v.ScanEnd())
	})
}

func uptakeRooms(c *Case) []Breach {
	h := holds[scheduler.CentreID]{}
	for _, v := range c.Visits {
		h.add(v.Centre.ID, string(v.Request.ID), v.InRoom(), v.ScanStart)
	}
	rooms := func(id scheduler.CentreID) int { return c.centres[id].UptakeRooms }
	return h.crowds(rooms, func(id scheduler.CentreID, at scheduler.Minute, n int) Breach {
		return broken(id, "at %s it holds %s in uptake and has %s", clock(at), count(n, "patient"), count(rooms(id), "room"))
	})
}
