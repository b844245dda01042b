package main

import "time"

// clock is the program's one clock: the wall's, or one that runs faster from a moment of its own, for a demonstration.
type clock struct {
	origin time.Time // wall time when it started
	start  time.Time // what it said then
	speed  float64
}

// wallClock runs with the wall.
func wallClock() clock {
	now := time.Now()
	return clock{origin: now, start: now, speed: 1}
}

// fastClock starts at the given moment and runs speed times as fast as the wall.
func fastClock(start time.Time, speed float64) clock {
	return clock{origin: time.Now(), start: start, speed: speed}
}

// Now is the clock's time, in UTC. At speed 1 it is the wall's own, steps and all: a wrong clock must show.
func (c clock) Now() time.Time {
	if c.speed == 1 && c.start.Equal(c.origin) {
		return time.Now().UTC()
	}
	return c.start.Add(time.Duration(float64(time.Since(c.origin)) * c.speed)).UTC()
}

// wall is how long the wall takes for d on this clock.
func (c clock) wall(d time.Duration) time.Duration { return time.Duration(float64(d) / c.speed) }
