package scheduler

import "time"

// A name has a type, so that a vial's is never taken for a scanner's.
type (
	TracerID    string
	SiteID      string
	CyclotronID string
	TargetID    string
	GeneratorID string
	LotID       string
	HotCellID   string
	QCLineID    string
	CentreID    string
	ScannerID   string
	LinkID      string
	RequestID   string
	BatchID     string
	VialID      string
)

// Minute counts minutes since 00:00 UTC of the planned day; it may pass 1440 in western zones.
type Minute int

// Span is the half-open interval [from, to) in minutes of the day.
type Span [2]Minute

// Holds reports whether [from, to) lies wholly inside s.
func (s Span) Holds(from, to Minute) bool { return s[0] <= from && to <= s[1] }

// Date is a calendar day written as 2026-11-24.
type Date string

// Midnight is 00:00 UTC of the day, the moment that Minute 0 means.
func (d Date) Midnight() (time.Time, error) { return time.Parse(time.DateOnly, string(d)) }

// On turns a minute of the day that begins at midnight into a moment.
func (m Minute) On(midnight time.Time) time.Time {
	return midnight.Add(time.Duration(m) * time.Minute)
}

// MinuteOf is the last whole minute of the day, begun at midnight, that is not after t.
func MinuteOf(midnight, t time.Time) Minute {
	d := t.Sub(midnight)
	m := Minute(d / time.Minute)
	if d < 0 && d%time.Minute != 0 {
		m--
	}
	return m
}
