package solve

import (
	"testing"

	"pgregory.net/rapid"
)

// slow is a row as a list of booleans, to hold the fast one against.
func drawRow(t *rapid.T, name string) (row, []bool) {
	words := rapid.IntRange(1, 4).Draw(t, name+" words")
	r, slow := make(row, words), make([]bool, words*64)
	for range rapid.IntRange(0, 12).Draw(t, name+" runs") {
		from := rapid.Int32Range(-5, int32(len(slow))).Draw(t, "from")
		to := rapid.Int32Range(from, int32(len(slow))+5).Draw(t, "to")
		on := rapid.Bool().Draw(t, "on")
		r.set(from, to, on)
		for i := max(from, 0); i < min(to, int32(len(slow))); i++ {
			slow[i] = on
		}
	}
	return r, slow
}

func allFree(slow []bool, from, to int32) bool {
	if from < 0 || int(to) > len(slow) {
		return false
	}
	for _, busy := range slow[from:to] {
		if busy {
			return false
		}
	}
	return true
}

func TestRowIsAListOfBits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, slow := drawRow(t, "row")
		next := int32(-1)
		for i := int32(len(slow)) - 1; i >= 0; i-- {
			if slow[i] {
				next = i
			}
			if r.has(i) != slow[i] || r.first(i) != next {
				t.Fatalf("bit %d: has %v first %d, want %v %d", i, r.has(i), r.first(i), slow[i], next)
			}
		}
		from := rapid.Int32Range(-3, int32(len(slow))+3).Draw(t, "free from")
		to := from + rapid.Int32Range(0, 80).Draw(t, "long")
		if got, want := r.free(from, to), allFree(slow, from, to); got != want {
			t.Fatalf("free [%d,%d) is %v, want %v", from, to, got, want)
		}
	})
}

func TestRunsOfFreeAreWhereTheyAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		busy, slow := drawRow(t, "busy")
		n := rapid.Int32Range(0, 70).Draw(t, "n")
		runs := make(row, len(busy))
		runsOfFree(runs, busy, n)
		for i := range int32(len(slow)) {
			if i+n <= int32(len(slow)) && runs.has(i) != allFree(slow, i, i+n) {
				t.Fatalf("a run of %d at %d: %v, want %v", n, i, runs.has(i), allFree(slow, i, i+n))
			}
		}
	})
}

func TestShiftedWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, slow := drawRow(t, "row")
		by := rapid.Int32Range(0, 130).Draw(t, "by")
		for i := range slow {
			w, bit := i>>6, uint(i&63)
			later := i+int(by) < len(slow) && slow[i+int(by)]
			sooner := i-int(by) >= 0 && slow[i-int(by)]
			if r.from(w, by)>>bit&1 == 1 != later || r.before(w, by)>>bit&1 == 1 != sooner {
				t.Fatalf("bit %d shifted by %d", i, by)
			}
		}
	})
}

func TestGridRoundsBothWays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := grid{step: rapid.Int32Range(1, 15).Draw(t, "step")}
		g.base = g.floorTo(rapid.Int32Range(-100, 100).Draw(t, "base"))
		m := rapid.Int32Range(-300, 3000).Draw(t, "minute")
		down, up := g.minute(g.down(minute(m))), g.minute(g.up(minute(m)))
		if down > m || up < m || m-down >= g.step || up-m >= g.step {
			t.Fatalf("minute %d lies between %d and %d on a grid of %d", m, down, up, g.step)
		}
	})
}
