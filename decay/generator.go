package decay

import (
	"fmt"
	"math"
	"time"
)

// Ingrowth is the daughter's activity over the parent's, both at the same moment, dt after an elution that left none
// of the daughter: λ₂/(λ₂−λ₁)·(1 − e^(−(λ₂−λ₁)·dt)), the two-member Bateman equation written without a difference of
// nearly equal numbers. Times are in one unit; branching is the share of parent decays that lead to the daughter. It is
// for a parent that outlives its daughter: where it does not, the ratio grows without bound, and Pair is the way.
func Ingrowth(parentHalfLife, daughterHalfLife, branching, dt float64) float64 {
	l1, l2 := math.Ln2/parentHalfLife, math.Ln2/daughterHalfLife
	return branching * l2 * dt * mean((l2-l1)*dt)
}

// mean is (1 − e^(−x))/x, and 1 where x is 0.
func mean(x float64) float64 {
	if x == 0 {
		return 1
	}
	return -math.Expm1(-x) / x
}

// Eluted is the daughter's activity that an elution washes out, dt after the one before: parent activity at that
// moment, ingrowth, and the share that comes off the column.
func Eluted(parent Activity, parentHalfLife, daughterHalfLife, branching, efficiency, dt float64) Activity {
	return parent * Activity(efficiency*Ingrowth(parentHalfLife, daughterHalfLife, branching, dt))
}

// Pair is a parent and the daughter that grows from it, as in a generator: Ge-68 and Ga-68.
type Pair struct {
	Parent, Daughter Data
	Branching        float64 // share of the parent's decays that lead to the daughter, above 0 and at most 1
}

// LookupPair finds both members in the recommended set.
func LookupPair(parent, daughter string, branching float64) (Pair, error) {
	p, err := Lookup(parent)
	if err != nil {
		return Pair{}, err
	}
	d, err := Lookup(daughter)
	if err != nil {
		return Pair{}, err
	}
	pair := Pair{p, d, branching}
	return pair, pair.check()
}

func (p Pair) check() error {
	switch {
	case !(p.Branching > 0 && p.Branching <= 1):
		return fmt.Errorf("%s→%s: a branching of %g; it must be above 0 and at most 1", p.Parent.Nuclide, p.Daughter.Nuclide, p.Branching)
	case !(p.Parent.HalfLife > 0 && p.Daughter.HalfLife > 0):
		return fmt.Errorf("%s→%s: half-lives of %g s and %g s; both must be above 0", p.Parent.Nuclide, p.Daughter.Nuclide, p.Parent.HalfLife, p.Daughter.HalfLife)
	}
	return nil
}

// Column is what a generator holds at one moment.
type Column struct {
	Parent, Daughter Activity
	Reference        time.Time
}

// At is the column at a later moment, if nothing is washed out until then: the parent decays, the daughter that was
// there decays, and new daughter grows in (Bateman 1910, exact for any two half-lives, equal ones too).
func (p Pair) At(c Column, t time.Time) (Column, error) {
	if err := p.check(); err != nil {
		return Column{}, err
	}
	dt := Elapsed(c.Reference, t)
	if dt < 0 {
		return Column{}, fmt.Errorf("the %s column of %s cannot be reckoned back to %s: what was washed out before is not known",
			p.Daughter.Nuclide, c.Reference.UTC().Format(time.RFC3339), t.UTC().Format(time.RFC3339))
	}
	parent, err := p.Parent.at(Assay{p.Parent.Nuclide, c.Parent, c.Reference}, t)
	if err != nil {
		return Column{}, err
	}
	daughter, err := p.Daughter.at(Assay{p.Daughter.Nuclide, c.Daughter, c.Reference}, t)
	if err != nil {
		return Column{}, err
	}
	grown := daughter.Activity + c.Parent*Activity(p.grown(dt))
	if !(grown <= math.MaxFloat64) {
		return Column{}, fmt.Errorf("%s from %s cannot be reckoned with half-lives of %g s and %g s: %w",
			p.Daughter.Nuclide, p.Parent.Nuclide, p.Daughter.HalfLife, p.Parent.HalfLife, ErrRange)
	}
	return Column{parent.Activity, grown, t.UTC()}, nil
}

// grown is the daughter's activity after dt seconds over the parent's at the start. The slower decay is taken out of the
// difference, so that what remains lies between 0 and 1.
func (p Pair) grown(dt float64) float64 {
	l1, l2 := math.Ln2/p.Parent.HalfLife, math.Ln2/p.Daughter.HalfLife
	slow := Factor(max(p.Parent.HalfLife, p.Daughter.HalfLife), dt)
	return p.Branching * l2 * dt * mean(math.Abs(l2-l1)*dt) * slow
}
