package scheduler

import (
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"
)

func oslo(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func clockAt(t testing.TB, s string) Clock {
	t.Helper()
	c, err := ParseClock(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestClockOnBothDaysOfSummerTime(t *testing.T) {
	for _, c := range []struct {
		date Date
		wall string
		want Minute
		why  string
	}{
		{"2026-11-24", "07:00", 360, "winter: an hour ahead"},
		{"2026-07-06", "07:00", 300, "summer: two hours ahead"},
		{"2026-11-24", "00:00", -60, "the local day begins before the UTC day"},
		{"2026-11-24", "24:00", 1380, "24 h after 00:00"},
		{"2026-03-29", "00:00", -60, "the night is still winter"},
		{"2026-03-29", "01:55", 55, "just before the jump"},
		{"2026-03-29", "02:30", 90, "skipped: as much later as the clocks jump, shown as 03:30"},
		{"2026-03-29", "03:00", 60, "just after the jump"},
		{"2026-03-29", "07:00", 300, "the morning is summer"},
		{"2026-03-29", "24:00", 1320, "23 h after 00:00"},
		{"2026-10-25", "00:00", -120, "the night is still summer"},
		{"2026-10-25", "02:30", 30, "shown twice: the first is meant"},
		{"2026-10-25", "03:00", 120, "after both"},
		{"2026-10-25", "07:00", 360, "the morning is winter"},
		{"2026-10-25", "24:00", 1380, "25 h after 00:00"},
	} {
		got, err := clockAt(t, c.wall).On(c.date, oslo(t))
		if err != nil || got != c.want {
			t.Errorf("%s on %s is minute %d (%v), want %d: %s", c.wall, c.date, got, err, c.want, c.why)
		}
	}
}

// A day planned by the wall is a whole hour shorter or longer on the days of summer time.
func TestHoursOnBothDaysOfSummerTime(t *testing.T) {
	night := Hours{clockAt(t, "00:00"), clockAt(t, "24:00")}
	for date, want := range map[Date]Minute{"2026-03-28": 1440, "2026-03-29": 1380, "2026-10-25": 1500} {
		s, err := night.On(date, oslo(t))
		if err != nil || s[1]-s[0] != want {
			t.Errorf("%s lasts %d minutes (%v), want %d", date, s[1]-s[0], err, want)
		}
	}
}

// Whatever zone and day: the minute's moment shows the wall time again, unless the clocks skip it.
func TestClockShowsAgainWhatWasMeant(t *testing.T) {
	zones := []*time.Location{time.UTC, oslo(t)}
	for _, name := range []string{"America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		zones = append(zones, zone)
	}
	start := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(rt *rapid.T) {
		zone := rapid.SampledFrom(zones).Draw(rt, "zone")
		day := start.AddDate(0, 0, rapid.IntRange(0, 4000).Draw(rt, "day"))
		c := Clock{int16(rapid.IntRange(0, 1439).Draw(rt, "minute"))}
		m, err := c.On(Date(day.Format(time.DateOnly)), zone)
		if err != nil {
			rt.Fatal(err)
		}
		shown := m.On(day).In(zone)
		if shown.Format("2006-01-02 15:04") == day.Format(time.DateOnly)+" "+c.String() {
			return
		}
		before := m.On(day).Add(-3 * time.Hour).In(zone)
		_, was := before.Zone()
		if _, is := shown.Zone(); is <= was {
			rt.Fatalf("%s on %s in %s came out as %s", c, day.Format(time.DateOnly), zone, shown)
		}
	})
}

func TestWallTimesAreReadStrictly(t *testing.T) {
	for _, s := range []string{"", "7:00", "07.00", "0700", "24:01", "25:00", "07:60", "-1:00", "07:0٠", "07:00 ", "07:00:00"} {
		if c, err := ParseClock(s); err == nil {
			t.Errorf("%q was read as %s", s, c)
		}
	}
	for _, s := range []string{`["07:00"]`, `["15:00","07:00"]`, `["07:00","07:00"]`, `["7","8"]`, `null`, `{}`, `["07:00","08:00","09:00"]`} {
		if err := new(Hours).UnmarshalJSON([]byte(s)); err == nil {
			t.Errorf("%s was read as hours", s)
		}
	}
}

func TestAClockWantsADate(t *testing.T) {
	if _, err := clockAt(t, "07:00").On("24.11.2026", time.UTC); err == nil || err.Error() != `date "24.11.2026" is not like 2026-11-24` {
		t.Errorf("a wrong date says %v", err)
	}
}
