package rules_test

import (
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
)

var update = flag.Bool("update", false, "write the golden files anew")

// spoil breaks one law of the theranostic day and its plan.
type spoil struct {
	law string
	do  func(d *scheduler.Day, p *scheduler.Plan)
}

// second adds a batch of a kind that is there already, made in a hot cell of its own.
func second(p *scheduler.Plan, d *scheduler.Day, like int, change func(*scheduler.Batch)) {
	b := p.Batches[like]
	b.ID, b.HotCell, b.QCLine = "B4", "H3", "Q3"
	d.Sites[0].HotCells = append(d.Sites[0].HotCells, scheduler.HotCell{ID: "H3", Tracers: []scheduler.TracerID{"FDG", "DOTATATE", "LUTATE"}})
	d.Sites[0].QCLines = append(d.Sites[0].QCLines, "Q3")
	change(&b)
	p.Batches = append(p.Batches, b)
}

// elsewhere adds a site and a centre at which nothing of the plan happens.
func elsewhere(d *scheduler.Day) {
	d.Sites = append(d.Sites, scheduler.Site{ID: "S2", QCLines: []scheduler.QCLineID{"Q9"}})
	d.Centres = append(d.Centres, scheduler.Centre{ID: "C2"})
}

func at(b *scheduler.Batch, start, end, synthesis, qc scheduler.Minute) {
	b.BeamStart, b.BeamEnd, b.SynthesisStart, b.QCStart = start, end, synthesis, qc
}

func spoils() []spoil {
	return []spoil{
		{"this-day", func(_ *scheduler.Day, p *scheduler.Plan) { p.Instance = "another" }},
		{"known-names", func(_ *scheduler.Day, p *scheduler.Plan) { p.Appointments[0].Vial = "V9" }},
		{"named-once", func(_ *scheduler.Day, p *scheduler.Plan) { p.Vials = append(p.Vials, p.Vials[0]) }},
		{"one-appointment", func(_ *scheduler.Day, p *scheduler.Plan) { p.Appointments = append(p.Appointments, p.Appointments[0]) }},
		{"time-grid", func(_ *scheduler.Day, p *scheduler.Plan) { p.Vials[0].At++ }},
		{"horizon", func(d *scheduler.Day, _ *scheduler.Plan) { d.Horizon[1] = 495 }},
		{"one-source", func(_ *scheduler.Day, p *scheduler.Plan) { p.Batches[0].Share = 0.5 }},
		{"own-site", func(d *scheduler.Day, p *scheduler.Plan) { elsewhere(d); p.Batches[0].QCLine = "Q9" }},
		{"isotope", func(d *scheduler.Day, _ *scheduler.Plan) { d.Sites[0].Cyclotrons[0].Targets[0].Isotope = "N-13" }},
		{"beam-current", func(d *scheduler.Day, _ *scheduler.Plan) { d.Sites[0].Cyclotrons[0].Targets[0].MaxUA = 11 }},
		{"beam-length", func(d *scheduler.Day, _ *scheduler.Plan) { d.Sites[0].Cyclotrons[0].Targets[0].MinBeam = 25 }},
		{"beam-window", func(d *scheduler.Day, _ *scheduler.Plan) {
			d.Sites[0].Cyclotrons[0].Open = []scheduler.Span{{240, 310}, {310, 960}}
		}},
		{"targets-in-beam", func(d *scheduler.Day, _ *scheduler.Plan) { d.Sites[0].Cyclotrons[0].MaxParallel = 0 }},
		{"target-reload", func(d *scheduler.Day, p *scheduler.Plan) {
			second(p, d, 0, func(b *scheduler.Batch) { at(b, 335, 355, 360, 395) })
		}},
		{"site-hours", func(d *scheduler.Day, _ *scheduler.Plan) { d.Sites[0].Open[0] = 305 }},
		{"source-share", func(_ *scheduler.Day, p *scheduler.Plan) { p.Batches[1].Share = 1.5 }},
		{"elution-length", func(d *scheduler.Day, _ *scheduler.Plan) { d.Sites[0].Generators[0].Elution = 10 }},
		{"generator-ready", func(d *scheduler.Day, _ *scheduler.Plan) { d.Sites[0].Generators[0].Ready = 335 }},
		{"generator-regrowth", func(d *scheduler.Day, p *scheduler.Plan) {
			second(p, d, 1, func(b *scheduler.Batch) { at(b, 570, 575, 575, 595) })
		}},
		{"drawing-length", func(d *scheduler.Day, _ *scheduler.Plan) { d.Sites[0].Lots[0].Draw = 15 }},
		{"lot-ready", func(d *scheduler.Day, _ *scheduler.Plan) { d.Sites[0].Lots[0].Ready = 405 }},
		{"one-drawing", func(d *scheduler.Day, p *scheduler.Plan) {
			second(p, d, 2, func(b *scheduler.Batch) { at(b, 405, 415, 415, 445) })
		}},
		{"lot-used-up", func(d *scheduler.Day, p *scheduler.Plan) {
			second(p, d, 2, func(b *scheduler.Batch) { at(b, 600, 610, 610, 640); b.Share = 0.6 })
		}},
		{"transfer", func(d *scheduler.Day, _ *scheduler.Plan) { d.Sites[0].Processes[0].Transfer = 0 }},
		{"hot-cell-tracer", func(d *scheduler.Day, _ *scheduler.Plan) { d.Sites[0].HotCells[0].Tracers = nil }},
		{"hot-cell-free", func(d *scheduler.Day, _ *scheduler.Plan) { d.Sites[0].HotCells[1].Cleanup = 60 }},
		{"qc-wait", func(d *scheduler.Day, p *scheduler.Plan) {
			d.Sites[0].Processes[2].QCMaxWait = 0
			p.Batches[2].QCStart, p.Vials[2].Depart = 445, 475
		}},
		{"qc-line-free", func(_ *scheduler.Day, p *scheduler.Plan) { p.Batches[0].QCLine = "Q2" }},
		{"largest-batch", func(d *scheduler.Day, _ *scheduler.Plan) { d.Sites[0].Processes[0].MaxBatch = 1000 }},
		{"batch-activity", func(d *scheduler.Day, _ *scheduler.Plan) { d.Sites[0].Processes[0].Margin = 0.9 }},
		{"vial-activity", func(_ *scheduler.Day, p *scheduler.Plan) { p.Vials[0].Activity = 500 }},
		{"link-site", func(d *scheduler.Day, _ *scheduler.Plan) { elsewhere(d); d.Links[0].Site = "S2" }},
		{"packed", func(_ *scheduler.Day, p *scheduler.Plan) { p.Vials[2].Depart = 465 }},
		{"timetable", func(d *scheduler.Day, _ *scheduler.Plan) {
			d.Links[0].Travel, d.Links[0].Departures = nil, [][2]scheduler.Minute{{380, 390}, {395, 405}}
		}},
		{"right-tracer", func(d *scheduler.Day, _ *scheduler.Plan) { d.Requests[0].Tracer = "DOTATATE" }},
		{"vial-at-centre", func(d *scheduler.Day, _ *scheduler.Plan) { elsewhere(d); d.Links[0].Centre = "C2" }},
		{"allowed-centre", func(d *scheduler.Day, _ *scheduler.Plan) { d.Requests[0].Centres = []scheduler.CentreID{"C2"} }},
		{"vial-received", func(d *scheduler.Day, _ *scheduler.Plan) { d.Centres[0].Receive = 25 }},
		{"shelf-life", func(d *scheduler.Day, _ *scheduler.Plan) { d.Tracers[0].ShelfLife = 60 }},
		{"injection-window", func(d *scheduler.Day, _ *scheduler.Plan) { d.Requests[0].Window[0] = 430 }},
		{"uptake-time", func(d *scheduler.Day, _ *scheduler.Plan) { d.Requests[0].Uptake = scheduler.Span{70, 80} }},
		{"centre-hours", func(d *scheduler.Day, _ *scheduler.Plan) { d.Centres[0].Open[0] = 405 }},
		{"uptake-rooms", func(d *scheduler.Day, _ *scheduler.Plan) { d.Centres[0].UptakeRooms = 1 }},
		{"allowed-scanner", func(d *scheduler.Day, _ *scheduler.Plan) { d.Requests[0].Scanners = []scheduler.ScannerID{"TR1"} }},
		{"scanner-tracer", func(d *scheduler.Day, _ *scheduler.Plan) {
			d.Centres[0].Scanners[0].Tracers = []scheduler.TracerID{"DOTATATE"}
		}},
		{"scanner-hours", func(d *scheduler.Day, _ *scheduler.Plan) { d.Centres[0].Scanners[0].Open[0][1] = 500 }},
		{"scanner-free", func(d *scheduler.Day, _ *scheduler.Plan) { d.Centres[0].Scanners[0].Turnaround = 10 }},
		{"therapy-room", func(d *scheduler.Day, _ *scheduler.Plan) { d.Requests[2].Scanners = nil }},
		{"frozen", func(d *scheduler.Day, p *scheduler.Plan) {
			d.Frozen = &scheduler.Frozen{Batches: slices.Clone(p.Batches[:1])}
			p.Batches[0].CurrentUA = 13
		}},
		{"lost-batch", func(d *scheduler.Day, p *scheduler.Plan) {
			d.Frozen = &scheduler.Frozen{Batches: p.Batches[:1], LostBatches: []scheduler.BatchID{"B1"}}
		}},
		{"scanner-down", func(d *scheduler.Day, _ *scheduler.Plan) {
			d.Frozen = &scheduler.Frozen{DownScanners: []scheduler.Down{{Scanner: "P1", From: 505, To: 600}}}
		}},
		{"not-before-now", func(d *scheduler.Day, _ *scheduler.Plan) { d.Frozen = &scheduler.Frozen{Now: 305} }},
		{"served", func(*scheduler.Day, *scheduler.Plan) {}},
		{"in-time", func(d *scheduler.Day, _ *scheduler.Plan) { d.Requests[0].Due = 420 }},
		{"at-home", func(d *scheduler.Day, _ *scheduler.Plan) { d.Requests[0].Centres = []scheduler.CentreID{"C2", "C1"} }},
		{"stays-put", func(d *scheduler.Day, p *scheduler.Plan) {
			was := p.Appointments[0]
			was.Injection -= 20
			d.Frozen = &scheduler.Frozen{Reference: []scheduler.Appointment{was}}
		}},
	}
}

func theranostic(t testing.TB) (scheduler.Day, scheduler.Plan) {
	t.Helper()
	return readDay(t, "theranostic"), readPlan(t, "theranostic.by-hand")
}

func TestTheDayThatIsSpoiledIsLawful(t *testing.T) {
	r := rules.Check(theranostic(t))
	if !r.Lawful() {
		t.Fatalf("broken: %v", r.Breaches)
	}
	if got := laws(r.Wishes); cmp.Diff(got, []string{"in-time", "served"}) != "" {
		t.Errorf("wishes %v", got)
	}
}

// Each law is broken by something that breaks no other, and what it then says is in the golden file.
func TestEachLawIsBrokenAlone(t *testing.T) {
	var said strings.Builder
	for _, s := range spoils() {
		day, plan := theranostic(t)
		s.do(&day, &plan)
		r := rules.Check(day, plan)
		broken := r.Breaches
		if i := slices.IndexFunc(rules.Laws(), func(l rules.Law) bool { return l.Name == s.law && l.Kind != rules.Hard }); i >= 0 {
			if !r.Lawful() || !slices.Contains(laws(r.Wishes), s.law) {
				t.Errorf("%s: breaches %v, wishes %v", s.law, r.Breaches, r.Wishes)
			}
			broken = slices.DeleteFunc(r.Wishes, func(b rules.Breach) bool { return b.Law != s.law })
		} else if got := laws(r.Breaches); len(got) != 1 || got[0] != s.law {
			t.Errorf("%s: broken are %v: %v", s.law, got, r.Breaches)
		}
		for _, b := range broken {
			said.WriteString(b.Law + ": " + b.On + ": " + b.Says + "\n")
		}
	}
	golden(t, "testdata/breaches.golden", said.String())
}

// laws is the names of the laws in breaches, once each.
func laws(all []rules.Breach) []string {
	names := []string{}
	for _, b := range all {
		names = append(names, b.Law)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); go test -update writes it anew:\n%s", path, diff)
	}
}

func TestEveryLawIsTestedAndWrittenDown(t *testing.T) {
	page, err := os.ReadFile("../../docs/formats.md")
	if err != nil {
		t.Fatal(err)
	}
	written := regexp.MustCompile(`[a-z]+(-[a-z]+)*`).FindAllString(string(page), -1)
	var spoiled []string
	for _, s := range spoils() {
		spoiled = append(spoiled, s.law)
	}
	seen := map[string]bool{}
	for _, l := range rules.Laws() {
		if seen[l.Name] || l.Says == "" || !strings.HasSuffix(l.Says, ".") || l.Kind == "" {
			t.Errorf("law %q is named twice, says %q, or is of no kind", l.Name, l.Says)
		}
		seen[l.Name] = true
		if !slices.Contains(spoiled, l.Name) {
			t.Errorf("no test breaks %s", l.Name)
		}
		if !slices.Contains(written, l.Name) {
			t.Errorf("docs/formats.md does not name %s", l.Name)
		}
	}
}

func TestABatchComesFromOneSource(t *testing.T) {
	for _, c := range []struct {
		says string
		do   func(*scheduler.Plan)
	}{
		{"it names 0 sources", func(p *scheduler.Plan) { p.Batches[0].Target = "" }},
		{"it names 2 sources", func(p *scheduler.Plan) { p.Batches[0].Lot = "L1" }},
		{"G1 has no beam, and the batch says 5 µA", func(p *scheduler.Plan) { p.Batches[1].CurrentUA = 5 }},
	} {
		day, plan := theranostic(t)
		c.do(&plan)
		r := rules.Check(day, plan)
		if i := slices.IndexFunc(r.Breaches, func(b rules.Breach) bool { return b.Law == "one-source" }); i < 0 || r.Breaches[i].Says != c.says {
			t.Errorf("want %q: %v", c.says, r.Breaches)
		}
	}
}

func TestTwoBatchesOfOneNameAreNamedOnce(t *testing.T) {
	day, plan := theranostic(t)
	plan.Batches = append(plan.Batches, plan.Batches[0], plan.Batches[0])
	if r := rules.Check(day, plan); len(r.Breaches) != 1 || r.Breaches[0].Law != "named-once" || r.Breaches[0].On != "B1" {
		t.Errorf("%v", r.Breaches)
	}
}

// How long does the law take to look at a plan for a thousand patients?
func BenchmarkCheck(b *testing.B) {
	for _, name := range []string{"medium-1", "large-1"} {
		day, plan := readDay(b, name), readPlan(b, name+".by-hand")
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if !rules.Check(day, plan).Lawful() {
					b.Fatal("broken")
				}
			}
		})
	}
}
