package scheduler

import (
	"encoding/json"
	"fmt"
	"time"
)

// Clock is a wall time of day, 00:00 to 24:00, in a zone that is said elsewhere.
type Clock struct{ minutes int16 }

// ParseClock reads 07:05; it wants both digits.
func ParseClock(s string) (Clock, error) {
	bad := badWall{fmt.Sprintf("%q is not a wall time from 00:00 to 24:00, such as 07:05", shorten(s))}
	if len(s) != 5 || s[2] != ':' {
		return Clock{}, bad
	}
	for _, i := range []int{0, 1, 3, 4} {
		if s[i] < '0' || s[i] > '9' {
			return Clock{}, bad
		}
	}
	h, m := int(s[0]-'0')*10+int(s[1]-'0'), int(s[3]-'0')*10+int(s[4]-'0')
	if m > 59 || h*60+m > 24*60 {
		return Clock{}, bad
	}
	return Clock{int16(h*60 + m)}, nil
}

// String is 07:05.
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", c.minutes/60, c.minutes%60) }

// MarshalText writes 07:05.
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads 07:05.
func (c *Clock) UnmarshalText(b []byte) (err error) {
	*c, err = ParseClock(string(b))
	return err
}

// On is the minute of the date's UTC day at which clocks in the zone show c. When summer time ends and they show
// it twice, the first is meant; when it begins and they skip it, as much later as they jump (RFC 5545, 3.3.5).
func (c Clock) On(date Date, zone *time.Location) (Minute, error) {
	midnight, err := date.Midnight()
	if err != nil {
		return 0, fmt.Errorf("date %q is not like 2026-11-24", string(date))
	}
	shown := midnight.Add(time.Duration(c.minutes) * time.Minute)
	t := shown.Add(-offset(shown.AddDate(0, 0, -1), zone))
	if later := shown.Add(-offset(shown.AddDate(0, 0, 1), zone)); !shows(t, zone, shown) && shows(later, zone, shown) {
		t = later
	}
	return MinuteOf(midnight, t), nil
}

func offset(t time.Time, zone *time.Location) time.Duration {
	_, seconds := t.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}

func shows(t time.Time, zone *time.Location, wall time.Time) bool {
	return t.Add(offset(t, zone)).Equal(wall)
}

// Hours are from one wall time to a later one of the same day; in files ["07:00","15:30"].
type Hours struct{ From, To Clock }

// MarshalJSON writes the pair.
func (h Hours) MarshalJSON() ([]byte, error) { return json.Marshal([2]Clock{h.From, h.To}) }

// UnmarshalJSON reads the pair and refuses hours that end before they begin.
func (h *Hours) UnmarshalJSON(b []byte) error {
	var pair []string
	if err := json.Unmarshal(b, &pair); err != nil || len(pair) != 2 {
		return badWall{fmt.Sprintf(`%s is not two wall times such as ["07:00","15:30"]`, shorten(string(b)))}
	}
	from, err := ParseClock(pair[0])
	if err != nil {
		return err
	}
	to, err := ParseClock(pair[1])
	if err == nil && to.minutes <= from.minutes {
		err = badWall{fmt.Sprintf("it ends at %s, not after it begins at %s; hours lie within one day", to, from)}
	}
	*h = Hours{from, to}
	return err
}

// On is h in minutes of the date's UTC day.
func (h Hours) On(date Date, zone *time.Location) (Span, error) {
	from, err := h.From.On(date, zone)
	if err != nil {
		return Span{}, err
	}
	to, err := h.To.On(date, zone)
	return Span{from, to}, err
}
