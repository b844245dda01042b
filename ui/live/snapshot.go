package live

import (
	"context"
	"encoding/json"
	"sync"

	"beamslot/scheduler"
)

// tail is how many of the day's last entries a snapshot carries, and lookBack how far they are looked for.
const (
	tail     = 50
	lookBack = 1000
)

// picture is the last snapshot that was taken, kept encoded: those who come together share it.
type picture struct {
	mu      sync.Mutex // held while one is taken, so that it is taken once
	seq     scheduler.Seq
	view    json.RawMessage
	journal json.RawMessage
}

// snapshot is the whole day as of an entry that is at least the stream's last.
func (s *stream) snapshot(ctx context.Context) ([]byte, scheduler.Seq, error) {
	p := &s.picture
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.view == nil || p.seq < s.last() {
		if err := s.takePicture(ctx, p); err != nil {
			return nil, 0, err
		}
	}
	data, err := json.Marshal(snapshotMessage{"snapshot", s.o.Epoch, p.seq, s.now(), s.o.Speed, p.view, p.journal})
	return data, p.seq, err
}

func (s *stream) takePicture(ctx context.Context, p *picture) error {
	view, seq, err := s.desk.View(s.date)
	if err != nil {
		return err
	}
	entries, err := s.lastEntries(ctx, seq)
	if err != nil {
		return err
	}
	encoded, err := json.Marshal(view)
	if err != nil {
		return err
	}
	journal, err := json.Marshal(entries)
	if err != nil {
		return err
	}
	p.seq, p.view, p.journal = seq, encoded, journal
	return nil
}

// lastEntries are the day's last up to seq, oldest first; an entry after seq will come as a message.
func (s *stream) lastEntries(ctx context.Context, seq scheduler.Seq) ([]scheduler.Entry, error) {
	from := scheduler.Seq(0)
	if seq > lookBack {
		from = seq - lookBack
	}
	read, err := s.desk.Read(ctx, from, lookBack)
	if err != nil {
		return nil, err
	}
	entries := []scheduler.Entry{}
	for _, e := range read {
		if e.Seq <= seq && e.Event.Command.Of() == s.date {
			entries = append(entries, light(e))
		}
	}
	return entries[max(0, len(entries)-tail):], nil
}
