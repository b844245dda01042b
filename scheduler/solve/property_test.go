package solve

import (
	"context"
	"os"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
)

// soak multiplies what a normal run does: make soak sets BEAMSLOT_SOAK.
func soak(n int) int {
	if os.Getenv("BEAMSLOT_SOAK") != "" {
		return 25 * n
	}
	return n
}

func planned(t *rapid.T, d scheduler.Day, o Options) Result {
	got, err := Plan(context.Background(), d, o)
	if err != nil {
		t.Fatalf("planning: %v", err)
	}
	return got
}

// holds fails unless the plan breaks no more than the frozen part does by itself, and the scores agree.
func holds(t *rapid.T, d scheduler.Day, p scheduler.Plan) rules.Report {
	r := rules.Check(d, p)
	own := map[rules.Breach]bool{}
	if f := d.Frozen; f != nil {
		for _, b := range rules.Check(d, scheduler.Plan{Format: p.Format, Instance: d.Name, Batches: f.Batches,
			Vials: f.Vials, Appointments: f.Appointments}).Breaches {
			own[b] = true
		}
	}
	for _, b := range r.Breaches {
		if !own[b] {
			t.Fatalf("%s on %s: %s", b.Law, b.On, b.Says)
		}
	}
	return r
}

func TestRandomDaysArePlannedLawfully(t *testing.T) {
	served := 0
	for range soak(4) {
		rapid.Check(t, func(t *rapid.T) {
			d := randomDay(t)
			got := planned(t, d, Options{Seed: 3, Steps: 200})
			r := holds(t, d, got.Plan)
			if diff := r.J - got.Score.Total(); diff > 1e-6 || diff < -1e-6 {
				t.Fatalf("the search says J %f %+v, the law %f %+v", got.Score.Total(), got.Score, r.J, r.Score)
			}
			if got.Score.Total() < 0 {
				t.Fatalf("J %f is worse than doing nothing", got.Score.Total())
			}
			served += got.Score.Served
			holds(t, d, ByHand(d))
			unserved := Why(d, got.Plan)
			if len(unserved)+got.Score.Served != len(d.Requests) {
				t.Fatalf("%d of %d served, and %d explained", got.Score.Served, len(d.Requests), len(unserved))
			}
			for _, u := range unserved {
				if u.Law == "" || u.Says == "" {
					t.Fatalf("%s is not served, and no reason is given", u.Request)
				}
			}
		})
	}
	if served == 0 {
		t.Fatal("nobody is ever served: the days are too hard to test anything")
	}
}

func TestRandomDaysGiveOnePlanPerSeed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := randomDay(t)
		seed := rapid.Uint64().Draw(t, "seed")
		a := planned(t, d, Options{Seed: seed, Steps: 100, Cores: 1})
		b := planned(t, d, Options{Seed: seed, Steps: 100, Cores: 2})
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("one core: %+v\ntwo cores: %+v", a, b)
		}
	})
}

func TestRandomDaysAreReplannedLawfully(t *testing.T) {
	for range soak(4) {
		rapid.Check(t, func(t *rapid.T) {
			d := randomDay(t)
			before := planned(t, d, Options{Seed: 5, Steps: 100}).Plan
			d = overtaken(t, d, before)
			after := planned(t, d, Options{Seed: 5, Steps: 100, Warm: &before})
			r := holds(t, d, after.Plan)
			if diff := r.J - after.Score.Total(); diff > 1e-6 || diff < -1e-6 {
				t.Fatalf("the search says J %f %+v, the law %f %+v", after.Score.Total(), after.Score, r.J, r.Score)
			}
			sameIDs(t, before, after.Plan)
			Why(d, after.Plan)
			holds(t, d, ByHand(d))
		})
	}
}

// overtaken is the day at some minute of it: what began is frozen, a batch may be lost or measured, a scanner down.
func overtaken(t *rapid.T, d scheduler.Day, p scheduler.Plan) scheduler.Day {
	g := dice{t}
	f := &scheduler.Frozen{Now: minute(5 * g.n(10, 160)), Reference: p.Appointments}
	made, sent := map[scheduler.BatchID]bool{}, map[scheduler.VialID]bool{}
	for _, b := range p.Batches {
		if b.BeamStart < f.Now {
			f.Batches, made[b.ID] = append(f.Batches, b), true
			switch g.n(0, 4) {
			case 0:
				f.LostBatches = append(f.LostBatches, b.ID)
			case 1:
				f.Measured = append(f.Measured, scheduler.MeasuredEOS{Batch: b.ID, Activity: 100 * float64(g.n(1, 200)), At: b.QCStart})
			}
		}
	}
	for _, v := range p.Vials {
		if made[v.Batch] && v.Depart < f.Now {
			f.Vials, sent[v.ID] = append(f.Vials, v), true
		}
	}
	for _, a := range p.Appointments {
		if sent[a.Vial] && a.Injection < f.Now {
			f.Appointments = append(f.Appointments, a)
		}
	}
	if g.often() {
		f.DownScanners = []scheduler.Down{{Scanner: d.Centres[0].Scanners[0].ID, From: f.Now, To: f.Now + 60}}
	}
	d.Frozen = f
	return d
}

// sameIDs fails when an id of the plan before means another tracer, or a vial of another batch or link, after.
func sameIDs(t *rapid.T, before, after scheduler.Plan) {
	batches, vials := map[scheduler.BatchID]scheduler.Batch{}, map[scheduler.VialID]scheduler.Vial{}
	for _, b := range before.Batches {
		batches[b.ID] = b
	}
	for _, v := range before.Vials {
		vials[v.ID] = v
	}
	for _, b := range after.Batches {
		if was, ok := batches[b.ID]; ok && (was.Tracer != b.Tracer || was.Site != b.Site) {
			t.Fatalf("%s was %s of %s and is %s of %s", b.ID, was.Tracer, was.Site, b.Tracer, b.Site)
		}
	}
	for _, v := range after.Vials {
		if was, ok := vials[v.ID]; ok && (was.Batch != v.Batch || was.Link != v.Link) {
			t.Fatalf("vial %s was of %s by %s and is of %s by %s", v.ID, was.Batch, was.Link, v.Batch, v.Link)
		}
	}
}
