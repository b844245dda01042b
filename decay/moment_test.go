package decay_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"beamslot/decay"
)

func ExampleParseStated() {
	day := time.Date(2026, 11, 24, 0, 0, 0, 0, time.FixedZone("CET", 3600))
	for _, s := range []string{"3.7GBq@08:00", "100 mCi @ 2026-11-25T08:00:30Z", "3.7GBq"} {
		x, err := decay.ParseStated(s, day)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(x.Activity, x.At.Format(time.RFC3339), x.Dated)
	}
	// Output:
	// 3.7 GBq 2026-11-24T08:00:00+01:00 false
	// 3.7 GBq 2026-11-25T08:00:30Z true
	// "3.7GBq" has no moment: an activity means something at a time; write it like 3.7GBq@08:00
}

func TestWhatIsNoMoment(t *testing.T) {
	for s, why := range map[string]string{
		"": "write it like 08:00", "8": "write it like", "24:00": "write it like", "08:60": "write it like", "8.00": "write it like", "noon": "write it like",
		"2026-11-24": "write it like", "2026-11-24T08:00": "write it like", "2026-02-30T08:00Z": "write it like", "1850-01-01T00:00Z": "from 1900 to 2199",
		"9999-01-01T00:00Z": "from 1900 to 2199", strings.Repeat("1", 1<<20): "write it like",
	} {
		got, _, err := decay.ParseMoment(s, noon)
		if err == nil || !strings.Contains(err.Error(), why) || len(err.Error()) > 250 {
			t.Errorf("%.40q was taken for %v, %v; want an error with %q", s, got, err, why)
		}
	}
}

func TestStatedNamesTheBadPart(t *testing.T) {
	for s, why := range map[string]string{"5@08:00": `"5" is not an activity`, "5MBq@8": `"8" is not a moment`, "@": `"" is not an activity`, "5MBq@08:00@09:00": "is not a moment"} {
		if _, err := decay.ParseStated(s, noon); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%q: %v; want an error with %s", s, err, why)
		}
	}
}

func TestElapsedReachesPastThreeCenturies(t *testing.T) {
	// From 2026 to 3026 there are 250 years divisible by four, and eight of them are centuries without a leap day.
	if got := decay.Elapsed(noon, noon.AddDate(1000, 0, 0)); got != (365*1000+242)*86400 {
		t.Errorf("a thousand years are %v s", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		d := time.Duration(rapid.Int64Range(-1e18, 1e18).Draw(t, "ns"))
		if got := decay.Elapsed(noon, noon.Add(d)); math.Abs(got-d.Seconds()) > 1e-9+1e-15*math.Abs(got) {
			t.Errorf("%v is %v s", d, got)
		}
	})
}

func TestDatesEnd(t *testing.T) {
	a := decay.Assay{Nuclide: "U-238", Activity: decay.MBq(1), Reference: noon}
	if got, err := a.FallsTo(decay.MBq(0.5)); !errors.Is(err, decay.ErrRange) || !strings.Contains(err.Error(), "9999") {
		t.Errorf("half of the uranium is gone by %v (%v)", got, err)
	}
	a.Nuclide = "Ra-226"
	if got, err := a.FallsTo(decay.MBq(1. / 40)); !errors.Is(err, decay.ErrRange) {
		t.Errorf("a fortieth of the radium is left at %v (%v), which no date can say", got, err)
	}
	got, err := a.FallsTo(decay.MBq(0.5))
	if n, _ := decay.Lookup("Ra-226"); err != nil || !near(decay.Elapsed(noon, got), n.HalfLife, 1e-12) {
		t.Errorf("half of the radium is gone by %v (%v)", got, err)
	}
}

func FuzzParseStated(f *testing.F) {
	for _, s := range []string{"3.7GBq@08:00", "100 mCi @ 2026-11-24T08:00Z", "1Bq@2199-12-31T23:59:59.999999999-23:59", "@", "5MBq@", "@08:00", "5MBq@8:00:00.5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		x, err := decay.ParseStated(s, noon)
		if err != nil {
			return
		}
		if !x.Dated && x.At.Format(time.DateOnly) != noon.Format(time.DateOnly) {
			t.Errorf("%q has no date and is on %v", s, x.At)
		}
		a := decay.Assay{Nuclide: "F-18", Activity: x.Activity, Reference: x.At}
		b, err := a.At(x.At.Add(time.Hour))
		if err != nil || !(b.Activity >= 0 && b.Activity <= a.Activity) {
			t.Errorf("%q: %v becomes %v an hour later (%v)", s, a, b, err)
		}
	})
}
