package scheduler

import "fmt"

// Without is the region while the named cyclotrons, generators, scanners or links stand still. An id that
// the region does not have is an error: a misspelt outage would be no outage.
func (r Region) Without(ids ...string) (Region, error) {
	for _, id := range ids {
		var found bool
		if r, found = r.without(id); !found {
			return Region{}, fmt.Errorf("%s has no cyclotron, generator, scanner or link %q to stand still", r.Name, id)
		}
	}
	return r, nil
}

func (r Region) without(id string) (Region, bool) {
	var found bool
	r.Sites = each(r.Sites, func(s RegionSite) (RegionSite, bool) {
		s.Cyclotrons = each(s.Cyclotrons, func(c RegionCyclotron) (RegionCyclotron, bool) {
			if string(c.ID) == id {
				c.Open, found = []Hours{}, true
			}
			return c, true
		})
		s.Generators = each(s.Generators, func(g RegionGenerator) (RegionGenerator, bool) {
			found = found || string(g.ID) == id
			return g, string(g.ID) != id
		})
		return s, true
	})
	r.Centres = each(r.Centres, func(c RegionCentre) (RegionCentre, bool) {
		c.Scanners = each(c.Scanners, func(s RegionScanner) (RegionScanner, bool) {
			if string(s.ID) == id {
				s.Open, found = []Hours{}, true
			}
			return s, true
		})
		return c, true
	})
	r.Links = each(r.Links, func(l RegionLink) (RegionLink, bool) {
		found = found || string(l.ID) == id
		return l, string(l.ID) != id
	})
	return r, found
}

// each copies, so that the region it came from keeps what it has.
func each[T any](all []T, keep func(T) (T, bool)) []T {
	out := make([]T, 0, len(all))
	for _, one := range all {
		if one, ok := keep(one); ok {
			out = append(out, one)
		}
	}
	return out
}
