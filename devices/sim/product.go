package sim

import "time"

// product is activity of one nuclide that is there from a moment on, and decays.
type product struct {
	species
	activity float64 // MBq at from
	from     time.Time
}

// at is what is left of the product, 0 before it exists.
func (p product) at(t time.Time) float64 {
	if t.Before(p.from) {
		return 0
	}
	return p.activity * p.left(t.Sub(p.from))
}

// decayed is the product's activity at any moment, before from as well: a delivery's reference may lie ahead.
func (p product) decayed(t time.Time) float64 { return p.activity * p.left(t.Sub(p.from)) }

// run is what a machine does for one batch, from its order to its end and on until it is free again.
type run struct {
	batch     string
	from, end time.Time
	free      time.Time // state idle from here on
	failed    bool      // at end, without product
}

// state is the word of the run at a moment.
func (r *run) state(now time.Time, active, ended, failed string) string {
	switch {
	case r == nil || r.batch == "" || !now.Before(r.free):
		return "idle"
	case now.Before(r.end):
		return active
	case r.failed:
		return failed
	}
	return ended
}

// busy reports whether the machine cannot take another batch.
func (r *run) busy(now time.Time) bool { return r != nil && r.batch != "" && now.Before(r.free) }

// shown is the batch as long as the machine holds it.
func (r *run) shown(now time.Time) string {
	if !r.busy(now) {
		return ""
	}
	return r.batch
}

// until is the run's end as a device shows it, 0 when there is none.
func (r *run) until(now time.Time) float64 {
	if !r.busy(now) {
		return 0
	}
	return float64(r.end.Unix())
}
