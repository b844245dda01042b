package rules

import (
	"testing"

	"pgregory.net/rapid"

	"beamslot/scheduler"
)

// The slow exact twin: somebody looks at every minute and counts.
func TestHoldsAgreeWithCountingEveryMinute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, most := holds[string]{}, 0
		var all []hold
		for range rapid.IntRange(0, 6).Draw(t, "holds") {
			from := scheduler.Minute(rapid.IntRange(0, 20).Draw(t, "from"))
			to := from + scheduler.Minute(rapid.IntRange(-1, 8).Draw(t, "length"))
			h.add("thing", "who", from, to)
			all = append(all, hold{"who", from, to})
		}
		for m := range scheduler.Minute(30) {
			most = max(most, countAt(all, m))
		}
		say := func(string, hold, hold) Breach { return Breach{} }
		if clash := len(h.clashes(say)) > 0; clash != (most > 1) {
			t.Fatalf("clashes %v, at most %d at once: %v", clash, most, all)
		}
		for room := range 4 {
			crowd := h.crowds(func(string) int { return room }, func(_ string, _ scheduler.Minute, n int) Breach { return Breach{} })
			if (len(crowd) > 0) != (most > room) {
				t.Fatalf("crowded %v with room for %d, at most %d at once: %v", len(crowd) > 0, room, most, all)
			}
		}
	})
}

func TestTheClockOfALaw(t *testing.T) {
	for m, want := range map[scheduler.Minute]string{0: "00:00 UTC", 760: "12:40 UTC", 1510: "25:10 UTC", -5: "-00:05 UTC"} {
		if got := clock(m); got != want {
			t.Errorf("clock(%d) = %s, want %s", m, got, want)
		}
	}
}
