package rules

import "beamslot/scheduler"

func beam() []Law {
	return []Law{
		{"one-source", Hard, "A batch comes from one target with a current, or from one generator or lot with a share.", oneSource},
		{"own-site", Hard, "A batch's source, hot cell and QC line stand at its site.", ownSite},
		{"isotope", Hard, "A batch's source gives the isotope of its tracer.", isotope},
		{"beam-current", Hard, "A beam's current is above zero and not above what the target bears.", beamCurrent},
		{"beam-length", Hard, "A beam is no shorter and no longer than its target allows.", beamLength},
		{"beam-window", Hard, "A beam lies inside one of its cyclotron's windows.", beamWindow},
		{"targets-in-beam", Hard, "A cyclotron has at most so many targets in beam at once.", targetsInBeam},
		{"target-reload", Hard, "A target is not in beam again before it has been reloaded.", targetReload},
		{"site-hours", Hard, "A batch begins after its site opens, and its QC ends before it closes.", siteHours},
	}
}

// each gathers the breaches of one thing after another.
func each[T any](list []T, look func(T) (Breach, bool)) []Breach {
	var out []Breach
	for _, x := range list {
		if b, bad := look(x); bad {
			out = append(out, b)
		}
	}
	return out
}

func oneSource(c *Case) []Breach {
	return each(c.Plan.Batches, func(b scheduler.Batch) (Breach, bool) {
		n := 0
		for _, named := range []bool{b.Target != "", b.Generator != "", b.Lot != ""} {
			if named {
				n++
			}
		}
		switch {
		case n != 1:
			return broken(b.ID, "it names %d sources", n), true
		case b.Target != "" && b.Share != 0:
			return broken(b.ID, "a target gives all it has, and the batch says a share of %g", b.Share), true
		case b.Target == "" && b.CurrentUA != 0:
			return broken(b.ID, "%s has no beam, and the batch says %g µA", b.Source(), b.CurrentUA), true
		}
		return Breach{}, false
	})
}

func ownSite(c *Case) []Breach {
	var out []Breach
	for _, r := range c.Runs {
		for _, at := range []struct {
			thing string
			site  scheduler.SiteID
		}{{r.Source(), r.sourceSite()}, {string(r.HotCell), r.cellSite}, {string(r.QCLine), r.lineSite}} {
			if at.site != r.Batch.Site && at.site != "" {
				out = append(out, broken(r.ID, "the batch is made at %s, and %s stands at %s", r.Batch.Site, at.thing, at.site))
			}
		}
	}
	return out
}

// sourceSite is where the batch's source stands; empty when it has none.
func (r *Run) sourceSite() scheduler.SiteID {
	switch {
	case r.target != nil:
		return r.target.site
	case r.generator != nil:
		return r.generator.site
	case r.lot != nil:
		return r.lot.site
	}
	return ""
}

func isotope(c *Case) []Breach {
	return each(c.Runs, func(r *Run) (Breach, bool) {
		gives := ""
		switch {
		case r.target != nil:
			gives = r.target.Isotope
		case r.generator != nil:
			gives = r.generator.Isotope
		case r.lot != nil:
			gives = r.lot.Isotope
		}
		return broken(r.ID, "%s gives %s, %s needs %s", r.Source(), gives, r.Tracer.ID, r.Tracer.Isotope),
			gives != "" && gives != r.Tracer.Isotope
	})
}

// bombarded is the batches that come from a target.
func (c *Case) bombarded() []*Run {
	var out []*Run
	for _, r := range c.Runs {
		if r.target != nil {
			out = append(out, r)
		}
	}
	return out
}

func beamCurrent(c *Case) []Breach {
	return each(c.bombarded(), func(r *Run) (Breach, bool) {
		fine := r.CurrentUA > 0 && r.CurrentUA <= r.target.MaxUA*(1+1e-9)
		return broken(r.ID, "%g µA on %s, which bears more than 0 and at most %g µA", r.CurrentUA, r.Target, r.target.MaxUA), !fine
	})
}

func beamLength(c *Case) []Breach {
	return each(c.bombarded(), func(r *Run) (Breach, bool) {
		d, t := r.BeamEnd-r.BeamStart, r.target
		return broken(r.ID, "%d min of beam on %s, which takes %d to %d min", d, r.Target, t.MinBeam, t.MaxBeam),
			d < t.MinBeam || d > t.MaxBeam
	})
}

func beamWindow(c *Case) []Breach {
	return each(c.bombarded(), func(r *Run) (Breach, bool) {
		y := r.target.cyclotron
		return broken(r.ID, "beam from %s to %s lies in no window of %s", clock(r.BeamStart), clock(r.BeamEnd), y.ID),
			!inside(y.Open, r.BeamStart, r.BeamEnd)
	})
}

// inside reports whether from to to lies wholly in one of the spans.
func inside(open []scheduler.Span, from, to scheduler.Minute) bool {
	for _, s := range open {
		if s.Holds(from, to) {
			return true
		}
	}
	return false
}

func targetsInBeam(c *Case) []Breach {
	h, room := holds[scheduler.CyclotronID]{}, map[scheduler.CyclotronID]int{}
	for _, r := range c.bombarded() {
		y := r.target.cyclotron
		room[y.ID] = y.MaxParallel
		h.add(y.ID, string(r.ID), r.BeamStart, r.BeamEnd)
	}
	return h.crowds(func(id scheduler.CyclotronID) int { return room[id] }, func(id scheduler.CyclotronID, at scheduler.Minute, n int) Breach {
		return broken(id, "at %s it has %s in beam and takes %d", clock(at), count(n, "target"), room[id])
	})
}

func targetReload(c *Case) []Breach {
	h := holds[scheduler.TargetID]{}
	for _, r := range c.bombarded() {
		h.add(r.Target, string(r.ID), r.BeamStart, r.BeamEnd+r.target.Reload)
	}
	return h.clashes(func(id scheduler.TargetID, a, b hold) Breach {
		return broken(id, "%s holds it from %s to %s with reload, and %s from %s", a.who, clock(a.from), clock(a.to), b.who, clock(b.from))
	})
}

func siteHours(c *Case) []Breach {
	return each(c.Runs, func(r *Run) (Breach, bool) {
		open := r.Site.Open
		return broken(r.ID, "it runs from %s to its release at %s, %s is open from %s to %s",
				clock(r.BeamStart), clock(r.Release()), r.Batch.Site, clock(open[0]), clock(open[1])),
			r.BeamStart < open[0] || r.Release() > open[1]
	})
}
