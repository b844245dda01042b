package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"time"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
)

// atOnce is how many acts share one synced commit at most.
const atOnce = 256

// ask is an act on its way through the writer.
type ask struct {
	act   Act
	reply chan answer
}

type answer struct {
	receipt Receipt
	err     error
}

// decided is an ask whose entry waits for the journal.
type decided struct {
	ask
	receipt Receipt
}

// write is the writer: it drains what waits, decides each act on top of the ones before, and acknowledges them
// together after one commit.
func (d *Desk) write() {
	defer close(d.stopped)
	for {
		select {
		case <-d.stop:
			return
		case first := <-d.asks:
			if err := d.round(d.drain(first)); err != nil {
				d.o.Log.Error("the desk stops: what the journal holds is not certain any more", "error", err)
				return
			}
		}
	}
}

func (d *Desk) drain(first ask) []ask {
	asks := []ask{first}
	for len(asks) < atOnce {
		select {
		case a := <-d.asks:
			asks = append(asks, a)
		default:
			return asks
		}
	}
	return asks
}

// round takes the asks through decided, written down, applied and shown. An error means that the writer must end.
func (d *Desk) round(asks []ask) error {
	var waiting []decided
	var entries []scheduler.Entry
	for _, a := range asks {
		r, fresh, err := d.decide(a.act)
		if err != nil {
			a.reply <- answer{err: err}
			continue
		}
		waiting = append(waiting, decided{a, r})
		if fresh {
			entries = append(entries, r.Entry)
		}
	}
	if err := d.commit(entries); err != nil {
		for _, w := range waiting {
			w.reply <- answer{err: fmt.Errorf("%s was not written down: %w", w.act.Command.Kind(), err)}
		}
		return d.recover()
	}
	for _, w := range waiting {
		w.reply <- answer{receipt: w.receipt}
	}
	return nil
}

// decide answers from what was done before, or decides and applies to the front.
func (d *Desk) decide(x Act) (r Receipt, fresh bool, err error) {
	if err := rules.May(x.By, x.Command); err != nil {
		return r, false, refuse(Forbidden, "people", "%v", err)
	}
	if m, ok := d.front.done[x.ID]; ok {
		r, err = d.again(x, m)
		return r, false, err
	}
	e, no := d.front.decide(x, d.o.Now())
	if no != nil {
		return Receipt{}, false, no
	}
	if _, err := d.front.Apply(e); err != nil {
		return Receipt{}, false, refuse(Malformed, "command", "%s cannot be done: %v", x.Command.Kind(), err)
	}
	return Receipt{Entry: e}, true, nil
}

// again finds what became of a command that was sent before under the same id.
func (d *Desk) again(x Act, m mark) (Receipt, error) {
	if m.sum != sumOf(x.Command) {
		return Receipt{}, refuse(Misused, "command-id", "id %s belongs to another command (entry %d); give %s an id of its own", x.ID, m.seq, x.Command.Kind())
	}
	entries, err := d.journal.Read(context.Background(), m.seq-1, 1)
	if err != nil {
		return Receipt{}, err
	}
	if len(entries) == 0 { // decided in this very round: durable when the round is
		return Receipt{Entry: scheduler.Entry{Seq: m.seq, ID: x.ID, By: x.By, At: d.o.Now().UTC(), Event: scheduler.Event{Command: x.Command}}, Again: true}, nil
	}
	return Receipt{Entry: entries[0], Again: true}, nil
}

// commit writes the entries down, makes them known, and shows them.
func (d *Desk) commit(entries []scheduler.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := d.journal.Append(ctx, d.known.Seq, d.fence, entries); err != nil {
		return err
	}
	for _, e := range entries {
		shown := d.learn(e)
		if d.o.Board != nil {
			d.o.Board.Show(shown)
		}
	}
	return nil
}

// learn applies a durable entry to what is known, and nudges the planner if the day changed under its plan.
func (d *Desk) learn(e scheduler.Entry) Shown {
	d.mu.Lock()
	defer d.mu.Unlock()
	shown := Shown{Entry: e, Date: e.Event.Command.Of()}
	before := d.known.alarmsOf(shown.Date)
	t, err := d.known.Apply(e)
	if err != nil {
		d.o.Log.Error("an entry was written down that cannot be applied", "error", err)
		return shown
	}
	if c, ok := d.known.Course(shown.Date); ok {
		shown.Patch = c.patch(t, before)
	}
	if wantsPlan(e.Event.Command) {
		d.nudge()
	}
	return shown
}

// recover goes back to what is known after a refused append. If the journal moved all the same, or somebody else
// leads, the desk must end: a restart replays what is true.
func (d *Desk) recover() error {
	if last := d.journal.Last(); last != d.known.Seq {
		return fmt.Errorf("the journal ends at entry %d, the desk at %d", last, d.known.Seq)
	}
	d.front = d.known.clone()
	return nil
}

// IsRefusal finds the refusal in an error.
func IsRefusal(err error) (*Refusal, bool) {
	var r *Refusal
	ok := errors.As(err, &r)
	return r, ok
}

// sumOf tells commands apart: 64 bits over the command's word and JSON.
func sumOf(c scheduler.Command) uint64 {
	h := fnv.New64a()
	fmt.Fprintln(h, c.Kind())
	if err := json.NewEncoder(h).Encode(c); err != nil {
		return 0
	}
	return h.Sum64()
}
