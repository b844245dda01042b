package sim

import (
	"hash/fnv"
	"math/rand/v2"
)

// noise draws from a normal distribution of mean 0 and deviation 1. The same seed and names draw the same number,
// whatever was drawn before: the order in which machines are asked changes nothing.
func noise(seed uint64, names ...string) float64 {
	h := fnv.New64a()
	for _, n := range names {
		h.Write([]byte(n))
		h.Write([]byte{0})
	}
	return rand.New(rand.NewPCG(seed, h.Sum64())).NormFloat64()
}
