package solve

import "beamslot/scheduler"

// holdRoom takes one uptake room of the centre for the slots, or with -1 gives it back.
func (s *state) holdRoom(c, from, to int32, by int32) {
	use, full, most := s.rooms[c], s.full[c], s.centres[c].rooms
	for t := max(from, 0); t < min(to, int32(len(use))); t++ {
		n := int32(use[t]) + by
		use[t] = uint8(n)
		if n >= most {
			full[t>>6] |= 1 << (t & 63)
		} else {
			full[t>>6] &^= 1 << (t & 63)
		}
	}
}

// holdScanner takes the scanner and the room for a visit of r, or gives them back.
func (s *state) holdVisit(r int32, v *visit, on bool) {
	at := &s.requests[r].places[v.place]
	by := int32(-1)
	if on {
		by = 1
	}
	for i := range at.choices {
		if at.choices[i].scanner == v.scanner {
			s.scan[v.scanner].set(v.start, v.start+at.choices[i].busy, on)
		}
	}
	s.holdRoom(at.centre, v.injection-s.centres[at.centre].prep, v.start, by)
}

// holdBeam takes or gives back [from, to) of a batch's source and, for a target, one beam of its cyclotron.
func (s *state) holdBeam(src *source, n, from, to int32, on bool) {
	s.source[n].set(from, to, on)
	if src.cyclo == none {
		return
	}
	use := s.beams[src.cyclo]
	for t := max(from, 0); t < min(to, int32(len(use))); t++ {
		if on {
			use[t]++
		} else {
			use[t]--
		}
	}
}

// beamFree reports whether the source could also be in beam in [from, to).
func (s *state) beamFree(src *source, n, from, to int32) bool {
	if !s.source[n].free(from, to) {
		return false
	}
	if src.cyclo == none {
		return true
	}
	for _, u := range s.beams[src.cyclo][from:to] {
		if u >= s.parallel[src.cyclo] {
			return false
		}
	}
	return true
}

// holdBatch takes or gives back everything that a batch holds besides its beam's own slots.
func (s *state) holdBatch(b *batch, on bool) {
	m := &s.procs[b.proc]
	n := s.sourceOf(b)
	src := &s.sources[n]
	s.holdBeam(src, n, b.end-b.beam, b.end, on)
	s.source[n].set(b.end, b.end+src.hold, on)
	s.cell[b.cell].set(b.synth, s.clean(b), on)
	s.line[b.line].set(b.qc, b.qc+m.qc, on)
}

// clean is the slot from which the batch's hot cell is free again.
func (s *state) clean(b *batch) int32 {
	return s.up(scheduler.Minute(b.eos + s.cells[b.cell].cleanup))
}
