package scheduler

// Score is what a plan is worth, in points; Total is the format's J.
type Score struct {
	Value    float64 `json:"value"`
	Late     float64 `json:"late"`
	Away     float64 `json:"away"`
	Batch    float64 `json:"batch"`
	Beam     float64 `json:"beam"`
	Activity float64 `json:"activity"`
	Dispatch float64 `json:"dispatch"`
	Move     float64 `json:"move"`
	Served   int     `json:"served"`
	Asked    int     `json:"asked"`
}

// Total is J: value less everything that was paid for it.
func (s Score) Total() float64 {
	return s.Value - s.Late - s.Away - s.Batch - s.Beam - s.Activity - s.Dispatch - s.Move
}

// Better is the one comparison of plans.
func (s Score) Better(than Score) bool { return s.Total() > than.Total() }
