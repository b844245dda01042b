package decay

import (
	"math"
	"strconv"
)

// year is the tropical year in seconds, 365.2422 d, by which NUBASE2020 gives its long half-lives.
const year = 365.2422 * 86400

// Period writes the half-life for people, in a unit that suits it and with its standard uncertainty to two figures:
// 109.7340 ± 0.0080 min.
func (d Data) Period() string {
	scale, name := period(d.HalfLife)
	value, u := d.HalfLife/scale, d.Uncertainty/scale
	power := ""
	if value >= 1e4 || value < 1e-3 {
		exp := math.Floor(math.Log10(value))
		value, u, power = value/math.Pow(10, exp), u/math.Pow(10, exp), "e"+strconv.Itoa(int(exp))
	}
	if !(u > 0) {
		return strconv.FormatFloat(value, 'g', 6, 64) + power + " " + name
	}
	decimals := max(0, 1-int(math.Floor(math.Log10(u))))
	says := strconv.FormatFloat(value, 'f', decimals, 64) + " ± " + strconv.FormatFloat(u, 'f', decimals, 64)
	if power != "" {
		says = "(" + says + ")" + power
	}
	return says + " " + name
}

// period is the unit that people give a half-life in.
func period(s float64) (scale float64, name string) {
	for _, p := range []struct {
		below, scale float64
		name         string
	}{{1e-3, 1e-6, "µs"}, {1, 1e-3, "ms"}, {120, 1, "s"}, {180 * 60, 60, "min"}, {72 * 3600, 3600, "h"}, {2 * year, 86400, "d"}} {
		if s < p.below {
			return p.scale, p.name
		}
	}
	return year, "y"
}
