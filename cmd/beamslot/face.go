package main

import (
	"fmt"
	"regexp"
	"time"

	"beamslot/scheduler"
)

// face is the clock that a day's people look at.
type face struct {
	midnight time.Time // 00:00 UTC of the day; zero when the day has no date
	zone     *time.Location
}

// faceOf is the day's clock: local when the day says its date and zone, UTC otherwise.
func faceOf(day scheduler.Day) (face, error) {
	if day.Date == "" || day.Zone == "" {
		return face{zone: time.UTC}, nil
	}
	midnight, err := day.Date.Midnight()
	if err != nil {
		return face{}, fmt.Errorf("day %s: date %q is not a date such as 2026-11-24", day.Name, day.Date)
	}
	zone, err := time.LoadLocation(day.Zone)
	if err != nil {
		return face{}, fmt.Errorf("day %s: zone %q is not a time zone that this machine knows, such as Europe/Oslo", day.Name, day.Zone)
	}
	return face{midnight, zone}, nil
}

// says which clock the times of a page are on.
func (f face) says() string {
	if f.midnight.IsZero() {
		return "All times are UTC; the day says no date and zone of its own."
	}
	return fmt.Sprintf("%s. All times are local, %s.", f.midnight.Format("Monday, 2 January 2006"), f.zone)
}

// at is a minute of the day on this clock: 07:40, or 00:10+1 on the day after.
func (f face) at(m scheduler.Minute) string {
	start := f.midnight
	if start.IsZero() {
		start = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	t := m.On(start).In(f.zone)
	days := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Sub(start) / (24 * time.Hour)
	if days != 0 {
		return fmt.Sprintf("%s%+d", t.Format("15:04"), days)
	}
	return t.Format("15:04")
}

// from is a span of the day on this clock.
func (f face) from(from, to scheduler.Minute) string { return f.at(from) + "–" + f.at(to) }

// spoken is how the laws and the planner write a minute of the day: 12:40 UTC.
var spoken = regexp.MustCompile(`\b(\d\d):(\d\d) UTC\b`)

// local turns the times of a sentence, which are UTC, to this clock's.
func (f face) local(says string) string {
	if f.midnight.IsZero() {
		return says
	}
	return spoken.ReplaceAllStringFunc(says, func(utc string) string {
		var h, m scheduler.Minute
		if _, err := fmt.Sscanf(utc, "%d:%d", &h, &m); err != nil {
			return utc
		}
		return f.at(60*h + m)
	})
}
