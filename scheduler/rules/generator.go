package rules

import "beamslot/scheduler"

func generators() []Law {
	return []Law{
		{"source-share", Hard, "A share of a generator or a lot is above 0 and at most 1.", sourceShare},
		{"elution-length", Hard, "An elution takes exactly as long as the generator's elution does.", elutionLength},
		{"generator-ready", Hard, "A generator is not eluted before it is ready.", generatorReady},
		{"generator-regrowth", Hard, "A generator is not eluted again before its daughter has grown back.", generatorRegrowth},
	}
}

func (c *Case) eluted() []*Run {
	var out []*Run
	for _, r := range c.Runs {
		if r.generator != nil {
			out = append(out, r)
		}
	}
	return out
}

func sourceShare(c *Case) []Breach {
	return each(append(c.eluted(), c.drawn()...), func(r *Run) (Breach, bool) {
		fine := r.Share > 0 && atMost(r.Share, 1)
		return broken(r.ID, "it takes a share of %g of %s", r.Share, r.Source()), !fine
	})
}

func elutionLength(c *Case) []Breach {
	return each(c.eluted(), func(r *Run) (Breach, bool) {
		d := r.BeamEnd - r.BeamStart
		return broken(r.ID, "%d min of elution, %s takes %d min", d, r.Generator, r.generator.Elution), d != r.generator.Elution
	})
}

func generatorReady(c *Case) []Breach {
	return each(c.eluted(), func(r *Run) (Breach, bool) {
		return broken(r.ID, "eluted at %s, %s is ready at %s", clock(r.BeamStart), r.Generator, clock(r.generator.Ready)),
			r.BeamStart < r.generator.Ready
	})
}

func generatorRegrowth(c *Case) []Breach {
	h := holds[scheduler.GeneratorID]{}
	for _, r := range c.eluted() {
		h.add(r.Generator, string(r.ID), r.BeamStart, r.BeamEnd+r.generator.Regrow)
	}
	return h.clashes(func(id scheduler.GeneratorID, a, b hold) Breach {
		return broken(id, "%s holds it from %s to %s with regrowth, and %s from %s", a.who, clock(a.from), clock(a.to), b.who, clock(b.from))
	})
}
