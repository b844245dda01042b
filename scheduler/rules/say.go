package rules

import (
	"fmt"
	"strings"

	"beamslot/scheduler"
)

// broken is a breach on a thing; the law's name is added by whoever asked.
func broken[ID ~string](on ID, format string, args ...any) Breach {
	return Breach{On: string(on), Says: fmt.Sprintf(format, args...)}
}

// clock says a minute of the day as 12:40 UTC; what lies before or after the day keeps counting hours.
func clock(m scheduler.Minute) string {
	sign := ""
	if m < 0 {
		sign, m = "-", -m
	}
	return fmt.Sprintf("%s%02d:%02d UTC", sign, m/60, m%60)
}

// mbq says an activity with as many digits as a person compares.
func mbq(v float64) string {
	if v >= 1000 || v <= -1000 {
		return fmt.Sprintf("%.1f MBq", v)
	}
	return fmt.Sprintf("%.4g MBq", v)
}

// count says how many, in a sentence: 1 room, 2 rooms.
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// listed says names in a sentence.
func listed[ID ~string](ids []ID) string {
	if len(ids) == 0 {
		return "nothing"
	}
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return strings.Join(out, ", ")
}

// tolerance is the format's, relative, for comparing activities.
const tolerance = 1e-6

// atMost compares two activities; what is not a number is never at most anything.
func atMost(a, b float64) bool {
	limit := b + tolerance*max(b, -b) + 1e-9
	return a <= limit
}
