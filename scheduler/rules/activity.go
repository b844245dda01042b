package rules

func activity() []Law {
	return []Law{
		{"largest-batch", Hard, "A batch's nominal activity is not above what its process can make.", largestBatch},
		{"batch-activity", Hard, "A batch's vials hold at most what is usable of it.", batchActivity},
		{"vial-activity", Hard, "A vial holds what its patients need, and what stays behind in it.", vialActivity},
	}
}

// largestBatch says nothing of a batch that has been measured: what was made can be made.
func largestBatch(c *Case) []Breach {
	return each(c.Runs, func(r *Run) (Breach, bool) {
		return broken(r.ID, "%s at EOS, %s can make %s of %s", mbq(r.AEOS()), r.Batch.Site, mbq(r.Process.MaxBatch), r.Tracer.ID),
			r.Measured == nil && !atMost(r.AEOS(), r.Process.MaxBatch)
	})
}

// batchActivity says nothing of a batch that is lost: lost-batch does, and what left before was there.
func batchActivity(c *Case) []Breach {
	return each(c.Runs, func(r *Run) (Breach, bool) {
		return broken(r.ID, "its vials hold %s at EOS, %s is usable", mbq(r.Promised()), mbq(r.Usable())),
			!r.Lost && !atMost(r.Promised(), r.Usable())
	})
}

func vialActivity(c *Case) []Breach {
	return each(c.Loads, func(l *Load) (Breach, bool) {
		return broken(l.ID, "%s and its loss take %s at EOS, it holds %s", count(len(l.Visits), "patient"), mbq(l.Needed()), mbq(l.Held())),
			!atMost(l.Needed(), l.Held())
	})
}
