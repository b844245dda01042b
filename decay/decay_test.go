package decay_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"beamslot/decay"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func near(a, b, rel float64) bool { return math.Abs(a-b) <= rel*math.Abs(b) }

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
