package solve

import "beamslot/scheduler"

// score weighs a plan of the day as the format defines J, from the plan alone.
func (s *state) score(plan scheduler.Plan) scheduler.Score {
	out := scheduler.Score{Asked: len(s.requests)}
	for _, b := range plan.Batches {
		s.scoreBatch(&out, b)
	}
	for _, v := range plan.Vials {
		if l, ok := s.index.links[v.Link]; ok {
			out.Dispatch += s.links[l].cost
		}
	}
	for _, a := range plan.Appointments {
		s.scoreVisit(&out, a)
	}
	return out
}

func (s *state) scoreBatch(out *scheduler.Score, made scheduler.Batch) {
	b, err := s.madeBy(made)
	if err != nil {
		return
	}
	out.Batch += s.procs[b.proc].cost
	out.Activity += s.price.ActivityPerGBq * s.nominal(made, &b) / 1000
	if s.sources[s.sourceOf(&b)].kind == target {
		out.Beam += s.price.BeamPerMin * float64(made.BeamEnd-made.BeamStart)
	}
}

func (s *state) scoreVisit(out *scheduler.Score, a scheduler.Appointment) {
	r, ok := s.index.requests[a.Request]
	n, okS := s.index.scanners[a.Scanner]
	if !ok || !okS {
		return
	}
	q := &s.requests[r]
	out.Served++
	out.Value += q.value
	if late := int32(a.Injection) - q.due; late > 0 {
		out.Late += q.late * float64(late)
	}
	if c := s.day.Requests[r].Centres; len(c) > 0 && c[0] != s.centres[s.scanners[n].centre].id {
		out.Away += s.price.Away
	}
	if q.ref.scanner != none && (q.ref.scanner != n || apart(int32(a.Injection), q.ref.injection) > moved) {
		out.Move += s.price.Move
	}
}
