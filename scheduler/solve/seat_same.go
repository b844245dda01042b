package solve

// same is the best supply for r at a given scanner and time, if the law allows that seat.
func (f *finder) same(r, scanner, injection, start int32) (seat, bool) {
	return f.sameFrom(r, scanner, injection, start, none)
}

// sameFrom is the same from one open vial only.
func (f *finder) sameFrom(r, scanner, injection, start, only int32) (seat, bool) {
	f.q, f.found = &f.requests[r], false
	f.place, f.on = f.q.choiceOf(scanner)
	if f.on == nil || !f.open(f.q, f.place, f.on, injection, start) {
		return f.top, false
	}
	f.list = f.supplies(f.list[:0], f.q.tracer, f.q.places[f.place].centre)
	for n := range f.list {
		if from := &f.list[n]; injection >= from.lo && (only == none || only == from.vial) {
			f.consider(from, start-injection, injection)
		}
	}
	return f.top, f.found
}

// open reports whether scanner and room are free for r then, and its own wishes kept.
func (s *state) open(q *request, i int32, on *choice, injection, start int32) bool {
	at := &q.places[i]
	prep := s.centres[at.centre].prep
	return start-injection >= q.short && start-injection <= q.long &&
		at.inject.has(injection) && on.starts.has(start) &&
		s.scan[on.scanner].free(start, start+on.busy) && s.full[at.centre].free(injection-prep, start)
}

// choiceOf finds the scanner among those that may take the request.
func (r *request) choiceOf(scanner int32) (int32, *choice) {
	for i := range r.places {
		for j := range r.places[i].choices {
			if r.places[i].choices[j].scanner == scanner {
				return int32(i), &r.places[i].choices[j]
			}
		}
	}
	return none, nil
}
