package rules

func travel() []Law {
	return []Law{
		{"link-site", Hard, "A vial leaves from the site that made it.", linkSite},
		{"packed", Hard, "A vial leaves after its batch is released and packed.", packed},
		{"timetable", Hard, "A vial leaves when its link does.", timetable},
	}
}

func linkSite(c *Case) []Breach {
	return each(c.Loads, func(l *Load) (Breach, bool) {
		return broken(l.ID, "%s leaves from %s, batch %s is made at %s", l.Vial.Link, l.Link.Site, l.Batch, l.Run.Batch.Site),
			l.Link.Site != l.Run.Batch.Site
	})
}

func packed(c *Case) []Breach {
	return each(c.Loads, func(l *Load) (Breach, bool) {
		ready := l.Run.Release() + l.Run.Process.Pack
		return broken(l.ID, "it leaves at %s, batch %s is packed at %s", clock(l.Depart), l.Batch, clock(ready)), l.Depart < ready
	})
}

func timetable(c *Case) []Breach {
	return each(c.Loads, func(l *Load) (Breach, bool) {
		return broken(l.ID, "%s has no departure at %s", l.Vial.Link, clock(l.Depart)), !l.Leaves
	})
}
