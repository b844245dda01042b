package sim

import (
	"math"
	"time"

	"beamslot/decay"
)

// ramp is how long a beam takes to reach its current.
const ramp = 20 * time.Second

// species is a nuclide with its half-life.
type species struct {
	nuclide  decay.Nuclide
	halfLife time.Duration
}

// left is the share of an activity that dt leaves.
func (s species) left(dt time.Duration) float64 {
	return decay.Factor(s.halfLife.Seconds(), dt.Seconds())
}

// grown is the share of saturation that dt reaches.
func (s species) grown(dt time.Duration) float64 {
	return decay.Saturation(s.halfLife.Seconds(), dt.Seconds())
}

// produced is the activity after a beam of dt whose current rises evenly to its full value in ramp and then stays,
// as a share of what the full current saturates at: the exact solution of dA/dt = λ(I(t) − A).
func (s species) produced(dt time.Duration) float64 {
	if dt <= 0 {
		return 0
	}
	if dt <= ramp {
		return s.risen(dt)
	}
	return s.risen(ramp)*s.left(dt-ramp) + s.grown(dt-ramp)
}

// risen is produced for a dt within the ramp: I = t/ramp gives (t − (1 − 2^(−t/T))/λ)/ramp.
func (s species) risen(dt time.Duration) float64 {
	lambda := math.Ln2 / s.halfLife.Seconds()
	return max(0, (dt.Seconds()-s.grown(dt)/lambda)/ramp.Seconds())
}

// charge is the integral of the current's share over dt, in hours at full current.
func charge(dt time.Duration) float64 {
	if dt <= 0 {
		return 0
	}
	if dt <= ramp {
		return dt.Hours() * dt.Seconds() / ramp.Seconds() / 2
	}
	return dt.Hours() - ramp.Hours()/2
}

// rising is the share of the full current at dt after the beam's start.
func rising(dt time.Duration) float64 {
	return min(1, max(0, dt.Seconds()/ramp.Seconds()))
}
