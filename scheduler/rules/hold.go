package rules

import (
	"cmp"
	"maps"
	"slices"

	"beamslot/scheduler"
)

// hold is somebody's hold on a thing that only so many can have at once, from and until.
type hold struct {
	who      string
	from, to scheduler.Minute
}

// holds gathers who has what; nothing is held by an empty interval.
type holds[ID cmp.Ordered] map[ID][]hold

func (h holds[ID]) add(on ID, who string, from, to scheduler.Minute) {
	if from < to {
		h[on] = append(h[on], hold{who, from, to})
	}
}

// clashes gives each pair that holds one thing at once, in the order of the things and of the plan.
func (h holds[ID]) clashes(say func(on ID, a, b hold) Breach) []Breach {
	var out []Breach
	for _, on := range slices.Sorted(maps.Keys(h)) {
		for i, a := range h[on] {
			for _, b := range h[on][:i] {
				if a.from < b.to && b.from < a.to {
					out = append(out, earlierFirst(on, b, a, say))
				}
			}
		}
	}
	return out
}

func earlierFirst[ID any](on ID, a, b hold, say func(on ID, a, b hold) Breach) Breach {
	if b.from < a.from {
		a, b = b, a
	}
	return say(on, a, b)
}

// crowds gives each moment at which somebody makes it more than a thing has room for.
func (h holds[ID]) crowds(room func(ID) int, say func(on ID, at scheduler.Minute, n int) Breach) []Breach {
	var out []Breach
	for _, on := range slices.Sorted(maps.Keys(h)) {
		for _, at := range begins(h[on]) {
			if n := countAt(h[on], at); n > room(on) {
				out = append(out, say(on, at, n))
			}
		}
	}
	return out
}

// begins is every moment at which a hold begins, once and in order.
func begins(all []hold) []scheduler.Minute {
	var at []scheduler.Minute
	for _, h := range all {
		at = append(at, h.from)
	}
	slices.Sort(at)
	return slices.Compact(at)
}

func countAt(all []hold, at scheduler.Minute) (n int) {
	for _, h := range all {
		if h.from <= at && at < h.to {
			n++
		}
	}
	return n
}
