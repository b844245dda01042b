package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
)

// centre prints the lists that hang at a centre's scanners and therapy rooms.
func (s *sheet) centre(x scheduler.Centre) {
	for _, therapy := range []bool{false, true} {
		for _, on := range x.Scanners {
			if on.TherapyRoom() == therapy {
				s.list(x, on)
			}
		}
	}
}

// list is the patients of one scanner or therapy room, by injection.
func (s *sheet) list(x scheduler.Centre, on scheduler.Scanner) {
	var visits []*rules.Visit
	for _, v := range s.c.Visits {
		if v.Scanner.ID == on.ID {
			visits = append(visits, v)
		}
	}
	slices.SortStableFunc(visits, func(a, b *rules.Visit) int { return cmp.Compare(a.ScanStart, b.ScanStart) })
	var rows [][]string
	for _, v := range visits {
		rows = append(rows, []string{s.at(v.InRoom()), s.at(v.Injection), s.from(v.ScanStart, v.ScanEnd()), string(v.Request.ID),
			string(v.Request.Tracer), fmt.Sprintf("%.0f MBq", v.Request.Dose), string(v.Vial), s.remarks(v)})
	}
	kind, head := "scanner", "room from|injection|scan|patient|tracer|prescribed|vial|remarks"
	if on.TherapyRoom() {
		kind, head = "therapy room", "room from|injection|treatment|patient|tracer|prescribed|vial|remarks"
	}
	s.part(fmt.Sprintf("%s, %s %s", s.centreName(x.ID), kind, on.ID), head, rows)
}

// remarks is what is not as it was wished.
func (s *sheet) remarks(v *rules.Visit) string {
	var out []string
	if v.Late() > 0 {
		out = append(out, minutes(v.Late())+" late")
	}
	if v.Away() {
		out = append(out, "home is "+s.centreName(v.Request.Centres[0]))
	}
	if v.Request.Pathway != "" {
		out = append(out, v.Request.Pathway)
	}
	return strings.Join(out, "; ")
}

// fate says what a person must know before relying on a batch.
func (s *sheet) fate(r *rules.Run) string {
	switch {
	case r.Lost:
		return "  LOST"
	case r.Measured != nil:
		return "  measured"
	}
	return ""
}

// tracer, site and centreName say the name that people use, with the id only when there is none.
func (s *sheet) tracer(r *rules.Run) string { return string(r.Tracer.ID) }

func (s *sheet) site(r *rules.Run) string { return cmp.Or(r.Site.Name, string(r.Site.ID)) }

func (s *sheet) centreName(id scheduler.CentreID) string {
	for _, x := range s.c.Day.Centres {
		if x.ID == id {
			return cmp.Or(x.Name, string(id))
		}
	}
	return string(id)
}
