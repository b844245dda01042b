package decay

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// Nuclide names a species in one way of writing: F-18, Ga-68, Tc-99m.
type Nuclide string

// Activity is in becquerel.
type Activity float64

// MBq is an activity of v megabecquerel.
func MBq(v float64) Activity { return Activity(v * 1e6) }

// MBq is the activity in megabecquerel.
func (a Activity) MBq() float64 { return float64(a) / 1e6 }

// Assay is an activity with the nuclide and the moment that make it mean something.
type Assay struct {
	Nuclide   Nuclide   `json:"nuclide"`
	Activity  Activity  `json:"activity_bq"`
	Reference time.Time `json:"reference"` // UTC
}

// ErrRange is wrapped by answers that no float64 can hold.
var ErrRange = errors.New("out of range")

// At is the same assay referred to another moment, before or after: A·2^(−Δt/T), T of the recommended set.
func (a Assay) At(t time.Time) (Assay, error) {
	d, err := Lookup(string(a.Nuclide))
	if err != nil {
		return Assay{}, err
	}
	b := Assay{d.Nuclide, a.Activity * Activity(Factor(d.HalfLife, t.Sub(a.Reference).Seconds())), t.UTC()}
	if math.IsInf(float64(b.Activity), 0) || math.IsNaN(float64(b.Activity)) {
		return Assay{}, fmt.Errorf("%s of %v at %s looks back too far: %w", a.Nuclide, a.Activity, t.UTC().Format(time.RFC3339), ErrRange)
	}
	return b, nil
}

// FallsTo is the moment at which the assay has decayed to level (or grows back to it, when level is above).
func (a Assay) FallsTo(level Activity) (time.Time, error) {
	d, err := Lookup(string(a.Nuclide))
	if err != nil {
		return time.Time{}, err
	}
	halves := math.Log2(float64(a.Activity / level))
	if !(a.Activity > 0 && level > 0) || math.IsInf(halves, 0) {
		return time.Time{}, fmt.Errorf("%v never falls to %v: %w", a.Activity, level, ErrRange)
	}
	return later(a.Reference, halves*d.HalfLife)
}

// later adds seconds to a moment, as far as time.Duration reaches (292 years).
func later(t time.Time, seconds float64) (time.Time, error) {
	if math.Abs(seconds) > math.MaxInt64/1e9 {
		return time.Time{}, fmt.Errorf("%.3g s from %s: %w", seconds, t.UTC().Format(time.RFC3339), ErrRange)
	}
	return t.Add(time.Duration(seconds * 1e9)).UTC(), nil
}

// Sum adds assays of one nuclide, referred to the moment t.
func Sum(t time.Time, assays ...Assay) (Assay, error) {
	if len(assays) == 0 {
		return Assay{}, errors.New("no assay to add up")
	}
	total, err := assays[0].At(t)
	if err != nil {
		return Assay{}, err
	}
	for _, a := range assays[1:] {
		b, err := a.At(t)
		if err != nil {
			return Assay{}, err
		}
		if b.Nuclide != total.Nuclide {
			return Assay{}, fmt.Errorf("%s and %s cannot be added: activities add up for one nuclide only", total.Nuclide, b.Nuclide)
		}
		total.Activity += b.Activity
	}
	return total, nil
}
