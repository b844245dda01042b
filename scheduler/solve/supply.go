package solve

// supply is a vial, or one that could be sent, that may reach a request.
type supply struct {
	vial   int32 // none: it would be sent for this
	batch  int32
	link   int32
	lo, hi int32
}

// supplies lists what may bring the tracer to the centre.
func (s *state) supplies(list []supply, k, centre int32) []supply {
	for _, n := range s.live[k] {
		b := &s.batches[n]
		for _, l := range s.linksTo(s.procs[b.proc].site, centre) {
			list = s.supplyBy(list, n, l)
		}
	}
	return list
}

func (s *state) supplyBy(list []supply, n, l int32) []supply {
	b := &s.batches[n]
	for _, i := range b.vials {
		if v := &s.vials[i]; v.link == l && v.sealed && v.lo <= v.hi {
			list = append(list, supply{vial: i, batch: n, link: l, lo: v.lo, hi: v.hi})
		}
	}
	if at := b.ships[s.links[l].local]; at.ok {
		list = append(list, supply{vial: s.vialOn(b, l), batch: n, link: l, lo: at.lo, hi: at.hi})
	}
	return list
}

// offer says what serving r from the supply at the slot would bring, and whether the supply holds enough.
func (s *state) offer(r *request, from *supply, injection int32, points float64) (seat, bool) {
	b := &s.batches[from.batch]
	cost := r.dose * s.tracers[r.tracer].grown(s.minute(injection)-b.eos)
	at := seat{batch: from.batch, link: from.link, gain: points}
	at.vial, at.injection, at.cost, at.points = from.vial, injection, cost, points
	if from.vial != none && s.vials[from.vial].sealed {
		v := &s.vials[from.vial]
		return at, v.load+cost <= v.fill*slack
	}
	need := b.need + cost
	if from.vial == none {
		need += s.tracers[r.tracer].loss
		at.gain -= s.links[from.link].cost
	}
	beam, ok := s.size(b, need)
	if ok {
		at.gain -= s.running(b, beam, need) - s.running(b, b.beam, b.need)
	}
	return at, ok
}
