package solve

import (
	"fmt"
	"slices"

	"beamslot/scheduler"
)

// madeBy finds process, source, cell and line of a batch as it is written in a plan.
func (s *state) madeBy(made scheduler.Batch) (batch, error) {
	at, okS := s.index.sites[made.Site]
	k, okT := s.index.tracers[made.Tracer]
	src, okF := s.index.sourceOf(made)
	h, okH := s.index.cells[made.HotCell]
	q, okQ := s.index.lines[made.QCLine]
	if !okS || !okT || !okF || !okH || !okQ {
		return batch{}, fmt.Errorf("is made at %q with %q, %q and %q, and the day has not all of them", made.Site, made.Source(), made.HotCell, made.QCLine)
	}
	for _, n := range s.sites[at].procs {
		m := &s.procs[n]
		i := slices.IndexFunc(m.routes, func(r route) bool { return r.source == src })
		if m.tracer != k || i < 0 {
			continue
		}
		return s.timed(batch{proc: n, route: int32(i), cell: h, line: q, id: made.ID}, made), nil
	}
	return batch{}, fmt.Errorf("is %s from %s, which %s does not make so", made.Tracer, made.Source(), made.Site)
}

func (s *state) timed(b batch, made scheduler.Batch) batch {
	m := &s.procs[b.proc]
	b.synth, b.qc = s.down(made.SynthesisStart), s.up(made.QCStart)
	b.eos = int32(made.SynthesisStart) + m.synthesis
	b.end = s.up(made.BeamEnd)
	b.beam = b.end - s.down(made.BeamStart)
	b.share = made.Share
	return b
}

// nominal is a batch's activity at EOS as it is written in a plan, in MBq.
func (s *state) nominal(made scheduler.Batch, b *batch) float64 {
	m := &s.procs[b.proc]
	src := &s.sources[s.sourceOf(b)]
	half := s.tracers[m.tracer].half
	switch src.kind {
	case target:
		beam := float64(made.BeamEnd - made.BeamStart)
		return made.CurrentUA / src.current * src.strength * (1 - exp2(-beam/half)) * m.yield
	case lot:
		return made.Share * src.strength * exp2(-float64(int32(made.BeamEnd)-src.at)/half) * m.yield
	}
	return made.Share * src.strength * m.yield
}
