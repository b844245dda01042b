package main

import (
	"fmt"
	"io"
	"math"
	"time"

	"beamslot/decay"
)

// after is the time from the stated moment to the answer's, in seconds.
func (x decaying) after() float64 { return decay.Elapsed(x.stated.At, x.then.Reference) }

func (x decaying) factor() float64 { return decay.Factor(x.nuclide.HalfLife, x.after()) }

func (x decaying) say(out io.Writer) error {
	p := &page{out: out}
	p.line("%-8s %v at %s", x.nuclide.Nuclide, x.stated.Activity, x.moment(x.stated.At, time.Second))
	p.line("%-8s %v at %s, %s (%.4g %%)", "", x.then.Activity, x.moment(x.then.Reference, time.Second), span(x.after()), 100*x.factor())
	p.line("half-life %s: %s", x.nuclide.Period(), x.nuclide.Cite())
	return p.err
}

// moment writes a time as the stated one was written: of a day left open, or with date and offset.
func (x decaying) moment(t time.Time, to time.Duration) string {
	t = t.In(x.stated.At.Location()).Round(to)
	clock := "15:04"
	if t.Second() != 0 || t.Nanosecond() != 0 {
		clock = "15:04:05.999999999"
	}
	if x.stated.Dated {
		return t.Format("2006-01-02T" + clock + "Z07:00")
	}
	midnight := func(t time.Time) float64 { return math.Floor(float64(t.Unix()) / 86400) }
	if days := midnight(t) - midnight(someDay); days != 0 {
		return fmt.Sprintf("%s (day %+.0f)", t.Format(clock), days)
	}
	return t.Format(clock)
}

// span says how far a moment is off: 1 h 50 min later.
func span(s float64) string {
	way := "later"
	if s < 0 {
		s, way = -s, "earlier"
	}
	whole := math.Round(s)
	switch {
	case s < 60:
		return fmt.Sprintf("%.4g s %s", s, way)
	case whole < 3600:
		return fmt.Sprintf("%s %s", parts(whole, 60, "min", "s"), way)
	case whole < 2*86400:
		return fmt.Sprintf("%s %s", parts(whole/60, 60, "h", "min"), way)
	}
	return fmt.Sprintf("%s %s", parts(whole/3600, 24, "d", "h"), way)
}

// parts writes v small units as large ones and the rest.
func parts(v, per float64, large, small string) string {
	v = math.Round(v)
	if rest := math.Mod(v, per); rest != 0 {
		return fmt.Sprintf("%.0f %s %.0f %s", math.Floor(v/per), large, rest, small)
	}
	return fmt.Sprintf("%.0f %s", v/per, large)
}

// decayFigures is the answer as JSON.
type decayFigures struct {
	Nuclide     decay.Nuclide `json:"nuclide"`
	HalfLife    float64       `json:"half_life_s"`
	Uncertainty float64       `json:"half_life_uncertainty_s"`
	Source      string        `json:"source"`
	Set         string        `json:"set"`
	Rule        string        `json:"rule"`
	Stated      decayMoment   `json:"stated"`
	Answer      decayMoment   `json:"answer"`
	After       float64       `json:"after_s"`
	Factor      float64       `json:"factor"`
}

// decayMoment is an activity at a moment, written as the person wrote theirs.
type decayMoment struct {
	Activity decay.Activity `json:"activity_bq"`
	At       string         `json:"at"`
}

func (x decaying) figures() decayFigures {
	return decayFigures{x.nuclide.Nuclide, x.nuclide.HalfLife, x.nuclide.Uncertainty, x.nuclide.Source, x.nuclide.Set, x.nuclide.Rule,
		decayMoment{x.stated.Activity, x.moment(x.stated.At, 1)}, decayMoment{x.then.Activity, x.moment(x.then.Reference, 1)},
		x.after(), x.factor()}
}
