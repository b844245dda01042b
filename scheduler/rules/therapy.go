package rules

import "slices"

func therapy() []Law {
	return []Law{
		{"therapy-room", Hard, "A therapy room takes only requests that name it.", therapyRoom},
	}
}

func therapyRoom(c *Case) []Breach {
	return each(c.Visits, func(v *Visit) (Breach, bool) {
		return broken(v.Request.ID, "%s is a therapy room, and the request does not name it", v.Scanner.ID),
			v.Scanner.TherapyRoom() && !slices.Contains(v.Request.Scanners, v.Scanner.ID)
	})
}
