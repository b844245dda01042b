package rules

import "beamslot/scheduler"

// Weigh is the plan's score, term by term as the format defines J. A request that is served twice counts once.
func Weigh(c *Case) scheduler.Score {
	price := c.Day.Objective
	s := scheduler.Score{Served: len(c.Visits), Asked: len(c.Day.Requests)}
	for _, v := range c.Visits {
		s.Value += v.Request.Value
		s.Late += v.Request.LatePerMin * float64(v.Late())
		if v.Away() {
			s.Away += price.Away
		}
	}
	for _, r := range c.Runs {
		s.Batch += r.Process.BatchCost
		s.Activity += price.ActivityPerGBq * r.AEOS() / 1000
	}
	for _, r := range c.bombarded() {
		s.Beam += price.BeamPerMin * float64(r.BeamEnd-r.BeamStart)
	}
	for _, l := range c.Loads {
		s.Dispatch += l.Link.Cost
	}
	s.Move = price.Move * float64(len(c.moved()))
	return s
}

// Tuple is the score read lexicographically: patients first, then what production and transport cost, then service.
type Tuple struct {
	Value      float64 `json:"value"`
	Production float64 `json:"production_and_transport"`
	Service    float64 `json:"late_and_away"`
}

func tupleOf(s scheduler.Score) Tuple {
	return Tuple{s.Value, s.Batch + s.Beam + s.Activity + s.Dispatch, s.Late + s.Away}
}
