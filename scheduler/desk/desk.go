package desk

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"beamslot/scheduler"
)

// Options of a desk; only Now is needed.
type Options struct {
	Now    func() time.Time // the clock; the only one the desk has
	Board  Board            // told after each entry; nil: nobody
	Budget time.Duration    // for one round of planning; 0: 2 s
	Lead   time.Duration    // how far ahead of the clock a plan may change things; 0: 5 min
	Seed   uint64           // of the planner
	Log    *slog.Logger     // nil: silent
}

// Desk is the one writer. Acts go in by [Desk.Do]; what is known and durable is read by the other methods.
type Desk struct {
	journal Journal
	fence   scheduler.Fence
	o       Options
	asks    chan ask
	nudges  chan struct{}
	stop    chan struct{}
	stopped chan struct{}
	once    sync.Once

	mu        sync.RWMutex
	known     *Agenda                 // every entry in it is durable
	overtaken map[scheduler.Date]bool // days whose plan the clock has passed
	front     *Agenda                 // what the writer decides on; only the writer's
}

// Open takes the lead of the journal, replays it, and starts the writer. Close ends it.
func Open(ctx context.Context, j Journal, o Options) (*Desk, error) {
	if o.Now == nil {
		return nil, errors.New("a desk needs a clock: set Options.Now")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	fence, err := j.Lead(ctx)
	if err != nil {
		return nil, fmt.Errorf("the journal would not be led: %w", err)
	}
	known, err := Replay(ctx, j)
	if err != nil {
		return nil, err
	}
	d := &Desk{
		journal: j, fence: fence, o: o, known: known, overtaken: map[scheduler.Date]bool{}, front: known.clone(),
		asks: make(chan ask), nudges: make(chan struct{}, 1), stop: make(chan struct{}), stopped: make(chan struct{}),
	}
	d.nudge()
	go d.write()
	return d, nil
}

// Replay folds a whole journal into an agenda.
func Replay(ctx context.Context, j Journal) (*Agenda, error) {
	a := NewAgenda()
	for {
		entries, err := j.Read(ctx, a.Seq, replayPage)
		if err != nil {
			return nil, fmt.Errorf("the journal cannot be read after entry %d: %w", a.Seq, err)
		}
		for _, e := range entries {
			if _, err := a.Apply(e); err != nil {
				return nil, err
			}
		}
		if len(entries) < replayPage {
			return a, nil
		}
	}
}

const replayPage = 1000

// Close lets the writer finish what it took on and ends it.
func (d *Desk) Close() {
	d.once.Do(func() { close(d.stop) })
	<-d.stopped
}

// Do carries one act through the five steps and returns when its entry is durable, or with a [Refusal]. When ctx
// ends first the outcome is unknown: the same id may be sent again.
func (d *Desk) Do(ctx context.Context, x Act) (Receipt, error) {
	if no := wellFormed(x); no != nil {
		return Receipt{}, no
	}
	a := ask{act: x, reply: make(chan answer, 1)}
	select {
	case d.asks <- a:
	case <-d.stopped:
		return Receipt{}, ErrClosed
	case <-ctx.Done():
		return Receipt{}, ctx.Err()
	}
	select {
	case r := <-a.reply:
		return r.receipt, r.err
	case <-ctx.Done():
		return Receipt{}, fmt.Errorf("whether %s %s was done is not known, ask again under the same id: %w", x.Command.Kind(), x.ID, ctx.Err())
	}
}

func wellFormed(x Act) *Refusal {
	switch {
	case x.Command == nil:
		return refuse(Malformed, "command", "the act %q carries no command", x.ID)
	case x.ID == "" || len(x.ID) > 200:
		return refuse(Malformed, "command-id", "%s needs an id of 1 to 200 characters, so that it is never done twice", x.Command.Kind())
	case reserved(x):
		return refuse(Malformed, "command-id", "id %q begins like those of the program's own parts; begin it otherwise", x.ID)
	case x.By.Name == "" || x.By.Role == "":
		return refuse(Forbidden, "people", "%s needs a name and a role: who asks?", x.Command.Kind())
	}
	return nil
}

// reserved reports whether the id is one that machines, planner or clock give their commands, and somebody else uses it.
func reserved(x Act) bool {
	for prefix, role := range map[string]scheduler.Role{"floor/": scheduler.FloorRole, "plan/": scheduler.Planner, "round/": scheduler.ClockRole} {
		if strings.HasPrefix(string(x.ID), prefix) && x.By.Role != role {
			return true
		}
	}
	return false
}

// nudge asks for a round of planning; nudges that nobody has heard yet are one.
func (d *Desk) nudge() {
	select {
	case d.nudges <- struct{}{}:
	default:
	}
}
