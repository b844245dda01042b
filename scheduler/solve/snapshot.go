package solve

// snapshot is a plan to come back to, as flat copies.
type snapshot struct {
	worth   float64
	visits  []visit
	vials   []vial
	batches []batch
}

// save copies the state's plan.
func (s *state) save(to *snapshot) {
	to.worth = s.worth
	to.visits = append(to.visits[:0], s.visits...)
	to.vials = append(to.vials[:0], s.vials...)
	to.batches = append(to.batches[:0], s.batches...)
}

// load makes the saved plan the state's again. What is frozen never changed.
func (s *state) load(from *snapshot) {
	s.strip()
	made := make([]int32, len(from.batches))
	for n := range from.batches {
		b := from.batches[n]
		made[n] = int32(n)
		if b.live && !b.frozen {
			b.need, b.beam = 0, s.sources[s.sourceOf(&b)].least
			made[n] = s.openBatch(b)
		}
	}
	sent := make([]int32, len(from.vials))
	for i := range from.vials {
		v := &from.vials[i]
		sent[i] = int32(i)
		if v.live && !v.sealed {
			sent[i] = s.openVial(made[v.batch], v.link)
		}
	}
	for r, was := range from.visits {
		if was.vial != none && !s.requests[r].fixed {
			at := seat{visit: was}
			at.vial = sent[was.vial]
			s.place(int32(r), at)
		}
	}
	s.keep()
	s.worth = from.worth
}

// strip leaves only what is frozen.
func (s *state) strip() {
	for r := range s.visits {
		if s.served(int32(r)) && !s.requests[r].fixed {
			s.unplace(int32(r))
		}
	}
	for i := range s.vials {
		if s.vials[i].live && !s.vials[i].sealed {
			s.closeVial(int32(i))
		}
	}
	for n := range s.batches {
		if s.batches[n].live && !s.batches[n].frozen {
			s.closeBatch(int32(n))
		}
	}
	s.keep()
}
