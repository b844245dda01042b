package solve

import "beamslot/scheduler"

// lay finds cell, QC line and source for a run of the process whose synthesis starts in the slot, and gives it its
// shortest beam. It takes the most special cell, the soonest QC and the source with most room for a longer beam.
func (s *state) lay(n, synth int32) (batch, bool) {
	m := &s.procs[n]
	b := batch{proc: n, synth: synth, end: synth - m.transfer, eos: s.minute(synth) + m.synthesis}
	if !m.possible || b.end <= 0 || synth >= s.slots {
		return b, false
	}
	return b, s.layLine(&b, m) && s.layCell(&b, m) && s.layRoute(&b, m)
}

func (s *state) layLine(b *batch, m *process) bool {
	last := s.down(scheduler.Minute(b.eos + m.wait))
	for b.qc = s.up(scheduler.Minute(b.eos)); b.qc <= last; b.qc++ {
		if s.minute(b.qc)+m.qcMinutes > min(s.sites[m.site].to, int32(s.day.Horizon[1])) {
			return false
		}
		for _, q := range s.sites[m.site].lines {
			if s.line[q].free(b.qc, b.qc+m.qc) {
				b.line = q
				return true
			}
		}
	}
	return false
}

func (s *state) layCell(b *batch, m *process) bool {
	for _, c := range m.cells {
		if b.cell = c; s.cell[c].free(b.synth, s.clean(b)) {
			return true
		}
	}
	return false
}

func (s *state) layRoute(b *batch, m *process) bool {
	best := int32(-1)
	for i := range m.routes {
		if room := s.roomFor(b, &m.routes[i]); room > best {
			best = room
			b.route, b.beam = int32(i), s.sources[m.routes[i].source].least
		}
	}
	return best >= 0
}

// roomFor is how many slots more than the least the beam could grow to, or -1 if the source is not free.
func (s *state) roomFor(b *batch, r *route) int32 {
	src := &s.sources[r.source]
	from := b.end - src.least
	if src.most < src.least || src.kind != target && from < max(src.ready, s.now) ||
		src.kind == target && from < src.earliest[b.end] {
		return -1
	}
	if !s.beamFree(src, r.source, from, b.end) || !s.source[r.source].free(b.end, b.end+src.hold) {
		return -1
	}
	if src.kind != target {
		return 0
	}
	return s.roomBefore(b, r, from)
}

// roomBefore is by how many slots a beam that now begins at from could begin earlier.
func (s *state) roomBefore(b *batch, r *route, from int32) int32 {
	src := &s.sources[r.source]
	room := int32(0)
	for t := from - 1; b.end-t <= src.most && t >= src.earliest[b.end] && s.beamFree(src, r.source, t, t+1); t-- {
		room++
	}
	return room
}
