package scheduler_test

import (
	"fmt"
	"os"
	"time"
	_ "time/tzdata"

	"beamslot/decay"
	"beamslot/scheduler"
)

// A region is said once, in wall time; each day's minutes follow, also on the night when the clocks go back.
func ExampleRegion_Day() {
	data, err := os.ReadFile("../fixtures/norway/region.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	norway, err := scheduler.ParseRegion(data)
	if err != nil {
		fmt.Println(err)
		return
	}
	zone, err := time.LoadLocation(norway.Zone)
	if err != nil {
		fmt.Println(err)
		return
	}
	halfLife := func(isotope string) (float64, error) {
		n, err := decay.Lookup(isotope)
		return n.HalfLifeMin(), err
	}
	for _, date := range []scheduler.Date{"2026-10-24", "2026-10-25"} {
		day, err := norway.Day(date, zone, halfLife)
		if err != nil {
			fmt.Println(err)
			return
		}
		site := day.Sites[0]
		fmt.Printf("%s: %s opens at minute %d, and has %.1f MBq of Ge-68\n", day.Date, site.Name, site.Open[0], site.Generators[0].Parent)
	}
	// Output:
	// 2026-10-24: Norsk medisinsk syklotronsenter, Oslo opens at minute 120, and has 1498.1 MBq of Ge-68
	// 2026-10-25: Norsk medisinsk syklotronsenter, Oslo opens at minute 180, and has 1494.3 MBq of Ge-68
}

// A clock time that summer time skips is as much later as the clocks jump.
func ExampleClock_On() {
	zone, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		fmt.Println(err)
		return
	}
	half2, err := scheduler.ParseClock("02:30")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, date := range []scheduler.Date{"2026-03-28", "2026-03-29", "2026-10-25"} {
		minute, err := half2.On(date, zone)
		fmt.Println(date, minute, err)
	}
	// Output:
	// 2026-03-28 90 <nil>
	// 2026-03-29 90 <nil>
	// 2026-10-25 30 <nil>
}
