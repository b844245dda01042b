package desk

import (
	"fmt"
	"time"

	"beamslot/scheduler"
)

// zones remembers time zones that were loaded.
type zones map[string]*time.Location

func (z zones) load(name string) (*time.Location, error) {
	if l, ok := z[name]; ok {
		return l, nil
	}
	l, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		return nil, fmt.Errorf("time zone %q is not known; name one such as Europe/Oslo", name)
	}
	z[name] = l
	return l, nil
}

// minute is the day's minute at which clocks in the zone show hhmm; see [scheduler.Clock.On] for summer time.
func (z zones) minute(d scheduler.Date, hhmm, zone string) (scheduler.Minute, error) {
	loc, err := z.load(zone)
	if err != nil {
		return 0, err
	}
	clock, err := scheduler.ParseClock(hhmm)
	if err != nil {
		return 0, err
	}
	return clock.On(d, loc)
}

// span turns a wish into the day's minutes: the window, and the minute after which it is late.
func (z zones) span(d scheduler.Date, w scheduler.Wall) (window scheduler.Span, due scheduler.Minute, err error) {
	if window[0], err = z.minute(d, w.From, w.Zone); err != nil {
		return window, 0, err
	}
	if window[1], err = z.minute(d, w.To, w.Zone); err != nil {
		return window, 0, err
	}
	if w.Due == "" {
		return window, window[1], nil
	}
	due, err = z.minute(d, w.Due, w.Zone)
	return window, due, err
}
