package solve

import (
	"fmt"
	"slices"

	"beamslot/scheduler"
)

// freeze puts into the state what a re-plan may not touch.
func (s *state) freeze() error {
	f := s.day.Frozen
	if f == nil {
		return nil
	}
	for _, d := range f.DownScanners {
		if n, ok := s.index.scanners[d.Scanner]; ok {
			s.scan[n].set(s.down(d.From), s.up(d.To), true)
		}
	}
	made := map[scheduler.BatchID]int32{}
	for _, b := range f.Batches {
		n, err := s.freezeBatch(b)
		if err != nil {
			return fmt.Errorf("frozen batch %s %w", b.ID, err)
		}
		made[b.ID] = n
	}
	sent := map[scheduler.VialID]int32{}
	for _, v := range f.Vials {
		n, ok := made[v.Batch]
		l, okL := s.index.links[v.Link]
		if !ok || !okL {
			return fmt.Errorf("frozen vial %s names batch %q and link %q, and the day has not both", v.ID, v.Batch, v.Link)
		}
		sent[v.ID] = s.freezeVial(v, n, l)
	}
	for _, a := range f.Appointments {
		if err := s.freezeVisit(a, sent); err != nil {
			return err
		}
	}
	s.closeShort()
	return nil
}

// freezeBatch holds what the batch holds, wherever it lies, and works out what it can still supply.
func (s *state) freezeBatch(made scheduler.Batch) (int32, error) {
	b, err := s.madeBy(made)
	if err != nil {
		return 0, err
	}
	m := &s.procs[b.proc]
	src := &s.sources[s.sourceOf(&b)]
	n := s.newBatch()
	s.holdBeam(src, s.sourceOf(&b), max(b.end-b.beam, 0), max(min(b.end, s.slots), 0), true)
	s.source[s.sourceOf(&b)].set(b.end, b.end+src.hold, true)
	s.cell[b.cell].set(b.synth, s.clean(&b), true)
	s.line[b.line].set(b.qc, b.qc+m.qc, true)
	b.live, b.frozen = true, true
	lost := slices.Contains(s.day.Frozen.LostBatches, made.ID)
	if !lost {
		b.usable = s.usable(made, &b)
	}
	for _, l := range s.sites[m.site].links {
		b.ships = append(b.ships, s.ship(&b, l))
	}
	s.batches[n] = b
	if !lost {
		s.live[m.tracer] = append(s.live[m.tracer], n)
	}
	return n, nil
}

// usable is what the vials of a frozen batch may hold in MBq at EOS: what was measured, or what was hoped for less
// its margin.
func (s *state) usable(made scheduler.Batch, b *batch) float64 {
	half := s.tracers[s.procs[b.proc].tracer].half
	for _, m := range s.day.Frozen.Measured {
		if m.Batch == made.ID {
			return m.Activity * exp2(float64(int32(m.At)-b.eos)/half)
		}
	}
	return s.procs[b.proc].usable * s.nominal(made, b)
}

// freezeVial puts a vial on its way.
func (s *state) freezeVial(made scheduler.Vial, n, l int32) int32 {
	b := &s.batches[n]
	k := s.tracerOf(n)
	i := s.newVial()
	depart := s.up(made.Depart)
	arrive, ok := s.day.Links[l].Arrive(made.Depart)
	at := s.reaches(b, l, depart, int32(arrive))
	if !ok {
		at.hi = none
	}
	s.vials[i] = vial{live: true, sealed: true, batch: n, link: l, centre: s.links[l].centre, id: made.ID, depart: depart,
		lo: max(at.lo, s.now), hi: at.hi, load: k.loss, fill: made.Activity * exp2(float64(int32(made.At)-b.eos)/k.half)}
	b.vials = append(b.vials, i)
	b.need += s.vials[i].fill
	return i
}

// freezeVisit holds room and scanner for a promise that stays.
func (s *state) freezeVisit(a scheduler.Appointment, sent map[scheduler.VialID]int32) error {
	v, ok := sent[a.Vial]
	n, okS := s.index.scanners[a.Scanner]
	if !ok || !okS {
		return fmt.Errorf("the frozen appointment of %s names vial %q and scanner %q, and not both are known", a.Request, a.Vial, a.Scanner)
	}
	r, okR := s.index.requests[a.Request]
	if !okR {
		return nil // nobody asks for it any longer
	}
	q, c := &s.requests[r], s.scanners[n].centre
	b := &s.batches[s.vials[v].batch]
	s.vials[v].load += q.dose * s.tracers[q.tracer].grown(int32(a.Injection)-b.eos)
	s.visits[r] = visit{vial: v, scanner: n, injection: s.down(a.Injection), start: s.down(a.ScanStart)}
	s.scan[n].set(s.down(a.ScanStart), s.up(a.ScanStart+scheduler.Minute(q.scanMins+s.scanners[n].turn)), true)
	s.holdRoom(c, s.down(a.Injection)-s.centres[c].prep, s.up(a.ScanStart), 1)
	return nil
}

// closeShort lets nothing new draw on a batch that gave less than its vials on the road should hold.
func (s *state) closeShort() {
	for i := range s.vials {
		v := &s.vials[i]
		if b := &s.batches[v.batch]; b.need > b.usable*(1+1e-6) {
			v.hi = none
		}
	}
}
