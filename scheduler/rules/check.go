package rules

import "beamslot/scheduler"

// Report is what the law says about a plan: what is broken, what could be better, what it is worth, what it risks.
type Report struct {
	Breaches []Breach        `json:"breaches"` // of hard laws; a plan without any is lawful
	Wishes   []Breach        `json:"wishes"`   // of medium and soft laws
	Score    scheduler.Score `json:"score"`
	J        float64         `json:"j"`
	Tuple    Tuple           `json:"lexicographic"`
	Risk     Risk            `json:"risk"`
}

// Lawful reports whether no hard law is broken.
func (r Report) Lawful() bool { return len(r.Breaches) == 0 }

// Check holds a plan against a day under every law and weighs it. It never panics, whatever the plan names; what
// names nothing is broken by known-names and counts for nothing else.
func Check(day scheduler.Day, plan scheduler.Plan) Report {
	c := NewCase(day, plan)
	r := Report{Breaches: []Breach{}, Wishes: []Breach{}, Score: Weigh(c)}
	for _, l := range Laws() {
		for _, b := range l.Holds(c) {
			b.Law = l.Name
			if l.Kind == Hard {
				r.Breaches = append(r.Breaches, b)
			} else {
				r.Wishes = append(r.Wishes, b)
			}
		}
	}
	r.J, r.Tuple, r.Risk = r.Score.Total(), tupleOf(r.Score), riskOf(c, r.Score)
	return r
}
