package decay

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Activity is in becquerel.
type Activity float64

// MBq is an activity of v megabecquerel.
func MBq(v float64) Activity { return Activity(v * 1e6) }

// MBq is the activity in megabecquerel.
func (a Activity) MBq() float64 { return float64(a) / 1e6 }

// MaxActivity is the most that is read from people: a million TBq, more than any site holds.
const MaxActivity Activity = 1e18

// unit is a way of writing an activity; 1 Ci is 3.7e10 Bq exactly.
type unit struct {
	name string
	bq   float64
}

// units are what people may write; the micro sign comes as µ (U+00B5), as the Greek letter, or as u.
func units() []unit {
	return []unit{{"Bq", 1}, {"kBq", 1e3}, {"MBq", 1e6}, {"GBq", 1e9}, {"TBq", 1e12}, {"Ci", 3.7e10}, {"mCi", 3.7e7},
		{"µCi", 3.7e4}, {"μCi", 3.7e4}, {"uCi", 3.7e4}, {"nCi", 37}}
}

// ParseActivity reads a number with its unit: 3.7GBq, 100 mCi, 2.5e3 kBq. Case counts, because mBq and MBq are not the same.
func ParseActivity(s string) (Activity, error) {
	t := strings.TrimSpace(s)
	number, name := cutNumber(t)
	if number == "" || name == "" {
		return 0, fmt.Errorf("%.40q is not an activity; write a number and its unit, like 3.7GBq or 100mCi", s)
	}
	for _, u := range units() {
		if u.name == name {
			return u.read(s, number)
		}
	}
	if strings.HasPrefix(name, ",") {
		return 0, fmt.Errorf("%.40q is not an activity: write the decimals after a point, like 3.7GBq", s)
	}
	return 0, fmt.Errorf("%.40q is not an activity: the unit must be Bq, kBq, MBq, GBq, TBq, Ci, mCi, µCi (or uCi) or nCi, written so", s)
}

func (u unit) read(s, number string) (Activity, error) {
	v, err := strconv.ParseFloat(number, 64)
	a := Activity(v * u.bq)
	switch {
	case a < 0 || math.Signbit(v):
		return 0, fmt.Errorf("%.40q is not an activity: it must be 0 Bq or more", s)
	case a > MaxActivity:
		return 0, fmt.Errorf("%.40q is above %v, the most that is taken for an activity", s, MaxActivity)
	case err != nil || math.IsNaN(v):
		return 0, fmt.Errorf("%.40q is not an activity: %q is not a number", s, number)
	}
	return a, nil
}

// cutNumber cuts "3.7 GBq" into number and unit. An e belongs to the number only when a power follows it.
func cutNumber(t string) (number, name string) {
	rest := strings.TrimLeft(t, "+-"+digits+".")
	if power := strings.TrimLeft(rest, "eE"); len(rest)-len(power) == 1 {
		if after := strings.TrimLeft(strings.TrimLeft(power, "+-"), digits); after != strings.TrimLeft(power, "+-") {
			rest = after
		}
	}
	return t[:len(t)-len(rest)], strings.TrimLeft(rest, " ")
}

// String writes an activity for people, to four figures, in the unit between Bq and TBq that keeps it readable.
func (a Activity) String() string {
	v, err := strconv.ParseFloat(strconv.FormatFloat(float64(a), 'e', 3, 64), 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return strconv.FormatFloat(float64(a), 'g', 4, 64) + " Bq"
	}
	u := units()[0]
	for _, larger := range units()[:5] {
		if math.Abs(v) >= larger.bq {
			u = larger
		}
	}
	v /= u.bq
	if v != 0 && (math.Abs(v) < 1e-3 || math.Abs(v) >= 1e7) {
		return strconv.FormatFloat(v, 'e', -1, 64) + " " + u.name
	}
	return strconv.FormatFloat(v, 'f', -1, 64) + " " + u.name
}
