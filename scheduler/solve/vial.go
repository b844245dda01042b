package solve

import "beamslot/scheduler"

// shipment is when a vial of a batch would leave by a link, and which injections it could serve.
type shipment struct {
	depart int32
	lo, hi int32
	ok     bool
}

// ship works out the earliest departure, which dominates every later one.
func (s *state) ship(b *batch, n int32) shipment {
	m, l := &s.procs[b.proc], &s.links[n]
	ready := s.minute(b.qc) + m.qcMinutes + m.pack
	depart, arrive, ok := l.leaves(s.problem, max(s.up(scheduler.Minute(ready)), s.now))
	if !ok {
		return shipment{}
	}
	return s.reaches(b, n, depart, arrive)
}

// reaches is which injections a vial that leaves then could serve.
func (s *state) reaches(b *batch, n, depart, arrive int32) shipment {
	lo := s.up(scheduler.Minute(arrive + s.centres[s.links[n].centre].receive))
	hi := s.down(scheduler.Minute(b.eos + s.tracers[s.procs[b.proc].tracer].shelf))
	return shipment{depart: depart, lo: lo, hi: hi, ok: lo <= hi && arrive <= int32(s.day.Horizon[1])}
}

// vialOn is the open vial of the batch that goes by the link and may still be filled.
func (s *state) vialOn(b *batch, n int32) int32 {
	for _, v := range b.vials {
		if s.vials[v].link == n && !s.vials[v].sealed {
			return v
		}
	}
	return none
}

// openVial sends a new vial; size must have found room for its loss.
func (s *state) openVial(n, on int32) int32 {
	b := &s.batches[n]
	at := b.ships[s.links[on].local]
	i := s.newVial()
	s.log = append(s.log, change{step: vialOpened, what: i, worth: s.worth, need: b.need})
	v := &s.vials[i]
	*v = vial{live: true, batch: n, link: on, centre: s.links[on].centre, depart: at.depart, lo: at.lo, hi: at.hi,
		load: s.tracerOf(n).loss, members: v.members[:0]}
	b.vials = append(b.vials, i)
	s.worth -= s.links[on].cost
	s.resize(b, b.need+v.load)
	return i
}

// closeVial takes an empty vial off the road.
func (s *state) closeVial(i int32) {
	v := &s.vials[i]
	b := &s.batches[v.batch]
	at := int32(indexOf(b.vials, i))
	s.log = append(s.log, change{step: vialClosed, what: i, at: at, worth: s.worth, load: v.load, need: b.need})
	b.vials = cut(b.vials, at)
	v.live = false
	s.worth += s.links[v.link].cost
	s.resize(b, b.need-v.load)
}

func (s *state) newVial() int32 {
	if n := len(s.spareV); n > 0 {
		i := s.spareV[n-1]
		s.spareV = s.spareV[:n-1]
		return i
	}
	s.vials = append(s.vials, vial{})
	return int32(len(s.vials) - 1)
}

func (s *state) vialUnopened(c change) {
	v := &s.vials[c.what]
	b := &s.batches[v.batch]
	b.vials = b.vials[:len(b.vials)-1]
	v.live = false
	s.spareV = append(s.spareV, c.what)
	s.setSize(b, s.length(b, c.need), c.need)
}

func (s *state) vialUnclosed(c change) {
	v := &s.vials[c.what]
	b := &s.batches[v.batch]
	b.vials = uncut(b.vials, c.at, c.what)
	v.live, v.load = true, c.load
	s.setSize(b, s.length(b, c.need), c.need)
}

// cut takes element at out; the last one moves into its place. uncut is its exact opposite.
func cut(list []int32, at int32) []int32 {
	last := len(list) - 1
	list[at] = list[last]
	return list[:last]
}

func uncut(list []int32, at, what int32) []int32 {
	list = append(list, what)
	last := len(list) - 1
	list[at], list[last] = list[last], list[at]
	return list
}

func indexOf(list []int32, what int32) int {
	for i, x := range list {
		if x == what {
			return i
		}
	}
	return -1
}
