package scheduler

import (
	"strings"
	"unicode"
)

// CheckRequest says the first thing that is wrong with a request that is to stand in the day, or nil. It looks at the request
// alone and at the names it uses, not at the rest of the day.
func (d Day) CheckRequest(r Request) error {
	k := &known{day: Day{Requests: []Request{r}, TimeStep: d.TimeStep},
		tracers: named[TracerID]("tracer"), centres: named[CentreID]("centre"),
		scanners: named[ScannerID]("scanner"), requests: named[RequestID]("request")}
	for _, t := range d.Tracers {
		k.tracers.has[t.ID] = true
	}
	for _, c := range d.Centres {
		k.centres.has[c.ID] = true
		for _, s := range c.Scanners {
			k.scanners.has[s.ID] = true
		}
	}
	k.request("", 0)
	if !sayable(string(r.ID)) {
		k.bad("/id", "a reference has 1 to 100 letters, digits and signs in one line, and is not a dot")
	}
	if len(k.found) == 0 {
		return nil
	}
	return &k.found[0]
}

// sayable reports whether a name can be said, printed and put into an address.
func sayable(name string) bool {
	if name == "" || len(name) > 100 || name == "." || name == ".." {
		return false
	}
	return !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) || r == unicode.ReplacementChar })
}
