package main

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	_ "time/tzdata"
)

// memory is a roundBook that outlives a simulated restart.
type memory struct {
	mu   sync.Mutex
	last map[string]time.Time
}

func (m *memory) LastRound(name string) (time.Time, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.last[name], nil
}

func (m *memory) SetLastRound(name string, due time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last[name] = due
	return nil
}

func oslo(t *testing.T) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// ringFor keeps the rounds for a while of the bubble's time and returns when each was due.
func ringFor(t *testing.T, d time.Duration, book roundBook, spec string, zone *time.Location, fail func(n int) error) []time.Time {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	var rang []time.Time
	n := 0
	err := ring(ctx, wallClock(), book, slog.New(slog.DiscardHandler), round{name: "r", spec: spec, zone: zone, do: func(_ context.Context, due time.Time) error {
		n++
		if fail != nil {
			if err := fail(n); err != nil {
				return err
			}
		}
		rang = append(rang, due)
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	return rang
}

func TestAYearOfEveningsRingsOnceADay(t *testing.T) {
	zone := oslo(t)
	for _, spec := range []string{"30 2 * * *"} { // the hour that summer time takes and gives back
		synctest.Test(t, func(t *testing.T) {
			rang := ringFor(t, 366*24*time.Hour, &memory{last: map[string]time.Time{}}, spec, zone, nil)
			days := map[string]int{}
			for _, at := range rang {
				days[at.In(zone).Format(time.DateOnly)]++
			}
			if len(rang) < 365 || len(days) != len(rang) {
				t.Errorf("%q rang %d times on %d days of a year", spec, len(rang), len(days))
			}
		})
	}
}

func TestSummerTime(t *testing.T) {
	zone := oslo(t)
	for name, c := range map[string]struct{ spec, after, want string }{
		"the skipped time rings after the gap": {"30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z"},
		"the day after the gap is as ever":     {"30 2 * * *", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"},
		"the doubled time rings first":         {"30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z"},
		"and not a second time":                {"30 2 * * *", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"},
		"evening before summer time":           {"0 18 * * *", "2026-03-28T12:00:00Z", "2026-03-28T17:00:00Z"},
		"evening of the 23-hour day":           {"0 18 * * *", "2026-03-28T17:00:00Z", "2026-03-29T16:00:00Z"},
		"evening of the 25-hour day":           {"0 18 * * *", "2026-10-24T16:00:00Z", "2026-10-25T17:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := parseRound(round{name: "r", spec: c.spec})
			if err != nil {
				t.Fatal(err)
			}
			after, _ := time.Parse(time.RFC3339, c.after)
			if got := next(s, zone, after).UTC().Format(time.RFC3339); got != c.want {
				t.Errorf("next after %s is %s, want %s", c.after, got, c.want)
			}
		})
	}
}

func TestARoundIsCaughtUpOnceAfterDowntime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book := &memory{last: map[string]time.Time{}}
		first := ringFor(t, 49*time.Hour, book, "0 18 * * *", time.UTC, nil)
		time.Sleep(10*24*time.Hour + time.Hour) // down for ten days
		second := ringFor(t, time.Minute, book, "0 18 * * *", time.UTC, nil)
		if len(first) != 2 || len(second) != 1 {
			t.Fatalf("rang %v before and %v after ten days of downtime; want two, and the last one made up for once", first, second)
		}
		if age := time.Since(second[0]); age > 24*time.Hour {
			t.Errorf("made up for the round of %s, which is %s old", second[0], age)
		}
		if third := ringFor(t, time.Minute, book, "0 18 * * *", time.UTC, nil); len(third) != 0 {
			t.Errorf("a restart rang %v again", third)
		}
	})
}

func TestAFailedOrPanickingRoundIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rang := ringFor(t, 25*time.Hour, &memory{last: map[string]time.Time{}}, "0 18 * * *", time.UTC, func(n int) error {
			switch n {
			case 1:
				return errors.New("disk full")
			case 2:
				panic("a bug")
			}
			return nil
		})
		if len(rang) != 1 {
			t.Errorf("rang %v; want the one round done at the third try", rang)
		}
	})
}

func TestZoneInsideASpecIsRefused(t *testing.T) {
	for _, spec := range []string{"TZ=0", "TZ=", "CRON_TZ=Europe/Oslo", "CRON_TZ=Europe/Oslo 0 18 * * *", "", "61 * * * *", "@every", "* * *"} {
		if _, err := parseRound(round{name: "r", spec: spec}); err == nil {
			t.Errorf("%q was taken for a schedule", spec)
		}
	}
}

func FuzzParseRound(f *testing.F) {
	for _, s := range []string{"0 18 * * *", "*/5 * * * *", "@daily", "TZ=", "0 0 30 2 *"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, spec string) {
		s, err := parseRound(round{name: "r", spec: spec})
		if err != nil {
			return
		}
		after := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		if n := next(s, time.UTC, after); !n.IsZero() && !n.After(after) {
			t.Errorf("%q is next due at %s, which is not after %s", spec, n, after)
		}
	})
}

func TestBellsRingInTheirOwnTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(context.Background(), 3*time.Hour+time.Minute)
		defer cancel()
		var rang []string
		note := func(name string) func(context.Context, time.Time) error {
			return func(context.Context, time.Time) error { rang = append(rang, name); return nil }
		}
		err := ring(ctx, wallClock(), &memory{last: map[string]time.Time{}}, slog.New(slog.DiscardHandler),
			round{name: "hourly", spec: "0 * * * *", zone: time.UTC, do: note("hourly")},
			round{name: "half", spec: "30 * * * *", zone: time.UTC, do: note("half")})
		if err != nil || !slices.Equal(rang, []string{"half", "hourly", "half", "hourly", "half", "hourly"}) {
			t.Errorf("rang %v (%v)", rang, err)
		}
	})
}
