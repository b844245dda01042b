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

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func near(a, b, rel float64) bool { return math.Abs(a-b) <= rel*math.Abs(b) }

func ExampleLookup() {
	for _, name := range []string{"F-18", "18F", "f18", "99mTc"} {
		n, _ := decay.Lookup(name)
		fmt.Printf("%s %.3f min, %s\n", n.Nuclide, n.HalfLifeMin(), n.Cite())
	}
	// Output:
	// F-18 109.734 min, NUBASE2020, beamslot-recommended/1
	// F-18 109.734 min, NUBASE2020, beamslot-recommended/1
	// F-18 109.734 min, NUBASE2020, beamslot-recommended/1
	// Tc-99m 360.396 min, NUBASE2020, beamslot-recommended/1
}

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

func TestNamesAsPeopleWriteThem(t *testing.T) {
	for name, want := range map[string]decay.Nuclide{
		"F-18": "F-18", "18F": "F-18", "F18": "F-18", "f-18": "F-18", " 18-F ": "F-18", "GA68": "Ga-68", "68Ga": "Ga-68",
		"Tc-99m": "Tc-99m", "99mTc": "Tc-99m", "TC99M": "Tc-99m", "C11": "C-11", "11c": "C-11", "Lu-177": "Lu-177",
	} {
		if got, err := decay.ParseNuclide(name); err != nil || got != want {
			t.Errorf("%q is read as %s (%v), want %s", name, got, err, want)
		}
	}
	for _, name := range []string{"", "F", "18", "F-", "-18", "F-0", "Fluorine-18", "F-18-2", "F-1800", "F 18"} {
		if got, err := decay.ParseNuclide(name); err == nil {
			t.Errorf("%q was taken for %s", name, got)
		}
	}
}

func TestAnUnknownNuclideNamesItsNeighbours(t *testing.T) {
	_, err := decay.Lookup("F-19")
	if err == nil || !strings.Contains(err.Error(), "F-18") || !strings.Contains(err.Error(), "beamslot-recommended/1") {
		t.Errorf("the error is %v; want it to name the set and F-18", err)
	}
}

func TestEveryHalfLifeIsUsable(t *testing.T) {
	all := decay.Nuclides()
	if len(all) != 233 {
		t.Errorf("%d nuclides, want 233", len(all))
	}
	for _, n := range all {
		parsed, err := decay.ParseNuclide(string(n.Nuclide))
		switch {
		case err != nil || parsed != n.Nuclide:
			t.Errorf("%s is printed otherwise than it is read: %s, %v", n.Nuclide, parsed, err)
		case !(n.HalfLife > 0) || math.IsInf(n.HalfLife, 0) || n.Uncertainty < 0 || n.Uncertainty > n.HalfLife:
			t.Errorf("%s: half-life %v ± %v s", n.Nuclide, n.HalfLife, n.Uncertainty)
		case n.Source != "DDEP" && n.Source != "NUBASE2020":
			t.Errorf("%s is from %q", n.Nuclide, n.Source)
		}
	}
}

// The values are the evaluations', reckoned here by hand: F-18 109.734 min, Ga-68 67.842 min, C-11 20.3402 min.
func TestHandReckoned(t *testing.T) {
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"half after one half-life", decay.Factor(109.734, 109.734), 0.5},
		{"double before one", decay.Factor(109.734, -109.734), 2},
		{"an hour of F-18", decay.Factor(109.734, 60), math.Pow(2, -60/109.734)},
		{"saturation at one half-life", decay.Saturation(109.734, 109.734), 0.5},
		{"saturation of a second in a year", decay.Saturation(365.25*86400, 1), math.Ln2 / (365.25 * 86400)},
		{"EOB of 40 µA for an hour", decay.EOB(40, 8000, 109.734, 60), 320000 * (1 - math.Pow(2, -60/109.734))},
		{"Ga-68 after four hours", decay.Ingrowth(390312, 67.842, 0.8914, 240), 0.8914 * (1 - math.Pow(2, -240/67.842))},
		{"ingrowth when half-lives are equal", decay.Ingrowth(100, 100, 1, 50), math.Ln2 / 2},
		{"eluted", decay.Eluted(decay.MBq(1000), 390312, 67.842, 1, 0.65, 1e5).MBq(), 650 * 390312 / (390312 - 67.842)},
	} {
		if !near(c.got, c.want, 2e-4) {
			t.Errorf("%s: %v, want %v", c.what, c.got, c.want)
		}
	}
}

func TestBeamNeededMakesWhatIsNeeded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		current, asat := rapid.Float64Range(1, 150).Draw(t, "µA"), rapid.Float64Range(100, 15000).Draw(t, "asat")
		want := rapid.Float64Range(1e-6, 0.999).Draw(t, "share") * current * asat
		beam := decay.BeamNeeded(want, current, asat, 109.734)
		if got := decay.EOB(current, asat, 109.734, beam); !near(got, want, 1e-9) {
			t.Errorf("%v min make %v MBq, want %v", beam, got, want)
		}
	})
	if !math.IsInf(decay.BeamNeeded(101, 1, 100, 110), 1) {
		t.Error("more than saturation can be made")
	}
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

func TestOutOfRangeIsAnErrorNeverInfinite(t *testing.T) {
	a := decay.Assay{Nuclide: "C-11", Activity: decay.MBq(400), Reference: noon}
	if got, err := a.At(noon.AddDate(-1, 0, 0)); !errors.Is(err, decay.ErrRange) {
		t.Errorf("a year back it was %v, %v", got.Activity, err)
	}
	if _, err := a.FallsTo(0); !errors.Is(err, decay.ErrRange) {
		t.Errorf("falls to nothing: %v", err)
	}
	a.Nuclide = "gold"
	if _, err := a.At(noon); err == nil {
		t.Error("gold decays")
	}
}

func FuzzParseNuclide(f *testing.F) {
	for _, s := range []string{"F-18", "99mTc", "Ga68", "", "-", "é-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := decay.ParseNuclide(s)
		if err != nil {
			return
		}
		if again, err := decay.ParseNuclide(string(n)); err != nil || again != n {
			t.Errorf("%q is printed as %s, which is read as %s (%v)", s, n, again, err)
		}
	})
}

func BenchmarkAssayAt(b *testing.B) {
	a := decay.Assay{Nuclide: "F-18", Activity: decay.MBq(400), Reference: noon}
	at := noon.Add(time.Hour)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := a.At(at); err != nil {
			b.Fatal(err)
		}
	}
}
