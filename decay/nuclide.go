package decay

import (
	"fmt"
	"regexp"
	"strings"
)

// Data is what is known of a nuclide's decay, and where it is from.
type Data struct {
	Nuclide     Nuclide
	HalfLife    float64 // seconds
	Uncertainty float64 // seconds, one standard uncertainty; 0: none given
	Source      string  // the evaluation, such as NUBASE2020
	Set         string  // the data set, such as beamslot-recommended/1
}

// HalfLifeMin is the half-life in minutes.
func (d Data) HalfLifeMin() float64 { return d.HalfLife / 60 }

// Cite says where the half-life is from, for people.
func (d Data) Cite() string { return d.Source + ", " + d.Set }

// The ways people write a nuclide: F-18, F18, 18F, Tc-99m, 99mTc, in any case.
var (
	symbolFirst = regexp.MustCompile(`^([A-Za-z]{1,2})-?([0-9]{1,3})([mMnN]?)$`)
	massFirst   = regexp.MustCompile(`^([0-9]{1,3})([mn]?)-?([A-Z][a-z]?|[a-z]{1,2})$`)
)

// ParseNuclide reads a name in the ways people write it and gives the one way it is printed. It does not ask
// whether there is such a nuclide.
func ParseNuclide(s string) (Nuclide, error) {
	t := strings.TrimSpace(s)
	symbol, mass, isomer := "", "", ""
	if m := symbolFirst.FindStringSubmatch(t); m != nil {
		symbol, mass, isomer = m[1], m[2], m[3]
	} else if m := massFirst.FindStringSubmatch(t); m != nil {
		mass, isomer, symbol = m[1], m[2], m[3]
	} else {
		return "", fmt.Errorf("%.40q is not a nuclide; write it like F-18, 18F or Tc-99m", s)
	}
	symbol = strings.ToUpper(symbol[:1]) + strings.ToLower(symbol[1:])
	mass = strings.TrimLeft(mass, "0")
	if mass == "" {
		return "", fmt.Errorf("%.40q is not a nuclide: its mass number is 0", s)
	}
	return Nuclide(symbol + "-" + mass + strings.ToLower(isomer)), nil
}

// Lookup finds a nuclide by a name in any of the ways people write it, in the recommended set.
func Lookup(name string) (Data, error) {
	if d, ok := recommended().by[Nuclide(name)]; ok {
		return d, nil
	}
	n, err := ParseNuclide(name)
	if err != nil {
		return Data{}, err
	}
	if d, ok := recommended().by[n]; ok {
		return d, nil
	}
	return Data{}, fmt.Errorf("%s is not in %s%s", n, recommended().name, suggest(n))
}

// suggest names isotopes of the same element, of which one may have been meant.
func suggest(n Nuclide) string {
	symbol, _, _ := strings.Cut(string(n), "-")
	var near []string
	for _, d := range recommended().all {
		if s, _, _ := strings.Cut(string(d.Nuclide), "-"); s == symbol {
			near = append(near, string(d.Nuclide))
		}
	}
	if len(near) == 0 {
		return ""
	}
	return "; it has " + strings.Join(near, ", ")
}
