package rules

import (
	"cmp"
	"math"
	"slices"

	"beamslot/scheduler"
)

// Risk is what a plan loses when batches fail; it is no part of J.
type Risk struct {
	ExpectedLoss    float64 `json:"expected_loss"`     // points: failure probability times value served, over batches
	UncoveredLoss   float64 `json:"uncovered_loss"`    // the same after other vials' spare activity has helped
	JRobust         float64 `json:"j_robust"`          // J less the uncovered loss
	WorstBatchValue float64 `json:"worst_batch_value"` // points served from the batch that most hangs on
	Short           []Short `json:"p_short"`
}

// Short is the probability that a batch's yield falls short of what its vials are to hold.
type Short struct {
	Batch scheduler.BatchID `json:"batch"`
	P     float64           `json:"p"`
}

func riskOf(c *Case, s scheduler.Score) Risk {
	k := Risk{Short: []Short{}}
	for _, r := range c.Runs {
		k.ExpectedLoss += r.Process.FailProb * r.Value()
		k.UncoveredLoss += r.Process.FailProb * c.uncovered(r)
		k.WorstBatchValue = max(k.WorstBatchValue, r.Value())
		k.Short = append(k.Short, Short{r.ID, r.PShort()})
	}
	k.JRobust = s.Total() - k.UncoveredLoss
	return k
}

// uncovered is the value that is lost when the batch fails and each of its patients, the most valuable first, is
// given to the first vial of another batch that can take the patient at the booked time and place.
func (c *Case) uncovered(failed *Run) float64 {
	spare, lost := map[*Load]float64{}, 0.0
	for _, v := range failed.patients() {
		if !c.cover(v, failed, spare) {
			lost += v.Request.Value
		}
	}
	return lost
}

// patients is who is served from the batch, the most valuable first.
func (r *Run) patients() []*Visit {
	var out []*Visit
	for _, l := range r.Loads {
		out = append(out, l.Visits...)
	}
	slices.SortStableFunc(out, func(a, b *Visit) int { return cmp.Compare(b.Request.Value, a.Request.Value) })
	return out
}

// cover takes the patient's activity out of another vial, and out of spare what is then left in it.
func (c *Case) cover(v *Visit, failed *Run, spare map[*Load]float64) bool {
	for _, l := range c.Loads {
		r := l.Run
		if r == failed || r.Lost || r.Tracer.ID != v.Request.Tracer || l.Link.Centre != v.Centre.ID ||
			!l.Leaves || l.Arrive()+v.Centre.Receive > v.Injection || v.Injection > r.Expiry() {
			continue
		}
		left, touched := spare[l]
		if !touched {
			left = l.Held() - l.Needed()
		}
		other := Visit{Appointment: v.Appointment, Request: v.Request, Load: l}
		if need := other.Takes(); atMost(need, left) {
			spare[l] = left - need
			return true
		}
	}
	return false
}

// PShort is the probability that a yield of mean 1 and standard deviation yield_sd falls short of what the vials
// are to hold; it is 0 or 1 when the yield has no spread, or has been measured.
func (r *Run) PShort() float64 {
	made, sd := r.AEOS(), r.Process.YieldSD
	if r.Measured != nil {
		made, sd = r.Usable(), 0
	}
	z := (r.Promised()/made - 1) / sd
	switch {
	case sd > 0 && made > 0 && !math.IsNaN(z):
		return 0.5 * math.Erfc(-z/math.Sqrt2)
	case atMost(r.Promised(), made):
		return 0
	}
	return 1
}
