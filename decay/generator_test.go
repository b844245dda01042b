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

func ExamplePair_Elute() {
	generator, _ := decay.LookupPair("Ge-68", "Ga-68", 1)
	column := decay.Column{Parent: decay.MBq(1850), Reference: noon}
	for range 3 {
		off, left, _ := generator.Elute(column, column.Reference.Add(4*time.Hour), decay.Elution{Efficiency: 0.65, Breakthrough: 1e-5})
		fmt.Printf("%s  %v of %s, %v of %s\n", left.Reference.Format("15:04"), off.Daughter.Activity, off.Daughter.Nuclide, off.Parent.Activity, off.Parent.Nuclide)
		column = left
	}
	// Output:
	// 16:00  1.099 GBq of Ga-68, 18.49 kBq of Ge-68
	// 20:00  1.131 GBq of Ga-68, 18.48 kBq of Ge-68
	// 00:00  1.132 GBq of Ga-68, 18.48 kBq of Ge-68
}

func ExampleBombard() {
	trip := decay.Bombard(8000, 109.734, decay.Stretch{CurrentUA: 40, Length: 30}, decay.Stretch{Length: 5}, decay.Stretch{CurrentUA: 40, Length: 30})
	fmt.Printf("%.1f GBq with a trip of five minutes, %.1f GBq without\n", trip/1e3, decay.EOB(40, 8000, 109.734, 60)/1e3)
	// Output: 99.5 GBq with a trip of five minutes, 100.9 GBq without
}

// drawPair draws two half-lives up to fifteen decades apart, and often nearly or quite the same.
func drawPair(t *rapid.T) decay.Pair {
	parent := math.Pow(10, rapid.Float64Range(-3, 9).Draw(t, "log T1"))
	apart := rapid.SampledFrom([]float64{1, 1 + 1e-15, 1 + 1e-9, 1.001, 2, 1e3, 1e-3, 1e6, 1e-6}).Draw(t, "T2/T1")
	return decay.Pair{
		Parent:    decay.Data{Nuclide: "P", HalfLife: parent},
		Daughter:  decay.Data{Nuclide: "D", HalfLife: parent * apart},
		Branching: rapid.Float64Range(0.01, 1).Draw(t, "branching"),
	}
}

func TestAColumnInTwoStepsIsAColumnInOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPair(t)
		c := decay.Column{Parent: decay.MBq(1000), Daughter: decay.MBq(rapid.Float64Range(0, 1000).Draw(t, "MBq")), Reference: noon}
		end := noon.Add(time.Duration(rapid.Float64Range(0, 5).Draw(t, "half-lives") * min(p.Parent.HalfLife, 1e8) * 1e9))
		half := noon.Add(end.Sub(noon) / 3)
		one, err1 := p.At(c, end)
		between, err2 := p.At(c, half)
		two, err3 := p.At(between, end)
		if err := errors.Join(err1, err2, err3); err != nil {
			t.Fatal(err)
		}
		if !near(float64(one.Parent), float64(two.Parent), 1e-12) || !near(float64(one.Daughter), float64(two.Daughter), 1e-11) {
			t.Errorf("in one step %+v, in two %+v", one, two)
		}
	})
}

// Every decay of the parent makes a daughter or does not: N₂ = N₂(0) + b·(N₁(0) − N₁) when the daughter hardly decays.
func TestALastingDaughterCountsTheParentsDecays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPair(t)
		p.Daughter.HalfLife = p.Parent.HalfLife * 1e15
		dt := rapid.Float64Range(0.1, 10).Draw(t, "half-lives") * min(p.Parent.HalfLife, 1e8)
		after, err := p.At(decay.Column{Parent: 1e12, Reference: noon}, noon.Add(time.Duration(dt*1e9)))
		if err != nil {
			t.Fatal(err)
		}
		made := float64(after.Daughter) * p.Daughter.HalfLife
		gone := p.Branching * (1e12 - float64(after.Parent)) * p.Parent.HalfLife
		if !near(made, gone, 1e-6) {
			t.Errorf("%v atoms·ln2 made, %v gone", made, gone)
		}
	})
}

func TestAnElutionLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, at := drawPair(t), noon.Add(time.Second)
		c := decay.Column{Parent: decay.MBq(1000), Daughter: decay.MBq(500), Reference: noon}
		e := decay.Elution{Efficiency: rapid.Float64Range(0, 1).Draw(t, "efficiency"), Breakthrough: rapid.Float64Range(0, 1e-3).Draw(t, "breakthrough")}
		before, err1 := p.At(c, at)
		off, left, err2 := p.Elute(c, at, e)
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		if !near(float64(off.Daughter.Activity+left.Daughter), float64(before.Daughter), 1e-15) || !near(float64(off.Parent.Activity+left.Parent), float64(before.Parent), 1e-15) {
			t.Errorf("%+v on the column became %+v and %+v", before, off, left)
		}
		if off.Daughter.Reference != left.Reference || left.Daughter < 0 || left.Parent < 0 {
			t.Errorf("left is %+v, off %+v", left, off)
		}
	})
}

func TestColumnsThatMeanNothing(t *testing.T) {
	good, err := decay.LookupPair("Ge68", "68Ga", 1)
	if err != nil {
		t.Fatal(err)
	}
	c := decay.Column{Parent: decay.MBq(1000), Reference: noon}
	_, back := good.At(c, noon.Add(-time.Second))
	_, bare := good.At(decay.Column{Parent: 1}, noon)
	_, less := good.At(decay.Column{Parent: 1, Daughter: -1, Reference: noon}, noon)
	_, gold := decay.LookupPair("gold", "Ga-68", 1)
	_, lead := decay.LookupPair("Ge-68", "lead", 1)
	_, none := decay.LookupPair("Ge-68", "Ga-68", 0)
	_, many := decay.LookupPair("Ge-68", "Ga-68", 1.1)
	_, nan := decay.LookupPair("Ge-68", "Ga-68", math.NaN())
	_, zero := decay.Pair{Branching: 1}.At(c, noon)
	_, _, over := good.Elute(c, noon, decay.Elution{Efficiency: 1.01})
	_, _, under := good.Elute(c, noon, decay.Elution{Efficiency: 0.9, Breakthrough: -1})
	_, _, early := good.Elute(c, noon.Add(-1), decay.Elution{})
	_, tiny := decay.Pair{Parent: good.Parent, Daughter: decay.Data{Nuclide: "X", HalfLife: 1e-309}, Branching: 1}.At(c, noon.Add(time.Minute))
	for why, err := range map[string]error{
		"cannot be reckoned back": back, "no reference time": bare, "must be 0 Bq or more": less, `"gold" is not`: gold, `"lead" is not`: lead,
		"a branching of 0;": none, "a branching of 1.1;": many, "a branching of NaN;": nan, "both must be above 0": zero,
		"an elution of 1.01 of the Ga-68": over, "-1 of the Ge-68": under, "what was washed out before": early, "X from Ge-68 cannot be reckoned": tiny,
	} {
		if err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("the error is %v; want one with %q", err, why)
		}
	}
}

func TestBeamsAtTheEdge(t *testing.T) {
	for _, c := range []struct{ mbq, current, want float64 }{
		{0, 0, 0}, {-1, 10, 0}, {10, 0, math.Inf(1)}, {100, 1, math.Inf(1)}, {50, 1, 110},
	} {
		if got := decay.BeamNeeded(c.mbq, c.current, 100, 110); got != c.want && !near(got, c.want, 1e-12) {
			t.Errorf("%v MBq with %v µA need %v min, want %v", c.mbq, c.current, got, c.want)
		}
	}
}

func TestABeamInPiecesIsABeam(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Float64Range(0, 300).Draw(t, "a"), rapid.Float64Range(0, 300).Draw(t, "b")
		pieces := decay.Bombard(8000, 109.734, decay.Stretch{CurrentUA: 40, Length: a}, decay.Stretch{CurrentUA: 40, Length: b})
		if whole := decay.EOB(40, 8000, 109.734, a+b); !near(pieces, whole, 1e-12) {
			t.Errorf("%v MBq in pieces, %v in one", pieces, whole)
		}
	})
}
