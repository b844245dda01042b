package solve

// step names what a change did, and so how it is undone.
type step uint8

const (
	placed step = iota
	unplaced
	vialOpened
	vialClosed
	batchOpened
	batchClosed
)

// change is one step written down with what it overwrote, so that undoing restores every bit of the state.
type change struct {
	step  step
	what  int32   // request, vial or batch
	at    int32   // where it stood in its list
	worth float64 // before
	load  float64 // of the vial, before
	need  float64 // of the batch, before
	visit visit   // as it was promised
}

// mark is a moment to come back to.
func (s *state) mark() int { return len(s.log) }

// undo takes back everything since the mark.
func (s *state) undo(mark int) {
	for len(s.log) > mark {
		c := s.log[len(s.log)-1]
		s.log = s.log[:len(s.log)-1]
		switch c.step {
		case placed:
			s.unplacedAgain(c)
		case unplaced:
			s.placedAgain(c)
		case vialOpened:
			s.vialUnopened(c)
		case vialClosed:
			s.vialUnclosed(c)
		case batchOpened:
			s.batchUnopened(c)
		case batchClosed:
			s.batchUnclosed(c)
		}
		s.worth = c.worth
	}
}

// keep forgets how to undo: what was done since the last time stays, and what was closed may be used again.
func (s *state) keep() {
	for i := range s.log {
		switch c := &s.log[i]; c.step {
		case vialClosed:
			s.spareV = append(s.spareV, c.what)
		case batchClosed:
			s.spareB = append(s.spareB, c.what)
		}
	}
	s.log = s.log[:0]
}
