package decay

import "math"

// Ingrowth is the daughter's activity over the parent's, both at the same moment, dt after an elution that left none
// of the daughter: λ₂/(λ₂−λ₁)·(1 − 2^(−dt/T₁·(T₁/T₂−1))), the two-member Bateman equation written without a difference
// of nearly equal numbers. Times are in one unit; branching is the share of parent decays that lead to the daughter.
func Ingrowth(parentHalfLife, daughterHalfLife, branching, dt float64) float64 {
	l1, l2 := math.Ln2/parentHalfLife, math.Ln2/daughterHalfLife
	if d := (l2 - l1) * dt; d != 0 {
		return branching * l2 * dt * -math.Expm1(-d) / d
	}
	return branching * l2 * dt
}

// Eluted is the daughter's activity that an elution washes out, dt after the one before: parent activity at that
// moment, ingrowth, and the share that comes off the column.
func Eluted(parent Activity, parentHalfLife, daughterHalfLife, branching, efficiency, dt float64) Activity {
	return parent * Activity(efficiency*Ingrowth(parentHalfLife, daughterHalfLife, branching, dt))
}

// EOB is the activity at the end of a bombardment in MBq: current in µA times saturation yield in MBq/µA times
// saturation; half-life and beam in one unit.
func EOB(currentUA, asat, halfLife, beam float64) float64 {
	return currentUA * asat * Saturation(halfLife, beam)
}

// BeamNeeded is the shortest beam that makes mbq at EOB, in the half-life's unit: −T·log₂(1 − A/(I·Asat)). It is
// infinite when even saturation is not enough.
func BeamNeeded(mbq, currentUA, asat, halfLife float64) float64 {
	share := mbq / (currentUA * asat)
	if !(share < 1) {
		return math.Inf(1)
	}
	return -halfLife * math.Log1p(-share) / math.Ln2
}
