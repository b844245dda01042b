package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"beamslot/scheduler"
)

// quiet is how long a search may take without a word to who waits.
const quiet = time.Second

// meter shows on a terminal how far a search has come; anywhere else, and of a short search, it shows nothing.
type meter struct {
	mu    sync.Mutex
	bar   *progressbar.ProgressBar
	steps int // the last that the search told
	best  scheduler.Score
	done  chan struct{}
	ended sync.WaitGroup
}

// watch starts the meter of a search with these limits; end stops it.
func watch(errOut io.Writer, o planOptions) *meter {
	m := &meter{done: make(chan struct{})}
	f, ok := errOut.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return m
	}
	begun := time.Now()
	m.ended.Go(func() { m.show(f, begun, o) })
	return m
}

// show draws from when the search has been quiet for long enough until it ends.
func (m *meter) show(to io.Writer, begun time.Time, o planOptions) {
	tick := time.NewTicker(quiet / 5)
	defer tick.Stop()
	for {
		select {
		case <-m.done:
			return
		case now := <-tick.C:
			if now.Sub(begun) >= quiet {
				m.draw(to, now.Sub(begun), o)
			}
		}
	}
}

// draw sets the bar to the part of the time that has passed, or of the steps that were told.
func (m *meter) draw(to io.Writer, gone time.Duration, o planOptions) {
	m.mu.Lock()
	defer m.mu.Unlock()
	whole, part := int64(o.time/time.Millisecond), int64(gone/time.Millisecond)
	if o.time == 0 {
		whole, part = int64(o.steps), int64(m.steps)
	}
	if m.bar == nil {
		m.bar = progressbar.NewOptions64(max(whole, 1), progressbar.OptionSetWriter(to), progressbar.OptionClearOnFinish(),
			progressbar.OptionSetPredictTime(false), progressbar.OptionSetElapsedTime(false))
	}
	m.bar.Describe(fmt.Sprintf("planning: %d of %d served, J %s", m.best.Served, m.best.Asked, grouped(m.best.Total(), 0)))
	_ = m.bar.Set64(min(part, max(whole-1, 0))) // a bar that cannot be drawn is no reason to stop planning
}

// told is the search's word on its best plan so far.
func (m *meter) told(steps int, best scheduler.Score) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.steps, m.best = steps, best
}

// end takes the bar away.
func (m *meter) end() {
	close(m.done)
	m.ended.Wait()
	if m.bar != nil {
		_ = m.bar.Clear()
	}
}
