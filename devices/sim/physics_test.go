package sim

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var fluorine = species{"F-18", time.Duration(109.77 * float64(time.Minute))}

// The closed forms of activity and charge are what summing the beam second by second gives.
func TestProducedIsTheIntegral(t *testing.T) {
	for _, s := range []species{fluorine, {"C-11", 20 * time.Minute}, {"O-15", 122 * time.Second}} {
		lambda := math.Ln2 / s.halfLife.Seconds()
		a, q, dt := 0.0, 0.0, 0.01
		for i := range 90_000 {
			at := time.Duration(float64(i+1) * dt * float64(time.Second))
			mid := rising(at - time.Duration(dt/2*float64(time.Second)))
			a += dt * lambda * (mid - a)
			q += mid * dt / 3600
			if i%4_999 != 0 {
				continue
			}
			if math.Abs(s.produced(at)-a) > 1e-4*a+1e-7 {
				t.Errorf("%s after %v: %g, summed %g", s.nuclide, at, s.produced(at), a)
			}
			if math.Abs(charge(at)-q) > 1e-4*q+1e-6 {
				t.Errorf("charge after %v: %g h, summed %g", at, charge(at), q)
			}
		}
	}
}

// More beam makes more, never more than saturation, and never as much as a beam without ramp.
func TestProducedLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seconds := rapid.IntRange(0, 40_000)
		a, b := time.Duration(seconds.Draw(t, "a"))*time.Second, time.Duration(seconds.Draw(t, "b"))*time.Second
		if a > b {
			a, b = b, a
		}
		pa, pb := fluorine.produced(a), fluorine.produced(b)
		if pa < 0 || pa > pb+1e-12 || pb > 1 || pb > fluorine.grown(b)+1e-12 {
			t.Fatalf("%v makes %g, %v makes %g", a, pa, b, pb)
		}
		p := product{fluorine, 1000, time.Unix(1e9, 0)}
		one, two := p.from.Add(a), p.from.Add(b)
		if x, y := p.at(one)*fluorine.left(b-a), p.at(two); math.Abs(x-y) > 1e-9*y {
			t.Fatalf("%g decays to %g over %v, not to %g", p.at(one), y, b-a, x)
		}
		if p.at(p.from.Add(-time.Second)) != 0 {
			t.Fatal("there is product before it exists")
		}
	})
}

// Noise is the seed's and the names', whatever was drawn before.
func TestNoise(t *testing.T) {
	if noise(1, "a", "b") != noise(1, "a", "b") || noise(1, "a", "b") == noise(2, "a", "b") || noise(1, "a", "b") == noise(1, "ab") {
		t.Error("noise is not a function of seed and names")
	}
	sum, square, n := 0.0, 0.0, 4000
	for i := range n {
		x := noise(uint64(i), "yield", "B1")
		sum, square = sum+x, square+x*x
	}
	if mean, sd := sum/float64(n), math.Sqrt(square/float64(n)); math.Abs(mean) > 0.06 || math.Abs(sd-1) > 0.06 {
		t.Errorf("mean %.3f, deviation %.3f", mean, sd)
	}
}

// A run goes through its states and is free in the end.
func TestRunStates(t *testing.T) {
	at := time.Unix(1e9, 0)
	r := &run{batch: "B", from: at, end: at.Add(time.Hour), free: at.Add(2 * time.Hour)}
	for minutes, want := range map[int]string{0: "on B", 59: "on B", 60: "done B", 119: "done B", 120: "idle "} {
		now := at.Add(time.Duration(minutes) * time.Minute)
		if got := r.state(now, "on", "done", "broken") + " " + r.shown(now); got != want {
			t.Errorf("after %d min: %q, not %q", minutes, got, want)
		}
	}
	r.failed = true
	if got := r.state(at.Add(time.Hour), "on", "done", "broken"); got != "broken" {
		t.Errorf("a run that failed is %q", got)
	}
	if (&run{}).state(at, "on", "done", "broken") != "idle" {
		t.Error("a machine without a run is not idle")
	}
}

// The steps of a synthesis fill its time, and its instruments move without a jump.
func TestSteps(t *testing.T) {
	total := 0.0
	for _, s := range steps() {
		total += s.share
		if stepNamed(s.name) < 0 {
			t.Errorf("step %s is not found", s.name)
		}
	}
	if math.Abs(total-1) > 1e-9 {
		t.Errorf("the steps take %g of the time", total)
	}
	m := &module{yield: 0.6}
	last := 0.0
	for i := range 1001 {
		x := m.inReactor(float64(i) / 1000)
		if x < 0 || x > 1 || math.Abs(x-last) > 0.03 {
			t.Errorf("the detector jumps from %g to %g at %d‰", last, x, i)
		}
		last = x
	}
}
