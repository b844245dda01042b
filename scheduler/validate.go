package scheduler

import (
	"fmt"
	"math"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// The largest numbers that can be meant: about two years in minutes, and 10^12 of anything else. They keep
// sums of what a file says far from overflow.
const (
	mostMinutes = 1_000_000
	mostNumber  = 1e12
	mostCount   = 1_000_000
)

// finder gathers what is wrong, in the order of the file.
type finder struct{ found []Problem }

func (f *finder) bad(at jsontext.Pointer, format string, args ...any) {
	f.found = append(f.found, *problem(at, format, args...))
}

// in is the pointer to a part of what at points to; parts are names and indexes.
func in(at jsontext.Pointer, parts ...any) jsontext.Pointer {
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			at = at.AppendToken(p)
		case int:
			at = at.AppendToken(strconv.Itoa(p))
		}
	}
	return at
}

// number says that x is a number that sums cannot overflow.
func (f *finder) number(at jsontext.Pointer, x float64) {
	if math.IsNaN(x) || math.Abs(x) > mostNumber {
		f.bad(at, "%v is not a number that can be meant", x)
	}
}

// least says that x is a number and not below low.
func (f *finder) least(at jsontext.Pointer, x, low float64) {
	if x < low {
		f.bad(at, "%v is less than %v, the least that it can be", x, low)
		return
	}
	f.number(at, x)
}

// positive says that x is a number above 0.
func (f *finder) positive(at jsontext.Pointer, x float64) {
	if x == 0 {
		f.bad(at, "0 cannot be meant; it must be more than 0")
		return
	}
	f.least(at, x, 0)
}

// share says that x lies in [0,1].
func (f *finder) share(at jsontext.Pointer, x float64) {
	if !(x >= 0 && x <= 1) {
		f.bad(at, "%v is not a share between 0 and 1", x)
	}
}

// duration says that m is a time span that can be meant.
func (f *finder) duration(at jsontext.Pointer, m Minute) {
	if m < 0 {
		f.bad(at, "%d minutes is less than no time", m)
		return
	}
	f.moment(at, m)
}

// moment says that m is a minute that sums cannot overflow.
func (f *finder) moment(at jsontext.Pointer, m Minute) {
	if m < -mostMinutes || m > mostMinutes {
		f.bad(at, "minute %d is not near any day", m)
	}
}

// span says that s runs forwards.
func (f *finder) span(at jsontext.Pointer, s Span) {
	f.moment(in(at, 0), s[0])
	f.moment(in(at, 1), s[1])
	if s[0] > s[1] {
		f.bad(at, "it ends at %d, before it begins at %d", s[1], s[0])
	}
}

func (f *finder) spans(at jsontext.Pointer, all []Span) {
	for i, s := range all {
		f.span(in(at, i), s)
	}
}

func (f *finder) count(at jsontext.Pointer, n, low int) {
	if n < low || n > mostCount {
		f.bad(at, "%d is not between %d and %d", n, low, mostCount)
	}
}

// names remembers which ids of a kind stand in the file.
type names[ID ~string] struct {
	kind string
	has  map[ID]bool
}

func named[ID ~string](kind string) names[ID] { return names[ID]{kind, map[ID]bool{}} }

// add says that the id is one, and not there yet.
func (n names[ID]) add(f *finder, at jsontext.Pointer, id ID) {
	switch {
	case id == "":
		f.bad(at, "a %s needs a name", n.kind)
	case n.has[id]:
		f.bad(at, "%s", fmt.Sprintf("a second %s is named %q; names are unique", n.kind, shorten(string(id))))
	}
	n.has[id] = true
}

// know says that the id names something.
func (n names[ID]) know(f *finder, at jsontext.Pointer, id ID) {
	if !n.has[id] {
		f.bad(at, "there is no %s named %q", n.kind, shorten(string(id)))
	}
}
