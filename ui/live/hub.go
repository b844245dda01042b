// Package live shows a running day to whoever watches: a snapshot, then each change after it, numbered as the
// journal is. docs/live.md is the protocol. The [Hub] knows who is watching; a board is one browser.
package live

import (
	"context"
	"fmt"
	"sync"
	"time"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
)

// Desk is what the hub asks of the desk: what a day looks like, and what was written down.
type Desk interface {
	View(scheduler.Date) (desk.View, scheduler.Seq, error)
	Read(ctx context.Context, after scheduler.Seq, limit int) ([]scheduler.Entry, error)
}

// Hub is told what happens and tells every board, each in its own time. It is a [desk.Board].
type Hub struct {
	o    Options
	wake chan struct{} // holds one: something was told
	stop chan struct{}

	telling sync.Mutex // guards what was told and not yet passed on
	told    []desk.Shown
	traced  []scheduler.Reading
	lost    bool // more was told than is kept: every board starts anew

	mu      sync.Mutex // guards the rest; held while an entry becomes a message
	desk    Desk       // nil until attached
	closed  bool
	streams map[scheduler.Date]*stream
	boards  map[*board]bool
	seats   int            // boards, and those on their way in
	all     sync.WaitGroup // the hub's own goroutine and two for each board
}

// NewHub makes a hub that nobody can watch yet: the desk that shows to it does not exist before it. See [Hub.Attach].
func NewHub(o Options) *Hub {
	return &Hub{
		o: o.filled(), wake: make(chan struct{}, 1), stop: make(chan struct{}),
		streams: map[scheduler.Date]*stream{}, boards: map[*board]bool{},
	}
}

// Attach lets boards in, once. The hub runs until Close.
func (h *Hub) Attach(d Desk) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.desk != nil || h.closed {
		return
	}
	h.desk = d
	h.all.Go(h.run)
}

// Show takes note of an entry and returns at once.
func (h *Hub) Show(s desk.Shown) {
	h.telling.Lock()
	if len(h.told) < mostTold {
		h.told = append(h.told, s)
	} else {
		h.told, h.lost = nil, true
	}
	h.telling.Unlock()
	h.ring()
}

// Trace takes note of a point's value and returns at once. Traces are not numbered, and the first to be dropped.
func (h *Hub) Trace(r scheduler.Reading) {
	if r.Sign != scheduler.Trace {
		return
	}
	h.telling.Lock()
	if len(h.traced) < mostTraced {
		h.traced = append(h.traced, r)
	}
	h.telling.Unlock()
	h.ring()
}

// What is kept of what the hub was told and has not passed on.
const (
	mostTold   = 1 << 16
	mostTraced = 1 << 10
)

func (h *Hub) ring() {
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

// run passes on what was told, and beats.
func (h *Hub) run() {
	beat := time.NewTicker(h.o.Beat)
	defer beat.Stop()
	for {
		select {
		case <-h.stop:
			return
		case <-h.wake:
			h.pass()
		case <-beat.C:
			h.beat()
		}
	}
}

func (h *Hub) pass() {
	h.telling.Lock()
	told, traced, lost := h.told, h.traced, h.lost
	h.told, h.traced, h.lost = nil, nil, false
	h.telling.Unlock()
	if lost {
		h.o.Log.Warn("the hub was told more than it keeps; every board starts anew")
		h.anew()
	}
	for _, s := range told {
		h.passOn(s)
	}
	h.passTraces(traced)
}

// passOn makes the entry a message of its day, if anybody has ever watched that day.
func (h *Hub) passOn(s desk.Shown) {
	h.mu.Lock()
	defer h.mu.Unlock()
	st, ok := h.streams[s.Date]
	if !ok {
		return
	}
	if err := st.show(s); err != nil {
		h.o.Log.Error("an entry cannot be shown; its boards start anew", "entry", s.Entry.Seq, "error", err)
		delete(h.streams, s.Date)
		st.end()
	}
}

func (h *Hub) passTraces(traced []scheduler.Reading) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range traced {
		for date, st := range h.streams {
			if r.Date == "" || r.Date == date {
				st.trace(r)
			}
		}
	}
}

// anew forgets every day, so that its boards are given fresh snapshots of a new one.
func (h *Hub) anew() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for date, st := range h.streams {
		delete(h.streams, date)
		st.end()
	}
}

// beat says to everybody that the server is there; days that nobody has watched for long are forgotten.
func (h *Hub) beat() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for date, st := range h.streams {
		if st.beat() > h.o.Keep {
			delete(h.streams, date)
			st.end()
		}
	}
}

// stream is the day's stream. It is begun under the lock under which entries are passed on: an entry is either in
// the view it begins with, or follows as a message.
func (h *Hub) stream(date scheduler.Date) (*stream, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if st, ok := h.streams[date]; ok {
		return st, nil
	}
	st, err := newStream(h.desk, date, h.o)
	if err != nil {
		return nil, err
	}
	h.streams[date] = st
	return st, nil
}

// Close says goodbye to every board and returns when all are gone; when ctx ends first they are cut off.
func (h *Hub) Close(ctx context.Context) error {
	h.mu.Lock()
	if !h.closed {
		h.closed = true
		close(h.stop)
	}
	h.mu.Unlock()
	gone := make(chan struct{})
	go func() { h.all.Wait(); close(gone) }()
	select {
	case <-gone:
		return nil
	case <-ctx.Done():
	}
	cut := h.cut()
	<-gone
	return fmt.Errorf("%d boards did not take their goodbye and were cut off: %w", cut, ctx.Err())
}

func (h *Hub) cut() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	for b := range h.boards {
		b.hangUp()
	}
	return len(h.boards)
}
