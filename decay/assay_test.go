package decay_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"beamslot/decay"
)

func ExampleAssay_At() {
	vial := decay.Assay{Nuclide: "F-18", Activity: decay.MBq(3700), Reference: noon}
	later, _ := vial.At(noon.Add(110 * time.Minute))
	fmt.Printf("%.0f MBq at %s\n", later.Activity.MBq(), later.Reference.Format("15:04"))
	// Output: 1847 MBq at 13:50
}

func ExampleAssay_FallsTo() {
	vial := decay.Assay{Nuclide: "Ga-68", Activity: decay.MBq(1000), Reference: noon}
	when, _ := vial.FallsTo(decay.MBq(125))
	fmt.Println(when.Format("15:04"))
	// Output: 15:23
}

func TestThereAndBackAgain(t *testing.T) {
	all := decay.Nuclides()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom(all).Draw(t, "nuclide")
		a := decay.Assay{Nuclide: n.Nuclide, Activity: decay.Activity(rapid.Float64Range(1, 1e13).Draw(t, "Bq")), Reference: noon}
		dt := time.Duration(rapid.Float64Range(-30, 30).Draw(t, "half-lives") * min(n.HalfLife, 1e8) * 1e9)
		there, err := a.At(noon.Add(dt))
		if err != nil {
			t.Fatal(err)
		}
		back, err := there.At(noon)
		if err != nil || !near(float64(back.Activity), float64(a.Activity), 1e-12) {
			t.Errorf("%v became %v and came back as %v (%v)", a.Activity, there.Activity, back.Activity, err)
		}
	})
}

func TestStepsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Float64Range(0, 500).Draw(t, "a"), rapid.Float64Range(0, 500).Draw(t, "b")
		if got, want := decay.Factor(109.734, a)*decay.Factor(109.734, b), decay.Factor(109.734, a+b); !near(got, want, 1e-13) {
			t.Errorf("%v in two steps, %v in one", got, want)
		}
	})
}

func TestASumIsOfOneNuclide(t *testing.T) {
	a := decay.Assay{Nuclide: "18F", Activity: decay.MBq(100), Reference: noon}
	b := decay.Assay{Nuclide: "F-18", Activity: decay.MBq(100), Reference: noon.Add(-6584040 * time.Millisecond)}
	sum, err := decay.Sum(noon, a, b)
	if err != nil || !near(sum.Activity.MBq(), 150, 1e-12) || sum.Nuclide != "F-18" {
		t.Errorf("the sum is %v, %v", sum, err)
	}
	b.Nuclide = "Ga-68"
	if _, err := decay.Sum(noon, a, b); err == nil {
		t.Error("F-18 and Ga-68 were added up")
	}
	if _, err := decay.Sum(noon); err == nil {
		t.Error("nothing was added up")
	}
}

func TestALevelIsReachedWhenItIsSaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := decay.Assay{Nuclide: "F-18", Activity: decay.Activity(rapid.Float64Range(1e3, 1e12).Draw(t, "Bq")), Reference: noon}
		level := decay.Activity(rapid.Float64Range(1, 1e13).Draw(t, "level"))
		when, err := a.FallsTo(level)
		if err != nil {
			t.Fatal(err)
		}
		// A nanosecond of F-18 is 1e-13 of its activity.
		if got, err := a.At(when); err != nil || !near(float64(got.Activity), float64(level), 1e-12) {
			t.Errorf("%v is %v at %v, want %v (%v)", a.Activity, got.Activity, when, level, err)
		}
		if (level < a.Activity) != when.After(noon) && level != a.Activity {
			t.Errorf("%v falls to %v at %v", a.Activity, level, when)
		}
	})
}

func TestAssaysThatMeanNothing(t *testing.T) {
	good := decay.Assay{Nuclide: "C-11", Activity: decay.MBq(400), Reference: noon}
	for why, spoil := range map[string]func(*decay.Assay){
		"has no reference time":       func(a *decay.Assay) { a.Reference = time.Time{} },
		"must be 0 Bq or more":        func(a *decay.Assay) { a.Activity = -1 },
		"NaN Bq of C-11":              func(a *decay.Assay) { a.Activity = decay.Activity(math.NaN()) },
		"and finite":                  func(a *decay.Assay) { a.Activity = decay.Activity(math.Inf(1)) },
		`"gold" is not a nuclide`:     func(a *decay.Assay) { a.Nuclide = "gold" },
		"C-12 is not in beamslot-rec": func(a *decay.Assay) { a.Nuclide = "C-12" },
	} {
		bad := good
		spoil(&bad)
		if got, err := bad.At(noon); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("At gives %v, %v; want an error with %q", got, err, why)
		}
		if got, err := bad.FallsTo(1); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("FallsTo gives %v, %v; want an error with %q", got, err, why)
		}
		if got, err := decay.Sum(noon, good, bad); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("Sum gives %v, %v; want an error with %q", got, err, why)
		}
	}
}

func TestOutOfRangeIsAnErrorNeverInfinite(t *testing.T) {
	a := decay.Assay{Nuclide: "C-11", Activity: decay.MBq(400), Reference: noon}
	if got, err := a.At(noon.AddDate(-1, 0, 0)); !errors.Is(err, decay.ErrRange) || !strings.Contains(err.Error(), "looks back too far") {
		t.Errorf("a year back it was %v, %v", got.Activity, err)
	}
	if got, err := a.At(noon.AddDate(5000, 0, 0)); err != nil || got.Activity != 0 {
		t.Errorf("in 5000 years it is %v, %v", got.Activity, err)
	}
	for _, level := range []decay.Activity{0, -1, decay.Activity(math.NaN()), decay.Activity(math.Inf(1))} {
		if got, err := a.FallsTo(level); !errors.Is(err, decay.ErrRange) {
			t.Errorf("falls to %v at %v, %v", level, got, err)
		}
	}
	if got, err := (decay.Data{Nuclide: "X", HalfLife: 0}).At(a, noon); !errors.Is(err, decay.ErrRange) {
		t.Errorf("with no half-life it is %v, %v", got, err)
	}
	a.Activity = math.MaxFloat64
	if got, err := decay.Sum(noon, a, a); !errors.Is(err, decay.ErrRange) {
		t.Errorf("twice the largest is %v, %v", got, err)
	}
}

func TestAnyAssayAtAnyTimeIsFiniteOrRefused(t *testing.T) {
	all := decay.Nuclides()
	rapid.Check(t, func(t *rapid.T) {
		a := decay.Assay{Nuclide: rapid.SampledFrom(all).Draw(t, "nuclide").Nuclide, Activity: decay.Activity(rapid.Float64().Draw(t, "Bq")), Reference: noon}
		at := time.Unix(rapid.Int64Range(-6e10, 2.5e11).Draw(t, "s"), 0)
		got, err := a.At(at)
		if err == nil && (!(got.Activity >= 0) || math.IsInf(float64(got.Activity), 0)) {
			t.Errorf("%v at %v is %v", a, at, got)
		}
	})
}

func TestDecayAllocatesNothing(t *testing.T) {
	a, at := decay.Assay{Nuclide: "F-18", Activity: decay.MBq(400), Reference: noon}, noon.Add(time.Hour)
	if n := testing.AllocsPerRun(100, func() { _, _ = a.At(at) }); n != 0 {
		t.Errorf("a decay allocates %v times", n)
	}
}

// What does it cost to refer an activity to another moment, by the nuclide's name and with its data at hand?
func BenchmarkAssayAt(b *testing.B) {
	a, at := decay.Assay{Nuclide: "F-18", Activity: decay.MBq(400), Reference: noon}, noon.Add(time.Hour)
	b.Run("by-name", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := a.At(at); err != nil {
				b.Fatal(err)
			}
		}
	})
	d, err := decay.Lookup("F-18")
	if err != nil {
		b.Fatal(err)
	}
	b.Run("data-known", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := d.At(a, at); err != nil {
				b.Fatal(err)
			}
		}
	})
}
