package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"beamslot/scheduler"
)

// page is text for people on its way out; the first error of the writer stays in err.
type page struct {
	out io.Writer
	err error
}

func (p *page) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.out, format+"\n", args...)
	}
}

// title begins a part of the page.
func (p *page) title(format string, args ...any) {
	p.line("")
	p.line("%s", strings.ToUpper(fmt.Sprintf(format, args...)))
}

// table prints rows under a head, in columns as wide as what stands in them.
func (p *page) table(head string, rows [][]string) {
	p.columns(0, append([][]string{strings.Split(head, "|")}, rows...))
}

func (p *page) columns(flags uint, rows [][]string) {
	if p.err != nil {
		return
	}
	var text strings.Builder
	indent := "  "
	if flags&tabwriter.AlignRight != 0 {
		indent = "" // the first column's own padding
	}
	w := tabwriter.NewWriter(&text, 0, 8, 2, ' ', flags)
	for _, r := range rows {
		_, _ = fmt.Fprintln(w, strings.Join(r, "\t")+"\t")
	}
	_ = w.Flush() // a strings.Builder takes everything
	for line := range strings.Lines(text.String()) {
		p.line("%s", strings.TrimRight(indent+line, " \n"))
	}
}

// grouped writes a number with its thousands apart: 118,771.67.
func grouped(v float64, digits int) string {
	s := fmt.Sprintf("%.*f", digits, v)
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, part, fraction := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction {
		whole += "." + part
	}
	return sign + whole
}

func gbq(mbq float64) string { return fmt.Sprintf("%.2f GBq", mbq/1000) }

func minutes(m scheduler.Minute) string { return fmt.Sprintf("%d min", m) }

// folded breaks a sentence into lines of at most so many letters, between words.
func folded(says string, wide int) []string {
	var lines []string
	for _, word := range strings.Fields(says) {
		n := len(lines) - 1
		if n >= 0 && utf8.RuneCountInString(lines[n])+1+utf8.RuneCountInString(word) <= wide {
			lines[n] += " " + word
			continue
		}
		lines = append(lines, word)
	}
	return lines
}
