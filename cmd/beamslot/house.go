package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
	"beamslot/scheduler/store"
	"beamslot/ui"
	"beamslot/ui/live"
	"beamslot/ui/web"
)

// house is a running Beamslot: the journal, the desk on it, and the board that shows it.
type house struct {
	clock   clock
	log     *slog.Logger
	journal *store.Journal
	desk    *desk.Desk
	hub     *live.Hub
	tasks   sync.WaitGroup
}

// plans is how a house plans.
type plans struct {
	budget, lead time.Duration
	seed         uint64
}

// openHouse opens the journal in dir and puts the desk on it. Close ends both.
func openHouse(ctx context.Context, dir string, c clock, p plans, log *slog.Logger) (*house, error) {
	j, err := store.Open(filepath.Join(dir, "journal.db"), store.Options{})
	if err != nil {
		return nil, err
	}
	hub := live.NewHub(live.Options{Now: c.Now, Speed: c.speed})
	d, err := desk.Open(ctx, j, desk.Options{Now: c.Now, Board: hub, Budget: p.budget, Lead: p.lead, Seed: p.seed, Log: log})
	if err != nil {
		return nil, errors.Join(err, hub.Close(ctx), j.Close())
	}
	hub.Attach(d)
	return &house{clock: c, log: log, journal: j, desk: d, hub: hub}, nil
}

// inHouse opens a house, does what f does in it, and closes it again: first the tasks end, then the desk, then the
// journal.
func inHouse(ctx context.Context, dir string, c clock, p plans, log *slog.Logger, f func(context.Context, *house) error) error {
	h, err := openHouse(ctx, dir, c, p, log)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	err = f(ctx, h)
	stop()
	return errors.Join(err, h.Close())
}

// start runs a task that ends with ctx; Close waits for it.
func (h *house) start(ctx context.Context, task func(context.Context)) {
	h.tasks.Go(func() { task(ctx) })
}

// Close ends the desk and the journal; the context of the tasks must have ended.
func (h *house) Close() error {
	h.tasks.Wait()
	h.desk.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return errors.Join(h.hub.Close(ctx), h.journal.Close())
}

// serve answers on addr until ctx ends; it says where once it listens.
func (h *house) serve(ctx context.Context, addr string, plant ui.Plant, say io.Writer) error {
	s, err := ui.New(ui.Options{Desk: h.desk, Hub: h.hub, Plant: plant, Web: web.Files(), Log: h.log})
	if err != nil {
		return err
	}
	ln, err := s.Listen(addr)
	if err != nil {
		return fmt.Errorf("%w; name another place with --addr", err)
	}
	fmt.Fprintf(say, "The board is at http://%s\n", ln.Addr())
	return s.Serve(ctx, ln)
}

// plan keeps every day planned until ctx ends: after each event, and when the clock has passed what did not happen.
func (h *house) plan(ctx context.Context, beat time.Duration) {
	h.start(ctx, h.desk.Plans)
	h.start(ctx, func(ctx context.Context) {
		for ctx.Err() == nil {
			for _, date := range h.desk.Days() {
				h.nudgeIfOvertaken(date)
			}
			sleep(ctx, beat)
		}
	})
}

func (h *house) nudgeIfOvertaken(date scheduler.Date) {
	overtaken := false
	err := h.desk.With(date, func(c *desk.Course) { overtaken = c.Overtaken(h.clock.Now()) })
	if err == nil && overtaken {
		h.desk.Nudge(date)
	}
}

// machines ties the desk to a floor until ctx ends.
func (h *house) machines(ctx context.Context, f floor, beat time.Duration) {
	c := &conductor{desk: h.desk, floor: f, charts: h.hub, clock: h.clock, beat: beat, log: h.log, said: map[string]bool{}}
	h.start(ctx, c.out)
	h.start(ctx, c.in)
}
