package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
)

// sheet is the day as people print it and pin it up.
type sheet struct {
	*page
	face
	c        *rules.Case
	unserved []scheduler.Unserved
}

// printSheet writes the day sheet of a plan: who does what when, who is not served and why.
func printSheet(out io.Writer, c *rules.Case, unserved []scheduler.Unserved) error {
	f, err := faceOf(c.Day)
	if err != nil {
		return err
	}
	s := &sheet{&page{out: out}, f, c, unserved}
	s.line("DAY SHEET %s", c.Day.Name)
	s.line("%s", f.says())
	s.beams()
	s.draws()
	s.syntheses()
	s.tests()
	s.departures()
	for _, x := range c.Day.Centres {
		s.centre(x)
	}
	s.notServed()
	return s.err
}

// runs are the batches that pass, by when what is listed begins.
func (s *sheet) runs(begins func(*rules.Run) scheduler.Minute, pass func(*rules.Run) bool) []*rules.Run {
	var out []*rules.Run
	for _, r := range s.c.Runs {
		if pass(r) {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b *rules.Run) int { return cmp.Compare(begins(a), begins(b)) })
	return out
}

// The moments that lists are ordered by, and the list of every batch.
func beamStart(r *rules.Run) scheduler.Minute      { return r.BeamStart }
func synthesisStart(r *rules.Run) scheduler.Minute { return r.SynthesisStart }
func qcStart(r *rules.Run) scheduler.Minute        { return r.QCStart }
func everyRun(*rules.Run) bool                     { return true }

func (s *sheet) part(title, head string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	s.title("%s", title)
	s.table(head, rows)
}

func (s *sheet) beams() {
	var rows [][]string
	for _, r := range s.runs(beamStart, func(r *rules.Run) bool { return r.Target != "" }) {
		rows = append(rows, []string{s.from(r.BeamStart, r.BeamEnd), minutes(r.BeamEnd - r.BeamStart), string(r.ID),
			s.tracer(r), s.site(r), string(r.Target), fmt.Sprintf("%.1f µA", r.CurrentUA), gbq(r.Delivered()) + s.fate(r)})
	}
	s.part("Beams", "beam|length|batch|tracer|site|target|current|at EOB", rows)
}

// draws are the elutions and the drawings: what stands in a beam's place.
func (s *sheet) draws() {
	var eluted, drawn [][]string
	for _, r := range s.runs(beamStart, func(r *rules.Run) bool { return r.Target == "" }) {
		row := []string{s.from(r.BeamStart, r.BeamEnd), string(r.ID), s.tracer(r), s.site(r), r.Source(),
			fmt.Sprintf("%.1f %%", 100*r.Share), gbq(r.Delivered()) + s.fate(r)}
		if r.Generator != "" {
			eluted = append(eluted, row)
		} else {
			drawn = append(drawn, row)
		}
	}
	s.part("Elutions", "elution|batch|tracer|site|generator|share used|at end", eluted)
	s.part("Drawings", "drawing|batch|tracer|site|lot|share drawn|at end", drawn)
}

func (s *sheet) syntheses() {
	var made [][]string
	for _, r := range s.runs(synthesisStart, everyRun) {
		made = append(made, []string{s.from(r.SynthesisStart, r.EOS()), string(r.ID), s.tracer(r), string(r.HotCell),
			gbq(r.AEOS()), gbq(r.Usable()), gbq(r.Promised()), s.at(r.EOS() + r.Cell.Cleanup), s.at(r.Expiry()) + s.fate(r)})
	}
	s.part("Syntheses", "synthesis–EOS|batch|tracer|hot cell|at EOS|usable|in vials|cell free|expires", made)
}

func (s *sheet) tests() {
	var rows [][]string
	for _, r := range s.runs(qcStart, everyRun) {
		rows = append(rows, []string{s.from(r.QCStart, r.Release()), string(r.ID), s.tracer(r), string(r.QCLine), s.at(r.Release())})
	}
	s.part("QC", "QC|batch|tracer|line|release", rows)
}

func (s *sheet) departures() {
	var rows [][]string
	loads := slices.Clone(s.c.Loads)
	slices.SortStableFunc(loads, func(a, b *rules.Load) int { return cmp.Compare(a.Depart, b.Depart) })
	for _, l := range loads {
		rows = append(rows, []string{s.at(l.Depart), s.at(l.Arrive()), string(l.ID), s.tracer(l.Run), string(l.Batch),
			string(l.Vial.Link), s.centreName(l.Link.Centre), fmt.Sprintf("%.0f MBq at %s", l.Activity, s.at(l.At)), fmt.Sprint(len(l.Visits))})
	}
	s.part("Departures", "leaves|arrives|vial|tracer|batch|link|to|holds|patients", rows)
}

func (s *sheet) notServed() {
	if len(s.unserved) == 0 {
		s.title("Not served")
		s.line("  Everybody is served.")
		return
	}
	asked := map[scheduler.RequestID]scheduler.Request{}
	for _, r := range s.c.Day.Requests {
		asked[r.ID] = r
	}
	s.title("Not served")
	for _, u := range s.unserved {
		r := asked[u.Request]
		s.line("  %s  %s, class %d, value %s: %s", u.Request, r.Tracer, r.Class, grouped(r.Value, 0), u.Law)
		for _, line := range folded(s.local(u.Says), 96) {
			s.line("      %s", line)
		}
	}
}
