package scheduler

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
	if len(k.found) == 0 {
		return nil
	}
	return &k.found[0]
}
