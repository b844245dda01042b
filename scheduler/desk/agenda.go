package desk

import (
	"fmt"
	"maps"

	"beamslot/scheduler"
)

// Agenda is all that is known: the fold of a journal's entries, and of nothing else.
type Agenda struct {
	Seq   scheduler.Seq
	days  map[scheduler.Date]*Course
	ahead map[scheduler.Date][]scheduler.Book // wishes for days that are not open yet, in wall time
	done  map[scheduler.CommandID]mark
	zones zones
}

// mark remembers a command that was done, so that its id is never done twice or for something else.
type mark struct {
	seq scheduler.Seq
	sum uint64
}

// NewAgenda knows nothing yet.
func NewAgenda() *Agenda {
	return &Agenda{
		days:  map[scheduler.Date]*Course{},
		ahead: map[scheduler.Date][]scheduler.Book{},
		done:  map[scheduler.CommandID]mark{},
		zones: zones{},
	}
}

// Course is what is known of a day, or false when it has not been opened.
func (a *Agenda) Course(d scheduler.Date) (*Course, bool) {
	c, ok := a.days[d]
	return c, ok
}

// Apply folds the entry in and says what it touched. An entry out of order is an error: the journal lies.
func (a *Agenda) Apply(e scheduler.Entry) (Touched, error) {
	if e.Seq != a.Seq+1 {
		return Touched{}, fmt.Errorf("entry %d follows entry %d: the journal has a gap", e.Seq, a.Seq)
	}
	t, err := a.fold(e)
	if err != nil {
		return t, fmt.Errorf("entry %d (%s) cannot be applied: %w", e.Seq, e.Event.Kind(), err)
	}
	a.Seq = e.Seq
	a.done[e.ID] = mark{e.Seq, sumOf(e.Event.Command)}
	return t, nil
}

func (a *Agenda) fold(e scheduler.Entry) (Touched, error) {
	date := e.Event.Command.Of()
	if open, ok := e.Event.Command.(scheduler.Open); ok {
		return a.open(open, e.Seq)
	}
	c, ok := a.days[date]
	if !ok {
		return Touched{}, a.lookAhead(e.Event.Command)
	}
	return c.apply(e)
}

// lookAhead keeps a wish for a day that is not open, or takes it back.
func (a *Agenda) lookAhead(c scheduler.Command) error {
	switch c := c.(type) {
	case scheduler.Book:
		a.ahead[c.Date] = append(a.ahead[c.Date], c)
		return nil
	case scheduler.Cancel:
		kept := a.ahead[c.Date][:0:0]
		for _, b := range a.ahead[c.Date] {
			if b.Request.ID != c.Request {
				kept = append(kept, b)
			}
		}
		a.ahead[c.Date] = kept
		return nil
	}
	return fmt.Errorf("day %s is not open", c.Of())
}

// open starts a day's course and folds the wishes made for it ahead of time in, by the zone rules of now.
func (a *Agenda) open(o scheduler.Open, seq scheduler.Seq) (Touched, error) {
	c, err := newCourse(o)
	if err != nil {
		return Touched{}, err
	}
	for _, b := range a.ahead[o.Date] {
		if no := c.judgeBook(b, a.zones); no != nil {
			c.refuseLate(b, no)
			continue
		}
		if _, err := c.book(b, a.zones); err != nil {
			return Touched{}, err
		}
	}
	delete(a.ahead, o.Date)
	a.days[o.Date] = c
	c.zones, c.Changed = a.zones, seq
	return everything, nil
}

// clone is a deep copy: the desk decides on one agenda and shows the other.
func (a *Agenda) clone() *Agenda {
	b := NewAgenda()
	b.Seq = a.Seq
	for d, c := range a.days {
		b.days[d] = c.clone()
	}
	for d, w := range a.ahead {
		b.ahead[d] = append([]scheduler.Book(nil), w...)
	}
	b.done = maps.Clone(a.done)
	return b
}
