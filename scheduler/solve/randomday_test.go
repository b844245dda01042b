package solve

import (
	"fmt"

	"pgregory.net/rapid"

	"beamslot/scheduler"
)

type minute = scheduler.Minute

// randomDay draws a small day of version 2: targets, generators and lots, roads and flights, scanners and therapy
// rooms, with hours that often do not fit, and now and then a duration that is not on the grid.
func randomDay(t *rapid.T) scheduler.Day {
	g := dice{t}
	d := scheduler.Day{Format: scheduler.DayFormat2, Name: "random", TimeStep: 5, Horizon: scheduler.Span{0, 1440},
		Objective: scheduler.Objective{BeamPerMin: 5, ActivityPerGBq: 2, Away: 60, Move: 20}}
	d.Tracers = []scheduler.Tracer{
		{ID: "FDG", Isotope: "F-18", HalfLife: 109.77, ShelfLife: g.pick(300, 600), VialLoss: 150},
		{ID: "DOTA", Isotope: "Ga-68", HalfLife: 67.71, ShelfLife: g.pick(120, 240), VialLoss: 20},
		{ID: "LUT", Isotope: "Lu-177", HalfLife: 9567.8, ShelfLife: 4000, VialLoss: 0},
	}
	for i := range g.n(1, 2) {
		d.Sites = append(d.Sites, g.site(i))
	}
	for i := range g.n(1, 3) {
		d.Centres = append(d.Centres, g.centre(i))
	}
	for i, s := range d.Sites {
		for j, c := range d.Centres {
			if i == j || g.often() {
				d.Links = append(d.Links, g.link(s.ID, c.ID))
			}
		}
	}
	for i := range g.n(0, 14) {
		d.Requests = append(d.Requests, g.request(i, d.Centres))
	}
	return d
}

// dice draws small numbers.
type dice struct{ t *rapid.T }

func (g dice) n(from, to int) int { return rapid.IntRange(from, to).Draw(g.t, "n") }
func (g dice) often() bool        { return g.n(0, 3) > 0 }
func (g dice) seldom() bool       { return g.n(0, 9) == 0 }
func (g dice) pick(of ...minute) minute {
	return rapid.SampledFrom(of).Draw(g.t, "minutes")
}

func (g dice) site(i int) scheduler.Site {
	id := fmt.Sprintf("S%d", i+1)
	s := scheduler.Site{ID: scheduler.SiteID(id), Open: scheduler.Span{g.pick(60, 120), g.pick(700, 1020)}}
	cyclotron := scheduler.Cyclotron{ID: scheduler.CyclotronID(id + "-C"), MaxParallel: g.n(1, 2),
		Open: []scheduler.Span{{g.pick(60, 180), 400}, {g.pick(400, 450), 900}}}
	for k := range g.n(1, 2) {
		cyclotron.Targets = append(cyclotron.Targets, scheduler.Target{ID: scheduler.TargetID(fmt.Sprintf("%s-T%d", id, k+1)),
			Isotope: "F-18", Asat: 4500, MaxUA: float64(g.n(5, 40)), MinBeam: 10, MaxBeam: g.pick(40, 120), Reload: g.pick(10, 20, 22)})
	}
	s.Cyclotrons = []scheduler.Cyclotron{cyclotron}
	s.Generators = []scheduler.Generator{{ID: scheduler.GeneratorID(id + "-G"), Isotope: "Ga-68", Parent: float64(g.n(500, 1800)),
		Efficiency: 0.65, Elution: 10, Regrow: g.pick(90, 150), Ready: g.pick(200, 303)}}
	s.Lots = []scheduler.Lot{{ID: scheduler.LotID(id + "-L"), Isotope: "Lu-177", Activity: float64(g.n(5000, 24000)), At: 660, Ready: 390, Draw: 10}}
	s.HotCells = []scheduler.HotCell{{ID: scheduler.HotCellID(id + "-H1"), Tracers: []scheduler.TracerID{"FDG"}, Cleanup: g.pick(30, 45)},
		{ID: scheduler.HotCellID(id + "-H2"), Tracers: []scheduler.TracerID{"FDG", "DOTA", "LUT"}, Cleanup: 40}}
	for k := range g.n(1, 2) {
		s.QCLines = append(s.QCLines, scheduler.QCLineID(fmt.Sprintf("%s-Q%d", id, k+1)))
	}
	for _, t := range []scheduler.TracerID{"FDG", "DOTA", "LUT"} {
		if g.often() {
			s.Processes = append(s.Processes, g.process(t))
		}
	}
	return s
}

func (g dice) process(t scheduler.TracerID) scheduler.Process {
	p := scheduler.Process{Tracer: t, Transfer: 5, Synthesis: g.pick(20, 35, 37), Yield: 0.7, QC: g.pick(20, 25, 26),
		QCMaxWait: g.pick(0, 10, 20), Pack: g.pick(5, 10), MaxBatch: float64(g.n(3, 40)) * 1000, Margin: 0.08,
		BatchCost: float64(g.n(2, 12)) * 100, FailProb: 0.03, YieldSD: 0.05}
	if g.seldom() {
		p.Transfer = 7
	}
	return p
}

func (g dice) centre(i int) scheduler.Centre {
	id := fmt.Sprintf("C%d", i+1)
	c := scheduler.Centre{ID: scheduler.CentreID(id), Open: scheduler.Span{360, g.pick(735, 900)}, UptakeRooms: g.n(1, 3),
		Prep: g.pick(10, 10, 12), Receive: g.pick(10, 15)}
	for k := range g.n(1, 2) {
		c.Scanners = append(c.Scanners, scheduler.Scanner{ID: scheduler.ScannerID(fmt.Sprintf("%s-P%d", id, k+1)),
			Open: []scheduler.Span{{420, 600}, {g.pick(600, 640), 880}}, Turnaround: g.pick(5, 10, 8)})
	}
	if g.seldom() {
		c.Scanners[0].Tracers = []scheduler.TracerID{"FDG"}
	}
	c.Scanners = append(c.Scanners, scheduler.Scanner{ID: scheduler.ScannerID(id + "-R"), Kind: "therapy_room",
		Open: []scheduler.Span{{420, 880}}, Turnaround: 10})
	return c
}

func (g dice) link(s scheduler.SiteID, c scheduler.CentreID) scheduler.Link {
	l := scheduler.Link{ID: scheduler.LinkID(fmt.Sprintf("%s-%s", s, c)), Site: s, Centre: c, Cost: float64(g.n(10, 90))}
	if g.often() {
		travel := g.pick(5, 25, 60)
		l.Travel = &travel
		return l
	}
	for leave := minute(250 + 5*g.n(0, 10)); leave < 700; leave += 5 * minute(g.n(10, 30)) {
		l.Departures = append(l.Departures, [2]minute{leave, leave + 70})
	}
	return l
}

func (g dice) request(i int, at []scheduler.Centre) scheduler.Request {
	from := minute(360 + 5*g.n(0, 60))
	r := scheduler.Request{ID: scheduler.RequestID(fmt.Sprintf("R%d", i+1)), WeightKg: 70, Dose: float64(g.n(100, 400)),
		Uptake: scheduler.Span{60, g.pick(60, 70)}, Scan: g.pick(15, 20, 25), Class: 2, Value: float64(g.n(4, 30)) * 100,
		Window: scheduler.Span{from, from + g.pick(30, 120, 300)}, LatePerMin: 1}
	r.Due = r.Window[0] + g.pick(20, 100)
	r.Tracer = rapid.SampledFrom([]scheduler.TracerID{"FDG", "FDG", "FDG", "DOTA", "LUT"}).Draw(g.t, "tracer")
	home := g.n(0, len(at)-1)
	r.Centres = []scheduler.CentreID{at[home].ID}
	if other := g.n(0, len(at)-1); other != home {
		r.Centres = append(r.Centres, at[other].ID)
	}
	if r.Tracer == "LUT" {
		r.Dose, r.Uptake, r.Scan = 7400, scheduler.Span{0, 0}, 210
		r.Centres, r.Scanners = r.Centres[:1], []scheduler.ScannerID{scheduler.ScannerID(r.Centres[0]) + "-R"}
	}
	return r
}
