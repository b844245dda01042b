package solve

import "math"

// slack keeps rounding from refusing what is exactly full; it is far below the format's tolerance of 1e-6.
const slack = 1 + 1e-9

// size is how long a batch must be in beam to hold need MBq at EOS, and whether it can.
func (s *state) size(b *batch, need float64) (beam int32, ok bool) {
	if b.frozen {
		return b.beam, need <= b.usable*slack
	}
	if m := &s.procs[b.proc]; need > m.usable*m.most*slack {
		return 0, false
	}
	beam = s.length(b, need)
	src := &s.sources[s.sourceOf(b)]
	switch {
	case src.kind != target:
		return beam, s.shareFits(b, src, need)
	case beam <= b.beam:
		return beam, beam > 0
	}
	from := b.end - beam
	return beam, from >= src.earliest[b.end] && s.beamFree(src, s.sourceOf(b), from, b.end-b.beam)
}

// length is the least number of slots at full current that gives need, or 0 when none does; an elution, a drawing
// and a frozen beam take as long as they take.
func (s *state) length(b *batch, need float64) int32 {
	m := &s.procs[b.proc]
	r := &m.routes[b.route]
	src := &s.sources[r.source]
	if b.frozen || src.kind != target {
		return b.beam
	}
	d := min(max(b.beam, src.least), src.most)
	for d > src.least && r.gives[d-1]*m.usable*slack >= need {
		d--
	}
	for ; d <= src.most; d++ {
		if r.gives[d]*m.usable*slack >= need {
			return d
		}
	}
	return 0
}

// shareFits reports whether a generator or a lot can give that much more.
func (s *state) shareFits(b *batch, src *source, need float64) bool {
	share := s.share(b, need)
	if src.kind == generator {
		return share <= slack
	}
	return s.drawnByOthers(b)+share <= slack
}

// drawnByOthers is the share of the batch's lot that the other batches draw.
func (s *state) drawnByOthers(b *batch) float64 {
	n, sum := s.sourceOf(b), 0.0
	for i := range s.batches {
		if o := &s.batches[i]; o != b && o.live && s.sourceOf(o) == n {
			sum += s.share(o, o.need)
		}
	}
	return sum
}

// share is the part of an eluate or of a lot that need MBq at EOS asks for.
func (s *state) share(b *batch, need float64) float64 {
	if b.frozen {
		return b.share
	}
	m := &s.procs[b.proc]
	r := &m.routes[b.route]
	src := &s.sources[r.source]
	whole := r.gives[src.most] * m.usable
	if src.kind == lot {
		whole *= exp2(-float64(s.minute(b.end)-src.at) / s.tracers[m.tracer].half)
	}
	if whole <= 0 {
		return math.Inf(1)
	}
	return need / whole
}

// running is what holding need MBq at EOS costs in beam and activity.
func (s *state) running(b *batch, beam int32, need float64) float64 {
	if b.frozen {
		return 0
	}
	m := &s.procs[b.proc]
	cost := s.price.ActivityPerGBq * need / m.usable / 1000
	if s.sources[s.sourceOf(b)].kind == target {
		cost += s.price.BeamPerMin * float64(beam*s.step)
	}
	return cost
}

// resize makes the batch hold need, which size has found possible, and books the cost.
func (s *state) resize(b *batch, need float64) {
	beam := s.length(b, need)
	s.worth += s.running(b, b.beam, b.need) - s.running(b, beam, need)
	s.setSize(b, beam, need)
}

// setSize moves the bits without booking.
func (s *state) setSize(b *batch, beam int32, need float64) {
	n := s.sourceOf(b)
	src := &s.sources[n]
	if beam > b.beam {
		s.holdBeam(src, n, b.end-beam, b.end-b.beam, true)
	} else {
		s.holdBeam(src, n, b.end-b.beam, b.end-beam, false)
	}
	b.beam, b.need = beam, need
}
