package decay_test

import (
	"fmt"
	"math"
	"testing"

	"beamslot/decay"
)

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

func ExampleData_Period() {
	for _, name := range []string{"F-18", "Ga-68", "Rb-82", "Lu-177", "Ge-68", "U-238", "Po-212"} {
		n, _ := decay.Lookup(name)
		fmt.Println(n.Nuclide, n.Period())
	}
	// Output:
	// F-18 109.7340 ± 0.0080 min
	// Ga-68 67.842 ± 0.016 min
	// Rb-82 75.450 ± 0.012 s
	// Lu-177 6.64430 ± 0.00090 d
	// Ge-68 271.050 ± 0.080 d
	// U-238 (4.4630 ± 0.0030)e9 y
	// Po-212 0.29440 ± 0.00080 µs
}

func TestAPeriodWithoutUncertaintySaysNone(t *testing.T) {
	if got := (decay.Data{HalfLife: 5400}).Period(); got != "90 min" {
		t.Errorf("got %q", got)
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
		case n.Rule == "" || n.Set != "beamslot-recommended/1":
			t.Errorf("%s is of set %q by rule %q", n.Nuclide, n.Set, n.Rule)
		case n.Source != "DDEP" && n.Source != "NUBASE2020":
			t.Errorf("%s is from %q", n.Nuclide, n.Source)
		}
	}
}

// The five where the evaluations disagree are the ones a reader may want to know of.
func TestDiscrepantEvaluationsSaySo(t *testing.T) {
	for _, name := range []string{"Mn-54", "Ga-66", "Pb-209", "Po-212", "Rn-222"} {
		const want = "DDEP and NUBASE2020 differ by more than 2 combined standard uncertainties; the later evaluation is taken"
		if n, err := decay.Lookup(name); err != nil || n.Rule != want {
			t.Errorf("%s: %q, %v", name, n.Rule, err)
		}
	}
}
