package solve_test

import (
	"context"
	"math"
	"testing"

	"beamslot/scheduler"
	"beamslot/scheduler/solve"
)

// clinic is a centre with its own generator and lot: two things besides a beam that activity comes from.
func clinic(requests ...scheduler.Request) scheduler.Day {
	road := scheduler.Minute(5)
	return scheduler.Day{Format: scheduler.DayFormat2, Name: "clinic", TimeStep: 5, Horizon: scheduler.Span{0, 1440},
		Objective: scheduler.Objective{BeamPerMin: 5, ActivityPerGBq: 2, Away: 60, Move: 20},
		Tracers: []scheduler.Tracer{{ID: "DOTATOC", Isotope: "Ga-68", HalfLife: 67.842, ShelfLife: 240, VialLoss: 10},
			{ID: "LU", Isotope: "Lu-177", HalfLife: 9567.792, ShelfLife: 4320, VialLoss: 40}},
		Sites: []scheduler.Site{{ID: "S", Open: scheduler.Span{240, 900}, Cyclotrons: []scheduler.Cyclotron{},
			HotCells: []scheduler.HotCell{{ID: "H1", Tracers: []scheduler.TracerID{"DOTATOC"}, Cleanup: 20},
				{ID: "H2", Tracers: []scheduler.TracerID{"LU"}, Cleanup: 20}},
			QCLines: []scheduler.QCLineID{"Q1", "Q2"},
			Processes: []scheduler.Process{
				{Tracer: "DOTATOC", Synthesis: 20, Yield: 0.8, QC: 20, QCMaxWait: 10, Pack: 5, MaxBatch: 2000, Margin: 0.1, BatchCost: 300},
				{Tracer: "LU", Synthesis: 15, Yield: 1, QC: 15, QCMaxWait: 10, Pack: 5, MaxBatch: 60000, Margin: 0, BatchCost: 300}},
			Generators: []scheduler.Generator{{ID: "G", Isotope: "Ga-68", Parent: 2800, Efficiency: 0.65, Elution: 10, Regrow: 150, Ready: 300}},
			Lots:       []scheduler.Lot{{ID: "L", Isotope: "Lu-177", Activity: 16000, At: 660, Ready: 390, Draw: 10}}}},
		Centres: []scheduler.Centre{{ID: "C", Open: scheduler.Span{360, 960}, UptakeRooms: 3, Prep: 10, Receive: 5,
			Scanners: []scheduler.Scanner{{ID: "P", Open: []scheduler.Span{{420, 940}}, Turnaround: 5},
				{ID: "R1", Kind: "therapy_room", Open: []scheduler.Span{{420, 940}}, Turnaround: 10},
				{ID: "R2", Kind: "therapy_room", Open: []scheduler.Span{{420, 940}}, Turnaround: 10},
				{ID: "R3", Kind: "therapy_room", Open: []scheduler.Span{{420, 940}}, Turnaround: 10}}}},
		Links:    []scheduler.Link{{ID: "S-C", Site: "S", Centre: "C", Cost: 15, Travel: &road}},
		Requests: requests}
}

func scan(id scheduler.RequestID, from, to scheduler.Minute) scheduler.Request {
	return scheduler.Request{ID: id, Tracer: "DOTATOC", WeightKg: 70, Dose: 150, Uptake: scheduler.Span{45, 75}, Scan: 20,
		Class: 2, Value: 2000, Window: scheduler.Span{from, to}, Due: to, Centres: []scheduler.CentreID{"C"}}
}

func therapy(id scheduler.RequestID) scheduler.Request {
	return scheduler.Request{ID: id, Tracer: "LU", WeightKg: 70, Dose: 7400, Scan: 210, Class: 1, Value: 3000,
		Window: scheduler.Span{420, 720}, Due: 720, Centres: []scheduler.CentreID{"C"}, Scanners: []scheduler.ScannerID{"R1", "R2", "R3"}}
}

func plan(t *testing.T, day scheduler.Day) solve.Result {
	t.Helper()
	got, err := solve.Plan(context.Background(), day, solve.Options{Steps: 3000})
	if err != nil {
		t.Fatal(err)
	}
	if r := lawful(t, day, got.Plan); !near(r.J, got.Score.Total()) {
		t.Errorf("the search says J %f, the law %f", got.Score.Total(), r.J)
	}
	return got
}

// One elution gives 0.65 · 2800 · (1 − 2^(−150/67.842)) = 1427 MBq, 930 at EOS and 837 less the margin: three patients
// in the morning. A second one can follow 150 minutes after the first has ended, and no sooner.
func TestGeneratorIsElutedAgainAfterRegrowth(t *testing.T) {
	got := plan(t, clinic(scan("A", 360, 420), scan("B", 360, 430), scan("C", 560, 700)))
	if got.Score.Served != 3 || len(got.Plan.Batches) != 2 {
		t.Fatalf("%d served by %d batches, want 3 by 2", got.Score.Served, len(got.Plan.Batches))
	}
	first, second := got.Plan.Batches[0], got.Plan.Batches[1]
	if first.Generator != "G" || first.BeamEnd-first.BeamStart != 10 || second.BeamStart < first.BeamEnd+150 {
		t.Errorf("eluted %d to %d, then from %d", first.BeamStart, first.BeamEnd, second.BeamStart)
	}
	if first.Share <= 0 || first.Share > 1 || got.Score.Beam != 0 {
		t.Errorf("a share of %g, and %g points of beam", first.Share, got.Score.Beam)
	}
	four := plan(t, clinic(scan("A", 360, 420), scan("B", 360, 420), scan("D", 360, 420), scan("E", 360, 420)))
	if four.Score.Served >= 4 {
		t.Errorf("one elution served %d", four.Score.Served)
	}
}

// A lot of 16 GBq holds two therapies of 7.4 GBq with their losses, not three.
func TestLotIsDrawnFromUntilUsedUp(t *testing.T) {
	day := clinic(therapy("A"), therapy("B"), therapy("C"))
	got := plan(t, day)
	if got.Score.Served != 2 {
		t.Fatalf("%d served from a lot for two", got.Score.Served)
	}
	drawn := 0.0
	for _, b := range got.Plan.Batches {
		if b.Lot != "L" || b.BeamStart < 390 || b.BeamEnd-b.BeamStart != 10 {
			t.Errorf("%+v", b)
		}
		drawn += b.Share
	}
	if drawn > 1 || drawn < 14800.0/16000*0.9 {
		t.Errorf("%.3f of the lot is drawn", drawn)
	}
	why := solve.Why(day, got.Plan)
	if len(why) != 1 || why[0].Law != "batch-activity" {
		t.Errorf("who is not served: %+v", why)
	}
}

func TestScansStayOutOfTherapyRooms(t *testing.T) {
	got := plan(t, clinic(scan("A", 360, 420), therapy("B")))
	for _, a := range got.Plan.Appointments {
		if (a.Request == "B") != (a.Scanner != "P") {
			t.Errorf("%s is on %s", a.Request, a.Scanner)
		}
	}
}

// What the calibrator reads at EOS replaces what was hoped for, and its margin with it.
func TestMeasuredActivityReplacesTheHoped(t *testing.T) {
	day := clinic(scan("A", 360, 420), scan("B", 360, 430), scan("C", 360, 440))
	before := plan(t, day)
	batch := before.Plan.Batches[0]
	eos := batch.SynthesisStart + 20
	for _, m := range []struct {
		activity float64
		served   int
	}{{2000, 3}, {300, 1}, {0, 0}} {
		day.Frozen = &scheduler.Frozen{Now: eos, Batches: before.Plan.Batches[:1], Reference: before.Plan.Appointments,
			Measured: []scheduler.MeasuredEOS{{Batch: batch.ID, Activity: m.activity, At: eos}}}
		again, err := solve.Plan(context.Background(), day, solve.Options{Steps: 2000, Warm: &before.Plan})
		if err != nil {
			t.Fatal(err)
		}
		lawful(t, day, again.Plan)
		fromIt, held := 0, 0.0
		for _, v := range again.Plan.Vials {
			if v.Batch == batch.ID {
				held += v.Activity * math.Exp2(float64(v.At-eos)/67.842)
				for _, a := range again.Plan.Appointments {
					if a.Vial == v.ID {
						fromIt++
					}
				}
			}
		}
		if fromIt != m.served || held > m.activity*(1+1e-6) {
			t.Errorf("%g MBq at EOS serve %d and fill %.1f MBq, want %d", m.activity, fromIt, held, m.served)
		}
	}
}

// A vial on the road may serve more patients within what it holds, and is not filled up.
func TestVialOnTheRoadServesWithinWhatItHolds(t *testing.T) {
	day := clinic(scan("A", 360, 420), scan("B", 360, 430), scan("C", 380, 440))
	batch := scheduler.Batch{ID: "X", Site: "S", Tracer: "DOTATOC", Generator: "G", BeamStart: 300, BeamEnd: 310, Share: 1,
		HotCell: "H1", SynthesisStart: 310, QCLine: "Q1", QCStart: 330}
	vial := scheduler.Vial{ID: "X/C", Batch: "X", Link: "S-C", Depart: 355, Activity: 410, At: 330}
	day.Frozen = &scheduler.Frozen{Now: 360, Batches: []scheduler.Batch{batch}, Vials: []scheduler.Vial{vial}}
	got := plan(t, day)
	fromIt := 0
	for _, a := range got.Plan.Appointments {
		if a.Vial == "X/C" {
			fromIt++
		}
	}
	if fromIt == 0 || fromIt == 3 {
		t.Errorf("a vial of 410 MBq at EOS serves %d", fromIt)
	}
	if held := got.Plan.Vials[0]; held != vial {
		t.Errorf("the vial on the road became %+v", held)
	}
	day.Frozen.LostBatches = []scheduler.BatchID{"X"}
	for _, a := range plan(t, day).Plan.Appointments {
		if a.Vial == "X/C" {
			t.Errorf("%s is served from a lost batch", a.Request)
		}
	}
}
