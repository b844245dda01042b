package live

import (
	"encoding/json"
	"fmt"
	"sort"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
)

// message is one change of a day, encoded for all.
type message struct {
	seq  scheduler.Seq
	data *websocket.PreparedMessage
}

// stream is what is said of one day. Boards keep their own place in it: who is slow holds up nobody.
type stream struct {
	desk   Desk
	date   scheduler.Date
	o      Options
	shadow shadow // the hub's, under its lock

	mu      sync.Mutex
	seq     scheduler.Seq // the last entry that is in it
	floor   scheduler.Seq // everything after it is still in the ring
	ring    []message     // oldest first, by seq
	traces  []*websocket.PreparedMessage
	traced  uint64 // traces that ever were
	pulse   *websocket.PreparedMessage
	beats   uint64
	idle    int // beats since anybody watched
	boards  int
	ended   bool          // start anew: with a fresh snapshot, in another stream
	more    chan struct{} // closed when there is more, and another put in its place
	picture picture
}

func newStream(d Desk, date scheduler.Date, o Options) (*stream, error) {
	view, seq, err := d.View(date)
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(view)
	if err != nil {
		return nil, fmt.Errorf("day %s cannot be shown: %w", date, err)
	}
	sh, err := newShadow(data)
	if err != nil {
		return nil, fmt.Errorf("day %s cannot be shown: %w", date, err)
	}
	return &stream{desk: d, date: date, o: o, shadow: sh, seq: seq, floor: seq, more: make(chan struct{})}, nil
}

// show puts an entry into the stream. What the view already had when the stream began is left out.
func (s *stream) show(told desk.Shown) error {
	seq, after := told.Entry.Seq, s.last()
	if seq <= after {
		return nil
	}
	patch := json.RawMessage("{}")
	if told.Patch.Date != "" {
		data, err := json.Marshal(told.Patch)
		if err != nil {
			return err
		}
		if patch, err = s.shadow.follow(data); err != nil {
			return err
		}
	}
	m, err := prepare(entryMessage{"entry", seq, after, light(told.Entry), patch})
	if err != nil {
		return err
	}
	s.say(func() {
		s.seq = seq
		s.ring = append(s.ring, message{seq, m})
		if len(s.ring) >= 2*s.o.Ring { // moved seldom, so that each message is moved about once
			cut := len(s.ring) - s.o.Ring
			s.floor = s.ring[cut-1].seq
			s.ring = append(make([]message, 0, 2*s.o.Ring), s.ring[cut:]...)
		}
	})
	return nil
}

// mostTraces are kept; a board that is further behind misses the older ones.
const mostTraces = 256

func (s *stream) trace(r scheduler.Reading) {
	m, err := prepare(traceMessage{"trace", r.Device, r.Point, r.Value, r.Unit, r.At.UTC(), r.Batch})
	if err != nil {
		return // a number that JSON cannot hold: not worth an entry in a log each second
	}
	s.say(func() {
		s.traced++
		s.traces = append(s.traces, m)
		if len(s.traces) >= 2*mostTraces {
			s.traces = append(make([]*websocket.PreparedMessage, 0, 2*mostTraces), s.traces[len(s.traces)-mostTraces:]...)
		}
	})
}

// beat says that the server is there, and for how many beats nobody has watched.
func (s *stream) beat() (idle int) {
	m, err := prepare(s.pulseAt(s.last()))
	if err != nil {
		return 0
	}
	s.say(func() {
		s.pulse, s.beats, s.idle = m, s.beats+1, s.idle+1
		if s.boards > 0 {
			s.idle = 0
		}
		idle = s.idle
	})
	return idle
}

func (s *stream) pulseAt(seq scheduler.Seq) beatMessage {
	return beatMessage{"beat", seq, s.o.Now().UTC(), s.o.Speed}
}

// end tells the boards to start anew.
func (s *stream) end() { s.say(func() { s.ended = true }) }

// say changes the stream and wakes everybody who waits for more.
func (s *stream) say(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
	close(s.more)
	s.more = make(chan struct{})
}

func (s *stream) last() scheduler.Seq {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seq
}

// watch counts the boards that watch; n is 1 or -1.
func (s *stream) watch(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.boards += n
}

// place is how far a board has come.
type place struct {
	seq    scheduler.Seq
	traced uint64
	beats  uint64
}

// sheaf is what a board is sent next.
type sheaf struct {
	entries []message
	others  []*websocket.PreparedMessage // a beat and traces, only when no entry waits
	ping    bool
	behind  bool            // too much waits: a fresh snapshot instead
	ended   bool            // the stream is over: a fresh snapshot from another
	more    <-chan struct{} // closed when there is more
}

// pingEvery so many beats.
const pingEvery = 4

// take gives what follows p and moves p past it; at most entries may wait for one board.
func (s *stream) take(p *place, most int) sheaf {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := sort.Search(len(s.ring), func(i int) bool { return s.ring[i].seq > p.seq })
	f := sheaf{more: s.more, ended: s.ended, behind: p.seq < s.floor || len(s.ring)-at > most}
	switch {
	case f.ended || f.behind:
	case at < len(s.ring):
		f.entries = append(f.entries, s.ring[at:]...)
		p.seq = s.ring[len(s.ring)-1].seq
	default:
		s.takeOthers(p, &f)
	}
	return f
}

func (s *stream) takeOthers(p *place, f *sheaf) {
	if p.beats < s.beats && s.pulse != nil {
		f.others = append(f.others, s.pulse)
		f.ping = s.beats%pingEvery == 0
		p.beats = s.beats
	}
	if n := min(s.traced-p.traced, uint64(len(s.traces)), mostTraces); n > 0 {
		f.others = append(f.others, s.traces[uint64(len(s.traces))-n:]...)
	}
	p.traced = s.traced
}

// resumes reports whether a board that has everything up to seq can go on from there.
func (s *stream) resumes(seq scheduler.Seq) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return seq >= s.floor
}

// here is a place that wants no trace and no beat from before.
func (s *stream) here(seq scheduler.Seq) place {
	s.mu.Lock()
	defer s.mu.Unlock()
	return place{seq: seq, traced: s.traced, beats: s.beats}
}

// now is the server's clock, for what is not sent to all.
func (s *stream) now() time.Time { return s.o.Now().UTC() }
