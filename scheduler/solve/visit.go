package solve

// seat is a possible visit and what it would do to J.
type seat struct {
	visit
	batch int32
	link  int32
	gain  float64
}

// take opens the vial if there is none yet, and places r.
func (s *state) take(r int32, at seat) {
	if at.vial == none {
		at.vial = s.openVial(at.batch, at.link)
	}
	s.place(r, at)
}

// place makes the promise.
func (s *state) place(r int32, at seat) {
	v := &s.vials[at.vial]
	b := &s.batches[v.batch]
	s.log = append(s.log, change{step: placed, what: r, worth: s.worth, load: v.load, need: b.need})
	if !v.sealed {
		s.resize(b, b.need+at.cost)
	}
	v.load += at.cost
	s.worth += at.points
	at.member = int32(len(v.members))
	v.members = append(v.members, r)
	s.visits[r] = at.visit
	s.holdVisit(r, &at.visit, true)
}

// unplace takes the promise back.
func (s *state) unplace(r int32) {
	was := s.visits[r]
	v := &s.vials[was.vial]
	b := &s.batches[v.batch]
	s.log = append(s.log, change{step: unplaced, what: r, worth: s.worth, load: v.load, need: b.need, visit: was})
	s.holdVisit(r, &was, false)
	s.leave(v, was.member)
	s.visits[r].vial = none
	v.load -= was.cost
	s.worth -= was.points
	if !v.sealed {
		s.resize(b, b.need-was.cost)
	}
}

// leave takes the member out of its vial's list; the last one moves into its place.
func (s *state) leave(v *vial, at int32) {
	last := int32(len(v.members) - 1)
	v.members[at] = v.members[last]
	s.visits[v.members[at]].member = at
	v.members = v.members[:last]
}

func (s *state) unplacedAgain(c change) {
	was := s.visits[c.what]
	v := &s.vials[was.vial]
	s.holdVisit(c.what, &was, false)
	v.members = v.members[:len(v.members)-1]
	s.visits[c.what].vial = none
	s.restore(v, c)
}

func (s *state) placedAgain(c change) {
	v := &s.vials[c.visit.vial]
	v.members = append(v.members, c.what)
	at, last := c.visit.member, int32(len(v.members)-1)
	v.members[at], v.members[last] = v.members[last], v.members[at]
	s.visits[v.members[last]].member = last
	s.visits[c.what] = c.visit
	s.holdVisit(c.what, &c.visit, true)
	s.restore(v, c)
}

// restore puts the running sums back as they were written down.
func (s *state) restore(v *vial, c change) {
	v.load = c.load
	b := &s.batches[v.batch]
	s.setSize(b, s.length(b, c.need), c.need)
}
