package rules

import "beamslot/scheduler"

// Case is a plan held beside its day: an index of both, built once, and each thing of the plan with what it
// refers to. What names nothing is in none of Runs, Loads and Visits.
type Case struct {
	Day    scheduler.Day
	Plan   scheduler.Plan
	Runs   []*Run
	Loads  []*Load
	Visits []*Visit

	tracers   map[scheduler.TracerID]scheduler.Tracer
	sites     map[scheduler.SiteID]scheduler.Site
	centres   map[scheduler.CentreID]scheduler.Centre
	links     map[scheduler.LinkID]scheduler.Link
	requests  map[scheduler.RequestID]scheduler.Request
	scanners  map[scheduler.ScannerID]place
	targets   map[scheduler.TargetID]port
	elutables map[scheduler.GeneratorID]washed
	parcels   map[scheduler.LotID]parcel
	cells     map[scheduler.HotCellID]cell
	lines     map[scheduler.QCLineID]scheduler.SiteID
	runs      map[scheduler.BatchID]*Run
	loads     map[scheduler.VialID]*Load
	served    map[scheduler.RequestID]bool
	keeps     keeps
}

// place, port, washed, parcel and cell are things of the day with where they stand.
type (
	place struct {
		scheduler.Scanner
		centre scheduler.Centre
	}
	port struct {
		scheduler.Target
		cyclotron scheduler.Cyclotron
		site      scheduler.SiteID
	}
	washed struct {
		scheduler.Generator
		site scheduler.SiteID
	}
	parcel struct {
		scheduler.Lot
		site scheduler.SiteID
	}
	cell struct {
		scheduler.HotCell
		site scheduler.SiteID
	}
)

// NewCase lays a plan beside its day.
func NewCase(day scheduler.Day, plan scheduler.Plan) *Case {
	c := &Case{Day: day, Plan: plan, keeps: keepsOf(day.Frozen)}
	c.indexDay()
	c.indexSites()
	c.indexPlan()
	return c
}

func (c *Case) indexDay() {
	c.tracers = by(c.Day.Tracers, func(t scheduler.Tracer) scheduler.TracerID { return t.ID })
	c.sites = by(c.Day.Sites, func(s scheduler.Site) scheduler.SiteID { return s.ID })
	c.centres = by(c.Day.Centres, func(x scheduler.Centre) scheduler.CentreID { return x.ID })
	c.links = by(c.Day.Links, func(l scheduler.Link) scheduler.LinkID { return l.ID })
	c.requests = by(c.Day.Requests, func(r scheduler.Request) scheduler.RequestID { return r.ID })
	c.scanners = map[scheduler.ScannerID]place{}
	for _, x := range c.Day.Centres {
		for _, s := range x.Scanners {
			c.scanners[s.ID] = place{s, x}
		}
	}
}

func (c *Case) indexSites() {
	c.targets, c.elutables = map[scheduler.TargetID]port{}, map[scheduler.GeneratorID]washed{}
	c.parcels, c.cells = map[scheduler.LotID]parcel{}, map[scheduler.HotCellID]cell{}
	c.lines = map[scheduler.QCLineID]scheduler.SiteID{}
	for _, s := range c.Day.Sites {
		for _, y := range s.Cyclotrons {
			for _, t := range y.Targets {
				c.targets[t.ID] = port{t, y, s.ID}
			}
		}
		for _, g := range s.Generators {
			c.elutables[g.ID] = washed{g, s.ID}
		}
		for _, l := range s.Lots {
			c.parcels[l.ID] = parcel{l, s.ID}
		}
		for _, h := range s.HotCells {
			c.cells[h.ID] = cell{h, s.ID}
		}
		for _, q := range s.QCLines {
			c.lines[q] = s.ID
		}
	}
}

// indexPlan ties the plan's things to what they name; of two with one name the first is meant.
func (c *Case) indexPlan() {
	c.runs, c.loads = map[scheduler.BatchID]*Run{}, map[scheduler.VialID]*Load{}
	c.served = map[scheduler.RequestID]bool{}
	for _, b := range c.Plan.Batches {
		if r, ok := c.run(b); ok {
			c.Runs = append(c.Runs, r)
			c.runs[b.ID] = r
		}
	}
	for _, v := range c.Plan.Vials {
		if l, ok := c.load(v); ok {
			c.Loads = append(c.Loads, l)
			c.loads[v.ID] = l
			l.Run.Loads = append(l.Run.Loads, l)
		}
	}
	for _, a := range c.Plan.Appointments {
		if v, ok := c.visit(a); ok {
			c.Visits = append(c.Visits, v)
			c.served[a.Request] = true
			v.Load.Visits = append(v.Load.Visits, v)
		}
	}
}

// by indexes a list; of two with one name the first is meant.
func by[K comparable, V any](list []V, key func(V) K) map[K]V {
	m := make(map[K]V, len(list))
	for _, v := range list {
		if _, twice := m[key(v)]; !twice {
			m[key(v)] = v
		}
	}
	return m
}
