package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
)

func sheetOf(t *testing.T, day, plan string, unserved ...scheduler.Unserved) string {
	t.Helper()
	d, p := dayAndPlan(t, instances+day+".json", instances+plan+".json")
	var out bytes.Buffer
	if err := printSheet(&out, rules.NewCase(d, p), unserved); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestTheSheetInLocalTimeWithElutionsDrawingsAndTherapy(t *testing.T) {
	golden(t, "sheet-theranostic", sheetOf(t, "theranostic", "theranostic.by-hand", scheduler.Unserved{Request: "R4", Law: "generator-regrowth",
		Says: "The generator G1 was eluted at 05:30 UTC and has not grown back before 09:35 UTC, which is after the last elution that could reach an injection at 23:40 UTC."}))
}

func TestTheSheetOfAnOrdinaryDay(t *testing.T) {
	golden(t, "sheet-small-1", sheetOf(t, "small-1", "small-1.by-hand"))
}

func TestTheSheetSaysWhatIsLost(t *testing.T) {
	s := sheetOf(t, "medium-1-lost-batch", "medium-1-lost-batch.do-nothing")
	for line := range strings.Lines(s) {
		if lost := strings.Contains(line, "LOST"); lost != (strings.Contains(line, " B2 ") && strings.Contains(line, "GBq")) {
			t.Errorf("%s", line)
		}
	}
}

func TestNoLineOfASheetEndsInBlanks(t *testing.T) {
	for line := range strings.Lines(sheetOf(t, "theranostic", "theranostic.by-hand")) {
		if strings.TrimRight(line, " \n")+"\n" != line {
			t.Errorf("%q", line)
		}
	}
}

func TestFiguresSideBySide(t *testing.T) {
	day, hand := dayAndPlan(t, instances+"theranostic.json", instances+"theranostic.by-hand.json")
	less := hand
	less.Appointments = hand.Appointments[:2]
	var out bytes.Buffer
	p := &page{out: &out}
	figures{judged("this plan", day, hand), judged("one fewer", day, less)}.print(p)
	golden(t, "figures", out.String())
}

func TestTheFaceOfADay(t *testing.T) {
	oslo := func(date scheduler.Date) scheduler.Day { return scheduler.Day{Date: date, Zone: "Europe/Oslo"} }
	for _, c := range []struct {
		day  scheduler.Day
		at   scheduler.Minute
		want string
	}{
		{scheduler.Day{}, 760, "12:40"},
		{scheduler.Day{}, 1510, "01:10+1"},
		{scheduler.Day{}, -10, "23:50-1"},
		{scheduler.Day{Zone: "Europe/Oslo"}, 760, "12:40"}, // without a date nobody knows summer from winter
		{oslo("2026-11-24"), 760, "13:40"},
		{oslo("2026-07-01"), 760, "14:40"},
		{oslo("2026-11-24"), 1385, "00:05+1"},
		{oslo("2026-03-29"), 59, "01:59"}, // the night in which the hour from two to three is left out
		{oslo("2026-03-29"), 60, "03:00"},
		{scheduler.Day{Date: "2026-11-24", Zone: "America/Los_Angeles"}, 60, "17:00-1"},
	} {
		f, err := faceOf(c.day)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.at(c.at); got != c.want {
			t.Errorf("%s %s, minute %d: %s, want %s", c.day.Date, c.day.Zone, c.at, got, c.want)
		}
	}
	if _, err := faceOf(oslo("2026-11-24")); err != nil {
		t.Error(err)
	}
	for _, bad := range []scheduler.Day{{Date: "yesterday", Zone: "UTC"}, {Date: "2026-11-24", Zone: "Europe/Trondhjem"}} {
		if _, err := faceOf(bad); err == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
}

func TestASentenceIsFoldedBetweenWords(t *testing.T) {
	got := folded("en to  tre fire øøøøøøøøøøøøø fem", 8)
	if want := []string{"en to", "tre fire", "øøøøøøøøøøøøø", "fem"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestGroupedNumbers(t *testing.T) {
	for _, c := range []struct {
		v      float64
		digits int
		want   string
	}{{0, 0, "0"}, {999, 0, "999"}, {1000, 0, "1,000"}, {1413790.32, 2, "1,413,790.32"}, {-1234.5, 1, "-1,234.5"}, {-999, 0, "-999"}} {
		if got := grouped(c.v, c.digits); got != c.want {
			t.Errorf("grouped(%v, %d) = %s, want %s", c.v, c.digits, got, c.want)
		}
	}
}
