package solve

// openBatch starts a run whose resources lay has found free; it holds nothing yet.
func (s *state) openBatch(b batch) int32 {
	n := s.newBatch()
	s.log = append(s.log, change{step: batchOpened, what: n, worth: s.worth})
	b.live, b.vials, b.ships = true, s.batches[n].vials[:0], s.batches[n].ships[:0]
	for _, l := range s.sites[s.procs[b.proc].site].links {
		b.ships = append(b.ships, s.ship(&b, l))
	}
	s.batches[n] = b
	s.holdBatch(&b, true)
	k := s.procs[b.proc].tracer
	s.live[k] = append(s.live[k], n)
	s.worth -= s.procs[b.proc].cost + s.running(&b, b.beam, 0)
	return n
}

// closeBatch gives up a run that carries no vial.
func (s *state) closeBatch(n int32) {
	b := &s.batches[n]
	k := s.procs[b.proc].tracer
	at := int32(indexOf(s.live[k], n))
	s.log = append(s.log, change{step: batchClosed, what: n, at: at, worth: s.worth, need: b.need})
	s.worth += s.procs[b.proc].cost + s.running(b, b.beam, b.need)
	s.setSize(b, s.length(b, 0), 0)
	s.holdBatch(b, false)
	s.live[k] = cut(s.live[k], at)
	b.live = false
}

func (s *state) newBatch() int32 {
	if n := len(s.spareB); n > 0 {
		i := s.spareB[n-1]
		s.spareB = s.spareB[:n-1]
		return i
	}
	s.batches = append(s.batches, batch{})
	return int32(len(s.batches) - 1)
}

func (s *state) batchUnopened(c change) {
	b := &s.batches[c.what]
	s.holdBatch(b, false)
	k := s.procs[b.proc].tracer
	s.live[k] = s.live[k][:len(s.live[k])-1]
	b.live = false
	s.spareB = append(s.spareB, c.what)
}

func (s *state) batchUnclosed(c change) {
	b := &s.batches[c.what]
	b.live = true
	k := s.procs[b.proc].tracer
	s.live[k] = uncut(s.live[k], c.at, c.what)
	s.holdBatch(b, true)
	s.setSize(b, s.length(b, c.need), c.need)
}
