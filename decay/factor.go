package decay

import "math"

// Factor is what is left of an activity after dt: 2^(−dt/T), both times in the same unit, T above zero. A negative dt
// looks back and gives a factor above one.
func Factor(halfLife, dt float64) float64 { return math.Exp2(-dt / halfLife) }

// Saturation is the share of the saturation activity that a constant beam (or an ingrowth) of length dt reaches:
// 1 − 2^(−dt/T), exact for short beams as well; T above zero, dt not below.
func Saturation(halfLife, dt float64) float64 { return -math.Expm1(-math.Ln2 * dt / halfLife) }
