package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// round is something that is done by the clock: harmless when rung twice, caught up once after downtime.
type round struct {
	name string
	spec string // five cron fields, in the wall time of zone
	zone *time.Location
	do   func(ctx context.Context, due time.Time) error
}

// roundBook remembers when a round last rang, across restarts.
type roundBook interface {
	LastRound(name string) (time.Time, error) // zero: never
	SetLastRound(name string, due time.Time) error
}

// bell is a round with its parsed times.
type bell struct {
	round
	times cron.Schedule
	last  time.Time
}

// parseRound reads the round's times. A zone inside the spec is refused: the library panics on some, and the
// round has a zone of its own.
func parseRound(r round) (cron.Schedule, error) {
	if strings.Contains(r.spec, "TZ=") {
		return nil, fmt.Errorf("round %s: %q names a zone; give five fields such as \"0 18 * * *\"", r.name, r.spec)
	}
	s, err := cron.ParseStandard(r.spec)
	if err != nil {
		return nil, fmt.Errorf("round %s: %q is not five cron fields: %w", r.name, r.spec, err)
	}
	return s, nil
}

// next is the first moment after t at which the round is due. It reckons on the wall's face, so that a time that
// summer time skips still rings once, right after the gap, and one that comes twice rings the first time only.
func next(s cron.Schedule, zone *time.Location, t time.Time) time.Time {
	local := t.In(zone)
	face := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), local.Second(), 0, time.UTC)
	for {
		face = s.Next(face)
		if face.IsZero() {
			return face
		}
		if at := onFace(face, zone); at.After(t) {
			return at
		}
	}
}

// onFace is the moment at which the zone's clocks show the face, the earlier one if there are two.
func onFace(face time.Time, zone *time.Location) time.Time {
	at := time.Date(face.Year(), face.Month(), face.Day(), face.Hour(), face.Minute(), face.Second(), 0, zone)
	if before := at.Add(-time.Hour); before.In(zone).Hour() == at.Hour() && before.In(zone).Minute() == at.Minute() {
		return before
	}
	return at
}

// ring keeps the rounds until ctx ends. A round missed while the program was down is made up for once.
func ring(ctx context.Context, c clock, book roundBook, log *slog.Logger, rounds ...round) error {
	bells := make([]*bell, 0, len(rounds))
	for _, r := range rounds {
		s, err := parseRound(r)
		if err != nil {
			return err
		}
		last, err := book.LastRound(r.name)
		if err != nil {
			return fmt.Errorf("round %s: when it last rang cannot be read: %w", r.name, err)
		}
		if last.IsZero() {
			last = c.Now()
		}
		bells = append(bells, &bell{r, s, last})
	}
	for ctx.Err() == nil {
		wait := time.Minute
		for _, b := range bells {
			wait = min(wait, b.strike(ctx, c.Now(), book, log))
		}
		sleep(ctx, max(c.wall(wait), time.Millisecond))
	}
	return nil
}

// strike does the round if it is due, and says how long until it may be.
func (b *bell) strike(ctx context.Context, now time.Time, book roundBook, log *slog.Logger) time.Duration {
	due := b.due(now)
	if due.IsZero() {
		if n := next(b.times, b.zone, b.last); !n.IsZero() {
			return n.Sub(now)
		}
		return time.Hour
	}
	if err := b.safely(ctx, due); err != nil {
		log.Error("a round failed and is tried again in a minute", "round", b.name, "due", due, "error", err)
		return time.Minute
	}
	if err := book.SetLastRound(b.name, due); err != nil {
		log.Error("a round was done, and that could not be written down; it will be done again after a restart", "round", b.name, "error", err)
	}
	b.last = due
	return 0
}

// due is the latest moment up to now at which the round should have rung since it last did, or zero. The last is
// kept from running ahead of a clock that was set back.
func (b *bell) due(now time.Time) time.Time {
	b.last = earlier(b.last, now)
	var due time.Time
	for t := next(b.times, b.zone, b.last); !t.IsZero() && !t.After(now); t = next(b.times, b.zone, t) {
		due = t
	}
	return due
}

func earlier(a, b time.Time) time.Time {
	if a.After(b) {
		return b
	}
	return a
}

// safely turns a panic of one round into an error: the others go on.
func (b *bell) safely(ctx context.Context, due time.Time) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return b.do(ctx, due)
}

// sleep waits, or less when ctx ends.
func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
