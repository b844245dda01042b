package main

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"beamslot/decay"
)

// askedOfDecay is what people ask; the golden file is what they read.
var askedOfDecay = []string{
	"F-18 3.7GBq@08:00 --at 09:50",
	"[18F] 3.7GBq@09:50 --at 08:00",
	"99mTc 20mCi@07:30 --at +6h",
	"Ga68 1.85GBq@13:00 --falls-to 185MBq",
	"c11 400MBq@23:50 --at +20m30s",
	"F-18 10GBq@21:00 --falls-to 37kBq",
	"F-18 100MBq@00:10 --at -30m",
	"lu177 7.4GBq@2026-11-24T08:00+01:00 --at 2026-12-01T08:00Z",
	"Ge-68 1.85GBq@2026-01-15T12:00Z --falls-to 0.37GBq",
	"F-18 370MBq@2026-11-24T08:00+01:00 --at 10:30",
	"U-238 12.4kBq@1950-01-01T00:00Z --at 2026-11-24T08:00Z",
	"O-15 2 GBq @ 08:00 --at 08:00:45",
}

// refusedByDecay is what people slip into.
var refusedByDecay = []string{
	"F-19 3.7GBq@08:00 --at 09:50",
	"G-68 3.7GBq@08:00 --at 09:50",
	"gold 3.7GBq@08:00 --at 09:50",
	"F-18 3.7GBq --at 09:50",
	"F-18 3,7GBq@08:00 --at 09:50",
	"F-18 3.7@08:00 --at 09:50",
	"F-18 3.7mBq@08:00 --at 09:50",
	"F-18 2e9GBq@08:00 --at 09:50 --json",
	"F-18 3.7GBq@25:00 --at 09:50",
	"F-18 3.7GBq@2026-11-24T08:00 --at 09:50",
	"F-18 3.7GBq@08:00 --at 2026-11-24T08:00Z",
	"F-18 3.7GBq@08:00 --at +soon",
	"F-18 3.7GBq@08:00 --at 9.50",
	"F-18 3.7GBq@08:00 --falls-to 0MBq",
	"F-18 3.7GBq@08:00 --falls-to much",
	"O-15 3.7GBq@2026-11-24T08:00Z --at 2026-11-20T08:00Z",
	"F-18 3.7GBq@08:00",
	"F-18 3.7GBq@08:00 --at 09:50 --falls-to 1MBq",
	"F-18",
}

func TestDecayAsPeopleReadIt(t *testing.T) {
	var page strings.Builder
	for _, asked := range askedOfDecay {
		s := told(t, append([]string{"decay"}, strings.Fields(asked)...)...)
		if s.code != exitYes || s.err != "" {
			t.Errorf("decay %s: exit %d, %s", asked, s.code, s.err)
		}
		page.WriteString("$ beamslot decay " + asked + "\n" + s.out + "\n")
	}
	golden(t, "decay", page.String())
}

func TestDecayRefusesInOneSentence(t *testing.T) {
	var page strings.Builder
	for _, asked := range refusedByDecay {
		s := told(t, append([]string{"decay"}, strings.Fields(asked)...)...)
		if s.code != exitBad || s.out != "" || strings.Count(s.err, "\n") != 1 {
			t.Errorf("decay %s: exit %d, %q, %q; want one line of refusal and nothing else", asked, s.code, s.out, s.err)
		}
		page.WriteString("$ beamslot decay " + asked + "\n" + s.err)
	}
	golden(t, "decay-refused", page.String())
}

func TestDecayAsJSONNamesItsSource(t *testing.T) {
	s := told(t, "decay", "F-18", "3.7GBq@08:00", "--at", "09:50", "--json")
	var got decayFigures
	if err := json.Unmarshal([]byte(s.out), &got); err != nil || s.code != exitYes {
		t.Fatalf("exit %d, %v: %s%s", s.code, err, s.out, s.err)
	}
	n, err := decay.Lookup("F-18")
	if err != nil {
		t.Fatal(err)
	}
	want := decayFigures{"F-18", n.HalfLife, n.Uncertainty, n.Source, n.Set, n.Rule,
		decayMoment{3.7e9, "08:00"}, decayMoment{got.Answer.Activity, "09:50"}, 6600, math.Exp2(-6600 / n.HalfLife)}
	if got != want || math.Abs(float64(got.Answer.Activity)-3.7e9*want.Factor) > 1 {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestSpans(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0:                                "0 s later",
		45 * time.Second:                 "45 s later",
		-90 * time.Second:                "1 min 30 s earlier",
		59*time.Minute + 59*time.Second:  "59 min 59 s later",
		3599*time.Second + 6e8:           "1 h later",
		110 * time.Minute:                "1 h 50 min later",
		47*time.Hour + 59*time.Minute:    "47 h 59 min later",
		-(24*7 + 1) * time.Hour:          "7 d 1 h earlier",
		24*time.Hour*30 + 20*time.Minute: "30 d later",
	} {
		if got := span(d.Seconds()); got != want {
			t.Errorf("%v is said as %q, want %q", d, got, want)
		}
	}
}
