package decay

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// Elapsed is the time from a to b in seconds. Sub would stop at 292 years, which is short for a calibration source.
func Elapsed(a, b time.Time) float64 {
	return float64(b.Unix()-a.Unix()) + float64(b.Nanosecond()-a.Nanosecond())/1e9
}

// later adds seconds to a moment, as far as dates reach.
func later(t time.Time, s float64) (time.Time, error) {
	const reach = 9999 * 366 * 86400.0
	if math.Abs(s) < reach {
		whole, part := math.Modf(s)
		then := time.Unix(t.Unix()+int64(whole), int64(t.Nanosecond())+int64(math.Round(part*1e9))).UTC()
		if then.Year() >= 1 && then.Year() <= 9999 {
			return then, nil
		}
	}
	return time.Time{}, fmt.Errorf("%.3g years from %s: no date before year 1 or after 9999: %w", s/year, t.UTC().Format(time.RFC3339), ErrRange)
}

// The years that a person can mean.
const firstYear, lastYear = 1900, 2199

// ParseMoment reads a date with time and offset (2026-11-24T08:00Z, 2026-11-24T08:00:30+01:00), or a bare time of day
// (08:00, 08:00:30), which means that of day, in day's own zone; dated tells which.
func ParseMoment(s string, day time.Time) (t time.Time, dated bool, err error) {
	s = strings.TrimSpace(s)
	for _, layout := range []string{"15:04", "15:04:05"} {
		if c, err := time.Parse(layout, s); err == nil {
			return time.Date(day.Year(), day.Month(), day.Day(), c.Hour(), c.Minute(), c.Second(), c.Nanosecond(), day.Location()), false, nil
		}
	}
	for _, layout := range []string{"2006-01-02T15:04Z07:00", time.RFC3339} {
		if t, err := time.Parse(layout, s); err == nil {
			if t.Year() < firstYear || t.Year() > lastYear {
				return time.Time{}, false, fmt.Errorf("%q is not a moment: the year must be from %d to %d", s, firstYear, lastYear)
			}
			return t, true, nil
		}
	}
	return time.Time{}, false, fmt.Errorf("%.40q is not a moment; write it like 08:00, or with date and offset like 2026-11-24T08:00Z or 2026-11-24T09:00+01:00", s)
}

// Stated is an activity as people say it, with its moment: 3.7GBq@08:00.
type Stated struct {
	Activity Activity
	At       time.Time
	Dated    bool // the moment came with its date and offset
}

// ParseStated reads an activity and its moment with an @ between them; a bare time of day is that of day.
func ParseStated(s string, day time.Time) (Stated, error) {
	value, when, ok := strings.Cut(s, "@")
	if !ok {
		return Stated{}, fmt.Errorf("%.40q has no moment: an activity means something at a time; write it like 3.7GBq@08:00", s)
	}
	a, err := ParseActivity(value)
	if err != nil {
		return Stated{}, err
	}
	at, dated, err := ParseMoment(when, day)
	if err != nil {
		return Stated{}, err
	}
	return Stated{a, at, dated}, nil
}
