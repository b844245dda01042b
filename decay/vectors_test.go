package decay_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"
	"time"

	"beamslot/decay"
)

// vectors are decays, growths, productions and elutions reckoned with hundreds of digits; testdata/README.md has their
// source and licence.
type vectors struct {
	Single []struct {
		ID       string        `json:"id"`
		Nuclide  decay.Nuclide `json:"nuclide"`
		HalfLife float64       `json:"half_life_s"`
		Initial  float64       `json:"initial_bq"`
		Time     float64       `json:"time_s"`
		Activity float64       `json:"activity_bq"`
	} `json:"single"`
	Pair []struct {
		pair
		Daughter0     float64 `json:"daughter_bq"`
		Time          float64 `json:"time_s"`
		ParentAfter   float64 `json:"parent_after_bq"`
		DaughterAfter float64 `json:"daughter_after_bq"`
	} `json:"pair"`
	Production []struct {
		ID       string  `json:"id"`
		HalfLife float64 `json:"half_life_s"`
		Segments []struct {
			Duration float64 `json:"duration_s"`
			Rate     float64 `json:"rate_per_s"`
		} `json:"segments"`
		Activity float64 `json:"activity_bq"`
	} `json:"production"`
	Elution []struct {
		pair
		Efficiency   float64 `json:"efficiency"`
		Breakthrough float64 `json:"breakthrough"`
		Events       []struct {
			Time           float64 `json:"time_s"`
			ParentBefore   float64 `json:"parent_before_bq"`
			DaughterBefore float64 `json:"daughter_before_bq"`
			ElutedDaughter float64 `json:"eluted_daughter_bq"`
			ElutedParent   float64 `json:"eluted_parent_bq"`
		} `json:"events"`
	} `json:"elution"`
}

type pair struct {
	ID               string        `json:"id"`
	Parent           decay.Nuclide `json:"parent"`
	Daughter         decay.Nuclide `json:"daughter"`
	ParentHalfLife   float64       `json:"parent_half_life_s"`
	DaughterHalfLife float64       `json:"daughter_half_life_s"`
	Branching        float64       `json:"branching"`
	Parent0          float64       `json:"parent_bq"`
}

func (p pair) law() decay.Pair {
	return decay.Pair{
		Parent:    decay.Data{Nuclide: p.Parent, HalfLife: p.ParentHalfLife},
		Daughter:  decay.Data{Nuclide: p.Daughter, HalfLife: p.DaughterHalfLife},
		Branching: p.Branching,
	}
}

func readVectors(t *testing.T) vectors {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	if len(v.Single) < 100 || len(v.Pair) < 70 || len(v.Production) < 12 || len(v.Elution) < 2 {
		t.Fatalf("only %d, %d, %d and %d vectors", len(v.Single), len(v.Pair), len(v.Production), len(v.Elution))
	}
	return v
}

// worst keeps the largest relative error, and fails above the 1e-12 that a day can ask for.
type worst struct {
	t   *testing.T
	err float64
}

func (w *worst) near(id, what string, got, want float64) {
	w.t.Helper()
	off := math.Abs(got - want)
	if !(off <= 1e-12*math.Abs(want)+1e-300) {
		w.t.Errorf("%s: %s is %v, want %v (off by %.1e)", id, what, got, want, off/math.Abs(want))
	}
	if want != 0 {
		w.err = max(w.err, off/math.Abs(want))
	}
}

// after is seconds after noon, and whether a clock of nanoseconds can say them exactly enough.
func after(s float64) (time.Time, bool) {
	whole, part := math.Modf(s)
	ns := math.Round(part * 1e9)
	return time.Unix(noon.Unix()+int64(whole), int64(ns)), math.Abs(s) < 1e10 && math.Abs(part*1e9-ns) < 1e-6
}

func TestSingleNuclidesAgainstVectors(t *testing.T) {
	w, dated := worst{t: t}, 0
	for _, v := range readVectors(t).Single {
		w.near(v.ID, string(v.Nuclide), v.Initial*decay.Factor(v.HalfLife, v.Time), v.Activity)
		at, exact := after(v.Time)
		if !exact {
			continue
		}
		dated++
		law := decay.Data{Nuclide: v.Nuclide, HalfLife: v.HalfLife}
		got, err := law.At(decay.Assay{Nuclide: v.Nuclide, Activity: decay.Activity(v.Initial), Reference: noon}, at)
		if err != nil {
			t.Errorf("%s: %v", v.ID, err)
		}
		w.near(v.ID, "the assay of "+string(v.Nuclide), float64(got.Activity), v.Activity)
	}
	if dated < 80 {
		t.Errorf("only %d vectors went by the clock", dated)
	}
	t.Logf("worst relative error %.1e", w.err)
}

func TestPairsAgainstVectors(t *testing.T) {
	w, dated := worst{t: t}, 0
	for _, v := range readVectors(t).Pair {
		at, exact := after(v.Time)
		if !exact {
			continue
		}
		dated++
		got, err := v.law().At(decay.Column{Parent: decay.Activity(v.Parent0), Daughter: decay.Activity(v.Daughter0), Reference: noon}, at)
		if err != nil {
			t.Errorf("%s: %v", v.ID, err)
		}
		w.near(v.ID, string(v.Parent), float64(got.Parent), v.ParentAfter)
		w.near(v.ID, string(v.Daughter)+" from "+string(v.Parent), float64(got.Daughter), v.DaughterAfter)
		if v.Daughter0 == 0 && v.ParentHalfLife > v.DaughterHalfLife {
			w.near(v.ID, "the ratio", v.ParentAfter*decay.Ingrowth(v.ParentHalfLife, v.DaughterHalfLife, v.Branching, v.Time), v.DaughterAfter)
		}
	}
	if dated < 60 {
		t.Errorf("only %d vectors went by the clock", dated)
	}
	t.Logf("worst relative error %.1e", w.err)
}

func TestBombardmentsAgainstVectors(t *testing.T) {
	w := worst{t: t}
	for _, v := range readVectors(t).Production {
		var beam []decay.Stretch
		for _, s := range v.Segments {
			// Each atom made is a becquerel at saturation: a rate is a current with a yield of one.
			beam = append(beam, decay.Stretch{CurrentUA: s.Rate, Length: s.Duration})
		}
		w.near(v.ID, "at the end", decay.Bombard(1, v.HalfLife, beam...), v.Activity)
	}
	t.Logf("worst relative error %.1e", w.err)
}

func TestElutionsAgainstVectors(t *testing.T) {
	w := worst{t: t}
	for _, v := range readVectors(t).Elution {
		column := decay.Column{Parent: decay.Activity(v.Parent0), Reference: noon}
		for _, e := range v.Events {
			at, _ := after(e.Time)
			before, err := v.law().At(column, at)
			if err != nil {
				t.Fatalf("%s: %v", v.ID, err)
			}
			off, left, err := v.law().Elute(column, at, decay.Elution{Efficiency: v.Efficiency, Breakthrough: v.Breakthrough})
			if err != nil {
				t.Fatalf("%s: %v", v.ID, err)
			}
			w.near(v.ID, "the parent before", float64(before.Parent), e.ParentBefore)
			w.near(v.ID, "the daughter before", float64(before.Daughter), e.DaughterBefore)
			w.near(v.ID, "the daughter eluted", float64(off.Daughter.Activity), e.ElutedDaughter)
			w.near(v.ID, "the parent eluted", float64(off.Parent.Activity), e.ElutedParent)
			column = left
		}
	}
	t.Logf("worst relative error %.1e", w.err)
}
