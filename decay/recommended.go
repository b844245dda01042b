package decay

import (
	_ "embed"
	"encoding/json"
	"slices"
	"sync"
)

//go:embed data/recommended.json
var recommendedJSON []byte

// set is a data set of half-lives, in the order of its file.
type set struct {
	name string
	all  []Data
	by   map[Nuclide]*Data
}

// recommended is the product's own set, read once. A broken file is a broken build: the tests read all of it.
var recommended = sync.OnceValue(func() *set { return readSet(recommendedJSON) })

func readSet(data []byte) *set {
	var file struct {
		Set      string            `json:"set"`
		Rules    map[string]string `json:"rules"`
		Nuclides []struct {
			Nuclide     Nuclide `json:"nuclide"`
			HalfLife    float64 `json:"half_life_s"`
			Uncertainty float64 `json:"uncertainty_s"`
			Source      string  `json:"source"`
			Rule        string  `json:"rule"`
		} `json:"nuclides"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		panic("decay: the embedded half-lives cannot be read: " + err.Error())
	}
	s := &set{name: file.Set, by: make(map[Nuclide]*Data, len(file.Nuclides))}
	for _, n := range file.Nuclides {
		s.all = append(s.all, Data{n.Nuclide, n.HalfLife, n.Uncertainty, n.Source, file.Set, file.Rules[n.Rule]})
	}
	for i := range s.all {
		s.by[s.all[i].Nuclide] = &s.all[i]
	}
	return s
}

// Nuclides lists every nuclide of the recommended set, by atomic number and mass.
func Nuclides() []Data { return slices.Clone(recommended().all) }
