package scheduler

import (
	"maps"
	"reflect"
	"slices"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// Problems says everything that is wrong with a region by itself; paths are given, lines are not.
func (r Region) Problems() []Problem {
	k := &regionFinder{sources: r.Sources}
	if r.Name == "" {
		k.bad("/name", "a region needs a name")
	}
	if r.TimeStep < 1 || r.TimeStep > 1440 {
		k.bad("/time_step", "%d minutes is no step for a day; it is 1 to 1440", r.TimeStep)
		return k.found
	}
	k.listed()
	k.origin("/objective", r.Objective.Origin, r.Objective.Prices)
	k.classes(r.Classes)
	for i, t := range r.Tracers {
		k.tracer(in("/tracers", i), t)
	}
	for i, s := range r.Sites {
		k.site(in("/sites", i), s)
	}
	for i, c := range r.Centres {
		k.position(in("/centres", i, "position"), c.Position)
		k.origin(in("/centres", i), c.Origin, c)
	}
	for i, l := range r.Links {
		k.link(in("/links", i), l)
	}
	return append(k.found, r.sampleProblems()...)
}

// sampleProblems are those of a day that the region makes, on which nothing is left out.
func (r Region) sampleProblems() []Problem {
	const monday = Date("2001-01-01")
	r.Sites = slices.Clone(r.Sites)
	for i, s := range r.Sites {
		s.Generators, s.Lots = slices.Clone(s.Generators), slices.Clone(s.Lots)
		for j := range s.Generators {
			s.Generators[j].Calibrated, s.Generators[j].Retired = monday, "2001-01-02"
		}
		for j := range s.Lots {
			s.Lots[j].Days = []string{"Monday"}
		}
		r.Sites[i] = s
	}
	d, err := r.Day(monday, time.UTC, func(string) (float64, error) { return 1, nil })
	if err != nil {
		return []Problem{{Says: err.Error()}}
	}
	return d.Problems()
}

// regionFinder looks at what a day does not keep of its region.
type regionFinder struct {
	finder
	sources map[SourceKey]string
}

func (k *regionFinder) listed() {
	for _, key := range slices.Sorted(maps.Keys(k.sources)) {
		if key == "" || k.sources[key] == "" {
			k.bad(in("/sources", string(key)), "a source needs a key, and a sentence that says what it is")
		}
	}
}

// origin says that o names sources that are listed, for fields that the object has.
func (k *regionFinder) origin(at jsontext.Pointer, o Origin, object any) {
	at = in(at, "origin")
	k.source(in(at, "source"), o.Source)
	for _, field := range slices.Sorted(maps.Keys(o.From)) {
		k.source(in(at, "from", field), o.From[field])
		k.field(in(at, "from", field), field, object)
	}
	for i, field := range o.Invented {
		k.field(in(at, "invented", i), field, object)
	}
}

func (k *regionFinder) source(at jsontext.Pointer, key SourceKey) {
	if _, ok := k.sources[key]; !ok {
		k.bad(at, "%q is not one of the file's sources", shorten(string(key)))
	}
}

func (k *regionFinder) field(at jsontext.Pointer, name string, object any) {
	if f, ok := fieldOf(reflect.TypeOf(object), name); !ok || f.Name == "Origin" {
		k.bad(at, "%q is not a field of this object", shorten(name))
	}
}

func (k *regionFinder) classes(all []RegionClass) {
	seen := map[int]bool{}
	for i, c := range all {
		at := in("/classes", i)
		if c.Class < 1 || c.Class > 4 || seen[c.Class] {
			k.bad(in(at, "class"), "%d is not a class from 1 to 4, each once", c.Class)
		}
		seen[c.Class] = true
		k.least(in(at, "value"), c.Value, 0)
		k.least(in(at, "late_per_min"), c.LatePerMin, 0)
		k.origin(at, c.Origin, c)
	}
}

func (k *regionFinder) tracer(at jsontext.Pointer, t RegionTracer) {
	k.origin(at, t.Origin, t)
	k.span(in(at, "uptake"), t.Uptake)
	k.duration(in(at, "uptake", 0), t.Uptake[0])
	k.duration(in(at, "scan"), t.Scan)
	rule := in(at, "activity")
	a := t.Activity
	k.origin(rule, a.Origin, a)
	if (a.MBq > 0) == (a.MBqPerKg > 0) {
		k.bad(rule, "an activity is either mbq or mbq_per_kg, above 0")
	}
	k.least(in(rule, "mbq"), a.MBq, 0)
	k.least(in(rule, "mbq_per_kg"), a.MBqPerKg, 0)
	k.least(in(rule, "least_mbq"), a.Least, 0)
	k.least(in(rule, "most_mbq"), a.Most, 0)
	if a.Most > 0 && a.Most < a.Least {
		k.bad(in(rule, "most_mbq"), "%v is below least_mbq, %v", a.Most, a.Least)
	}
}
