package rules

import (
	"slices"

	"beamslot/scheduler"
)

func scanner() []Law {
	return []Law{
		{"allowed-scanner", Hard, "A patient is on a scanner that the request allows.", allowedScanner},
		{"scanner-tracer", Hard, "A scanner is used only for the tracers that it is for.", scannerTracer},
		{"scanner-hours", Hard, "A scan lies inside one of its scanner's windows.", scannerHours},
		{"scanner-free", Hard, "A scanner has one patient at a time, and a turnaround after each.", scannerFree},
	}
}

func allowedScanner(c *Case) []Breach {
	return each(c.Visits, func(v *Visit) (Breach, bool) {
		allowed := v.Request.Scanners
		return broken(v.Request.ID, "it is on %s, the request allows %s", v.Scanner.ID, listed(allowed)),
			len(allowed) > 0 && !slices.Contains(allowed, v.Scanner.ID)
	})
}

func scannerTracer(c *Case) []Breach {
	return each(c.Visits, func(v *Visit) (Breach, bool) {
		only := v.Scanner.Tracers
		return broken(v.Request.ID, "%s is for %s, the request is for %s", v.Scanner.ID, listed(only), v.Request.Tracer),
			len(only) > 0 && !slices.Contains(only, v.Request.Tracer)
	})
}

func scannerHours(c *Case) []Breach {
	return each(c.Visits, func(v *Visit) (Breach, bool) {
		return broken(v.Request.ID, "scan from %s to %s lies in no window of %s", clock(v.ScanStart), clock(v.ScanEnd()), v.Scanner.ID),
			!inside(v.Scanner.Open, v.ScanStart, v.ScanEnd())
	})
}

func scannerFree(c *Case) []Breach {
	h := holds[scheduler.ScannerID]{}
	for _, v := range c.Visits {
		h.add(v.Scanner.ID, string(v.Request.ID), v.ScanStart, v.ScanEnd()+v.Scanner.Turnaround)
	}
	return h.clashes(func(id scheduler.ScannerID, a, b hold) Breach {
		return broken(id, "%s holds it from %s to %s with turnaround, and %s from %s", a.who, clock(a.from), clock(a.to), b.who, clock(b.from))
	})
}
