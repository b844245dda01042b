package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"beamslot/scheduler/rules"
)

// figure is one plan that stands in a table of figures, under a name.
type figure struct {
	name   string
	c      *rules.Case
	report rules.Report
}

// figures are plans for one day, side by side.
type figures []figure

// print is the table of what the plans serve, cost and risk.
func (f figures) print(p *page) {
	var rows [][]string
	if len(f) > 1 {
		rows = append(rows, f.row("", func(x figure) string { return x.name }))
	}
	for _, r := range []struct {
		name string
		of   func(figure) string
	}{
		{"served", func(x figure) string { return fmt.Sprintf("%d of %d", x.report.Score.Served, x.report.Score.Asked) }},
		{"value", func(x figure) string { return grouped(x.report.Score.Value, 2) }},
		{"- late", func(x figure) string { return grouped(x.report.Score.Late, 2) }},
		{"- away from home", func(x figure) string { return grouped(x.report.Score.Away, 2) }},
		{"- batches", func(x figure) string { return grouped(x.report.Score.Batch, 2) }},
		{"- beam", func(x figure) string { return grouped(x.report.Score.Beam, 2) }},
		{"- activity", func(x figure) string { return grouped(x.report.Score.Activity, 2) }},
		{"- dispatches", func(x figure) string { return grouped(x.report.Score.Dispatch, 2) }},
		{"- moved appointments", func(x figure) string { return grouped(x.report.Score.Move, 2) }},
		{"= J", func(x figure) string { return grouped(x.report.J, 2) }},
		{"", func(figure) string { return "" }},
		{"patients late", func(x figure) string { return fmt.Sprint(x.late()) }},
		{"patients away", func(x figure) string { return fmt.Sprint(x.away()) }},
		{"batches made", func(x figure) string { return fmt.Sprint(len(x.c.Runs)) }},
		{"beam minutes", func(x figure) string { return fmt.Sprint(x.beamMinutes()) }},
		{"activity at EOS", func(x figure) string { return gbq(x.made()) }},
		{"vials sent", func(x figure) string { return fmt.Sprint(len(x.c.Loads)) }},
		{"expected loss", func(x figure) string { return grouped(x.report.Risk.ExpectedLoss, 2) }},
		{"of it uncovered", func(x figure) string { return grouped(x.report.Risk.UncoveredLoss, 2) }},
		{"worst batch", func(x figure) string { return grouped(x.report.Risk.WorstBatchValue, 2) }},
	} {
		rows = append(rows, f.row(r.name, r.of))
	}
	p.columns(tabwriter.AlignRight, leftFirst(rows))
}

func (f figures) row(name string, of func(figure) string) []string {
	r := []string{name}
	for _, x := range f {
		r = append(r, of(x))
	}
	return r
}

// leftFirst makes the first column as wide as its widest, for a table that is set to the right.
func leftFirst(rows [][]string) [][]string {
	wide := 0
	for _, r := range rows {
		wide = max(wide, len(r[0]))
	}
	for _, r := range rows {
		r[0] += strings.Repeat(" ", wide-len(r[0]))
	}
	return rows
}

func (x figure) late() (n int) {
	for _, v := range x.c.Visits {
		if v.Late() > 0 {
			n++
		}
	}
	return n
}

func (x figure) away() (n int) {
	for _, v := range x.c.Visits {
		if v.Away() {
			n++
		}
	}
	return n
}

func (x figure) beamMinutes() (n int) {
	for _, r := range x.c.Runs {
		if r.Target != "" {
			n += int(r.BeamEnd - r.BeamStart)
		}
	}
	return n
}

// made is the nominal activity at EOS of all batches, in MBq.
func (x figure) made() (sum float64) {
	for _, r := range x.c.Runs {
		sum += r.AEOS()
	}
	return sum
}
