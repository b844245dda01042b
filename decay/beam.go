package decay

import "math"

// EOB is the activity at the end of a bombardment in MBq: current in µA times saturation yield in MBq/µA times
// saturation; half-life and beam in one unit.
func EOB(currentUA, asat, halfLife, beam float64) float64 {
	return currentUA * asat * Saturation(halfLife, beam)
}

// Stretch is a length of time at one beam current; a trip is a stretch of 0 µA.
type Stretch struct {
	CurrentUA float64 // µA
	Length    float64 // in the half-life's unit
}

// Bombard is the activity in MBq after stretches of beam, one after the other: what was made decays while more is made.
// The saturation yield asat is in MBq/µA.
func Bombard(asat, halfLife float64, beam ...Stretch) float64 {
	mbq := 0.0
	for _, s := range beam {
		mbq = mbq*Factor(halfLife, s.Length) + EOB(s.CurrentUA, asat, halfLife, s.Length)
	}
	return mbq
}

// BeamNeeded is the shortest beam that makes mbq at EOB, in the half-life's unit: −T·log₂(1 − A/(I·Asat)). It is
// infinite when even saturation is not enough, and 0 when nothing is asked for.
func BeamNeeded(mbq, currentUA, asat, halfLife float64) float64 {
	if mbq <= 0 {
		return 0
	}
	share := mbq / (currentUA * asat)
	if !(share < 1) {
		return math.Inf(1)
	}
	return -halfLife * math.Log1p(-share) / math.Ln2
}
