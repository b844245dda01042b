package decay

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Nuclide names a species in one way of writing: F-18, Ga-68, Tc-99m.
type Nuclide string

// Data is what is known of a nuclide's decay, and where it is from.
type Data struct {
	Nuclide     Nuclide
	HalfLife    float64 // seconds
	Uncertainty float64 // seconds, one standard uncertainty; 0: none given
	Source      string  // the evaluation, such as NUBASE2020
	Set         string  // the data set, such as beamslot-recommended/1
	Rule        string  // why this evaluation was taken, a sentence
}

// HalfLifeMin is the half-life in minutes.
func (d Data) HalfLifeMin() float64 { return d.HalfLife / 60 }

// Cite says where the half-life is from, for people.
func (d Data) Cite() string { return d.Source + ", " + d.Set }

// Lookup finds a nuclide by a name in any of the ways people write it, in the recommended set. The error for one that
// is not there names those that may have been meant.
func Lookup(name string) (Data, error) {
	d, err := find(name)
	if err != nil {
		return Data{}, err
	}
	return *d, nil
}

// find is Lookup without the copy.
func find(name string) (*Data, error) {
	s := recommended()
	if d, ok := s.by[Nuclide(name)]; ok {
		return d, nil
	}
	n, err := spell(name)
	if err != nil {
		return nil, err
	}
	if d, ok := s.by[n]; ok {
		return d, nil
	}
	return nil, fmt.Errorf("%s is not in %s%s", n, s.name, s.suggest(n))
}

// suggested is how many neighbours an error names.
const suggested = 5

// suggest names the nearest isotopes of the same element, or, when there are none, nuclides of the same mass.
func (s *set) suggest(n Nuclide) string {
	symbol, mass := n.parts()
	var near []Data
	for _, d := range s.all {
		if other, _ := d.Nuclide.parts(); other == symbol {
			near = append(near, d)
		}
	}
	if len(near) == 0 {
		near = slices.DeleteFunc(slices.Clone(s.all), func(d Data) bool { _, m := d.Nuclide.parts(); return m != mass })
	}
	slices.SortStableFunc(near, func(a, b Data) int { return cmp.Compare(a.Nuclide.off(mass), b.Nuclide.off(mass)) })
	var names []string
	for _, d := range near[:min(len(near), suggested)] {
		names = append(names, string(d.Nuclide))
	}
	if len(names) == 0 {
		return ""
	}
	return "; it has " + strings.Join(names, ", ")
}

// parts are the symbol and the mass number of a name as it is printed.
func (n Nuclide) parts() (symbol string, mass int) {
	symbol, rest, _ := strings.Cut(string(n), "-")
	mass, _ = strconv.Atoi(strings.TrimRight(rest, letters))
	return symbol, mass
}

// off is how far the mass number is from another.
func (n Nuclide) off(mass int) int {
	_, m := n.parts()
	return max(m-mass, mass-m)
}
