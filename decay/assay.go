package decay

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// Assay is an activity with the nuclide and the moment that make it mean something.
type Assay struct {
	Nuclide   Nuclide   `json:"nuclide"`
	Activity  Activity  `json:"activity_bq"`
	Reference time.Time `json:"reference"` // UTC
}

// ErrRange is wrapped by answers that no float64, or no date, can hold.
var ErrRange = errors.New("out of range")

// At is the same assay referred to another moment, before or after: A·2^(−Δt/T), T of the recommended set.
func (a Assay) At(t time.Time) (Assay, error) {
	d, err := find(string(a.Nuclide))
	if err != nil {
		return Assay{}, err
	}
	return d.at(a, t)
}

// At is Assay.At with this half-life, whatever its source; the assay's own name is not asked.
func (d Data) At(a Assay, t time.Time) (Assay, error) { return d.at(a, t) }

func (d *Data) at(a Assay, t time.Time) (Assay, error) {
	b := a.Activity * Activity(Factor(d.HalfLife, Elapsed(a.Reference, t)))
	// One comparison passes every good assay; NaN and a half-life of zero fail it as well.
	if !(a.Activity >= 0 && b >= 0 && b <= math.MaxFloat64) || a.Reference.IsZero() {
		return Assay{}, d.whyNot(a, t)
	}
	return Assay{d.Nuclide, b, t.UTC()}, nil
}

// whyNot says in words what at refuses.
func (d *Data) whyNot(a Assay, t time.Time) error {
	switch {
	case a.Reference.IsZero():
		return fmt.Errorf("%v of %s has no reference time", a.Activity, d.Nuclide)
	case !(a.Activity >= 0 && a.Activity <= math.MaxFloat64):
		return fmt.Errorf("%v of %s is no activity: it must be 0 Bq or more, and finite: %w", a.Activity, d.Nuclide, ErrRange)
	case !(d.HalfLife > 0):
		return fmt.Errorf("%s has a half-life of %g s; it must be above 0: %w", d.Nuclide, d.HalfLife, ErrRange)
	}
	return fmt.Errorf("%v of %s at %s looks back too far: at %s it was above %.1e Bq: %w", a.Activity, d.Nuclide,
		a.Reference.UTC().Format(time.RFC3339), t.UTC().Format(time.RFC3339), math.MaxFloat64, ErrRange)
}

// FallsTo is the moment at which the assay has decayed to level (or, when level is above, had it before): T·log₂(A/level)
// after the reference.
func (a Assay) FallsTo(level Activity) (time.Time, error) {
	d, err := find(string(a.Nuclide))
	if err != nil {
		return time.Time{}, err
	}
	if _, err := d.at(a, a.Reference); err != nil {
		return time.Time{}, err
	}
	halves := math.Log2(float64(a.Activity / level))
	if !(level > 0) || math.IsInf(halves, 0) || math.IsNaN(halves) {
		return time.Time{}, fmt.Errorf("%v of %s never comes to %v: both must be above 0 Bq: %w", a.Activity, d.Nuclide, level, ErrRange)
	}
	return later(a.Reference, halves*d.HalfLife)
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
	if total.Activity > math.MaxFloat64 {
		return Assay{}, fmt.Errorf("the sum of %d assays of %s is above %.1e Bq: %w", len(assays), total.Nuclide, math.MaxFloat64, ErrRange)
	}
	return total, nil
}
