package scheduler

import (
	"os"
	"strings"
	"testing"
	"time"
)

// halfLives are round numbers, so that what follows from them can be reckoned by hand.
func halfLives(isotope string) (float64, error) {
	return map[string]float64{"F-18": 110, "C-11": 20, "Ga-68": 68, "Ge-68": 1440 * 270, "Lu-177": 9600}[isotope], nil
}

func norway(t testing.TB) Region {
	t.Helper()
	data, err := os.ReadFile("../fixtures/norway/region.json")
	if err != nil {
		t.Fatal(err)
	}
	r, err := ParseRegion(data)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func dayOf(t testing.TB, r Region, date Date, lists ...Requests) Day {
	t.Helper()
	d, err := r.Day(date, oslo(t), halfLives, lists...)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func siteOf(t testing.TB, d Day, id SiteID) Site {
	t.Helper()
	for _, s := range d.Sites {
		if s.ID == id {
			return s
		}
	}
	t.Fatalf("the day has no site %s", id)
	return Site{}
}

func linkOf(t testing.TB, d Day, id LinkID) Link {
	t.Helper()
	for _, l := range d.Links {
		if l.ID == id {
			return l
		}
	}
	t.Fatalf("the day has no link %s", id)
	return Link{}
}

// The same wall times are other minutes of the UTC day in winter, in summer, and on the days between.
func TestADayKeepsWallTime(t *testing.T) {
	r := norway(t)
	for date, first := range map[Date]Minute{"2026-11-24": 180, "2026-07-07": 120, "2026-03-29": 120, "2026-10-25": 180} {
		d := dayOf(t, r, date)
		if got := siteOf(t, d, "oslo").Cyclotrons[0].Open[0]; got != (Span{first, first + 660}) {
			t.Errorf("%s: the beam may run in %v, want from %d for 11 h", date, got, first)
		}
		if got := linkOf(t, d, "oslo-stavanger").Departures[0]; got != [2]Minute{first + 95, first + 95 + 185} {
			t.Errorf("%s: the first flight's door to door is %v", date, got)
		}
	}
}

func TestRoadsToTheAirportsAreFoldedIntoFlights(t *testing.T) {
	r := norway(t)
	r.Links = []RegionLink{{ID: "x", By: "air", Before: 92, After: 41,
		Flights: []Hours{{clockAt(t, "07:03"), clockAt(t, "08:00")}}}}
	got := dayOf(t, r, "2026-11-24").Links[0].Departures[0]
	// 06:03 UTC less 92 min is 04:31, down to 04:30; 07:00 UTC and 41 min is 07:41, up to 07:45.
	if want := [2]Minute{270, 465}; got != want {
		t.Errorf("door to door is %v, want %v", got, want)
	}
}

func TestAGeneratorAgesAndRetires(t *testing.T) {
	r := norway(t)
	g := RegionGenerator{ID: "g", Isotope: "Ga-68", ParentIs: "Ge-68", ParentMBq: 2000, Calibrated: "2026-01-01", Retired: "2027-01-01",
		Efficiency: 0.6, Elution: 10, Regrow: 150, ReadyAt: clockAt(t, "06:00")}
	r.Sites[0].Generators = []RegionGenerator{g}
	for date, want := range map[Date]float64{"2026-09-28": 998.7, "2026-01-01": 1997.4} { // 270 d and half a day of 270 d
		if got := dayOf(t, r, date).Sites[0].Generators[0].Parent; got != want {
			t.Errorf("on %s the parent is %v MBq, want %v", date, got, want)
		}
	}
	for _, date := range []Date{"2025-12-31", "2027-01-01"} {
		if got := dayOf(t, r, date).Sites[0].Generators; len(got) != 0 {
			t.Errorf("on %s the generator is not there, yet the day has %v", date, got)
		}
	}
}

func TestALotComesOnItsDays(t *testing.T) {
	r := norway(t)
	if got := siteOf(t, dayOf(t, r, "2026-11-24"), "oslo").Lots; len(got) != 1 || got[0].At != 660 || got[0].Ready != 390 {
		t.Errorf("on Tuesday the delivery is %+v", got)
	}
	if got := siteOf(t, dayOf(t, r, "2026-11-25"), "oslo").Lots; len(got) != 0 {
		t.Errorf("on Wednesday there is a delivery: %+v", got)
	}
}

func patients(t testing.TB, lines string) Requests {
	t.Helper()
	r, err := ParseRequests([]byte(`{"format":"beamslot-requests/1","name":"few","note":"n.","date":"2026-11-24","seed":0,"patients":[` + lines + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAPatientFollowsTheTracersRuleUnlessTheLineSaysOtherwise(t *testing.T) {
	list := patients(t, `
		{"id":"P-1","tracer":"FDG","weight_kg":75,"class":2,"window":["08:00","12:00"],"due":"10:00","centres":["riks","radium"]},
		{"id":"P-2","tracer":"FDG","weight_kg":40,"class":4,"window":["08:00","12:00"],"centres":["riks"]},
		{"id":"P-3","tracer":"FDG","weight_kg":160,"class":4,"window":["08:02","12:03"],"centres":["riks"]},
		{"id":"P-4","tracer":"FDG","weight_kg":20,"class":1,"window":["08:00","12:00"],"centres":["riks"],"scanners":["riks-petct"],
		 "mbq":125.9,"rule":"EANM card","scan":30,"uptake":[55,60],"pathway":"staging"},
		{"id":"P-5","tracer":"LU-DOTATATE","weight_kg":90,"class":1,"window":["08:00","12:00"],"centres":["radium"]}`)
	d := dayOf(t, norway(t), "2026-11-24", list)
	if d.Name != "few" || !strings.HasPrefix(d.Note, "n. ") {
		t.Errorf("the day is called %q and says %q", d.Name, d.Note)
	}
	for i, want := range []Request{
		{Dose: 262.5, Due: 540, Value: 2000, LatePerMin: 2, Window: Span{420, 660}, Uptake: Span{60, 75}, Scan: 20},
		{Dose: 185, Due: 660, Value: 800, LatePerMin: 0.5, Window: Span{420, 660}, Uptake: Span{60, 75}, Scan: 20},
		{Dose: 530, Due: 660, Value: 800, LatePerMin: 0.5, Window: Span{425, 660}, Uptake: Span{60, 75}, Scan: 20},
		{Dose: 125.9, Due: 660, Value: 3000, LatePerMin: 3, Window: Span{420, 660}, Uptake: Span{55, 60}, Scan: 30},
		{Dose: 7400, Due: 660, Value: 3000, LatePerMin: 3, Window: Span{420, 660}, Uptake: Span{0, 0}, Scan: 210},
	} {
		got := d.Requests[i]
		if got.Dose != want.Dose || got.Due != want.Due || got.Value != want.Value || got.LatePerMin != want.LatePerMin ||
			got.Window != want.Window || got.Uptake != want.Uptake || got.Scan != want.Scan {
			t.Errorf("%s is asked as %+v", got.ID, got)
		}
	}
	if p := d.Problems(); len(p) > 0 {
		t.Errorf("the day cannot be read: %v", p[0].Error())
	}
}

func TestADayIsRefusedInASentence(t *testing.T) {
	r := norway(t)
	line := func(tracer string, class string) string {
		return `{"id":"P-1","tracer":"` + tracer + `","weight_kg":75,"class":` + class + `,"window":["08:00","12:00"],"centres":["riks"]}`
	}
	noClass := norway(t)
	noClass.Classes = noClass.Classes[:2]
	for _, c := range []struct {
		region Region
		date   Date
		list   Requests
		want   string
	}{
		{r, "2026-11-25", patients(t, line("FDG", "1")), "requests few are for 2026-11-24, the day is 2026-11-25"},
		{r, "2026-11-24", patients(t, line("NaF", "1")), `patient P-1 asks for "NaF", a tracer that Norway does not have`},
		{noClass, "2026-11-24", patients(t, line("FDG", "3")), "patient P-1 is of class 3, which Norway does not have"},
		{r, "tomorrow", Requests{Date: "tomorrow"}, `date "tomorrow" is not like 2026-11-24`},
	} {
		_, err := c.region.Day(c.date, time.UTC, halfLives, c.list)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("it says %v, want %s", err, c.want)
		}
	}
}

func TestWhatStandsStill(t *testing.T) {
	r := norway(t)
	out, err := r.Without("oslo-c1", "riks-petct", "oslo-g1", "oslo-unn")
	if err != nil {
		t.Fatal(err)
	}
	d := dayOf(t, out, "2026-11-24")
	if got := siteOf(t, d, "oslo"); len(got.Cyclotrons[0].Open) != 0 || len(got.Generators) != 1 {
		t.Errorf("Oslo still has %+v and %+v", got.Cyclotrons[0].Open, got.Generators)
	}
	if len(d.Centres[0].Scanners[0].Open) != 0 || len(d.Centres[0].Scanners[1].Open) != 1 || len(d.Links) != len(r.Links)-1 {
		t.Error("the scanner or the link does not stand still, or another does")
	}
	if whole := dayOf(t, r, "2026-11-24"); len(siteOf(t, whole, "oslo").Cyclotrons[0].Open) != 1 || len(whole.Links) != len(r.Links) {
		t.Error("the region that it came from has lost something")
	}
	if _, err := r.Without("olso-c1"); err == nil || !strings.Contains(err.Error(), `"olso-c1"`) {
		t.Errorf("a misspelt name says %v", err)
	}
}
