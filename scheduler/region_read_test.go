package scheduler

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// smallRegion is as little as a region can be and still be one.
const smallRegion = `{
 "format": "beamslot-region/1", "name": "Isle", "zone": "UTC", "note": "",
 "sources": {"invented": "made up", "map": "a map"},
 "time_step": 5, "hours": ["03:00","21:00"],
 "objective": {"prices": {"beam_per_min": 5, "activity_per_gbq": 2, "away": 60, "move": 20}, "origin": {"source": "invented"}},
 "classes": [{"class": 1, "value": 3000, "late_per_min": 3, "means": "now", "origin": {"source": "invented"}}],
 "tracers": [{"id": "FDG", "name": "FDG", "nuclide": "F-18", "shelf_life": 600, "vial_loss": 150, "uptake": [60,75], "scan": 20,
  "activity": {"mbq_per_kg": 3.5, "origin": {"source": "invented"}}, "origin": {"source": "invented"}}],
 "sites": [{"id": "s", "name": "S", "position": {"lat": 59.9, "lon": 10.7}, "open": ["04:00","16:00"],
  "cyclotrons": [{"id": "c", "model": "m", "proton_mev": 18, "open": [["04:00","15:00"]], "max_parallel": 1, "origin": {"source": "invented"},
   "targets": [{"target": {"id": "t", "isotope": "F-18", "asat": 8000, "max_ua": 60, "min_beam": 10, "max_beam": 120, "reload": 20},
    "origin": {"source": "map", "invented": ["max_ua"]}}]}],
  "generators": [{"id": "g", "isotope": "Ga-68", "parent_nuclide": "Ge-68", "parent_mbq": 1850, "calibrated": "2026-01-01",
   "retired": "2027-01-01", "efficiency": 0.6, "elution": 10, "regrow": 150, "ready": "06:00", "origin": {"source": "invented"}}],
  "lots": [{"id": "l", "isotope": "Lu-177", "activity": 7900, "at": "12:00", "ready": "07:30", "draw": 10, "days": ["Tuesday"],
   "origin": {"source": "invented"}}],
  "hot_cells": [{"cell": {"id": "h", "tracers": ["FDG"], "cleanup": 45}, "module": "m"}], "qc_lines": ["q"],
  "processes": [{"process": {"tracer": "FDG", "transfer": 5, "synthesis": 30, "yield": 0.75, "qc": 30, "qc_max_wait": 20, "pack": 10,
   "max_batch": 150000, "margin": 0.08, "batch_cost": 1500, "fail_prob": 0.03, "yield_sd": 0.05}, "origin": {"source": "invented"}}],
  "origin": {"source": "invented", "from": {"position": "map"}}}],
 "centres": [{"id": "z", "name": "Z", "position": {"lat": 59.9, "lon": 10.7}, "open": ["07:00","16:00"], "uptake_rooms": 2, "prep": 10,
  "receive": 10, "scanners": [{"id": "z-1", "kind": "scanner", "open": [["08:00","15:00"]], "turnaround": 5}], "origin": {"source": "invented"}}],
 "links": [{"id": "s-z", "site": "s", "centre": "z", "by": "road", "km": 5, "minutes": 15, "cost": 50, "origin": {"source": "map"}},
  {"id": "s-z-air", "site": "s", "centre": "z", "by": "air", "km": 5, "before": 60, "after": 30, "flights": [["09:00","09:30"]], "cost": 50,
   "origin": {"source": "invented"}}]
}`

func TestARegionIsReadStrictly(t *testing.T) {
	if _, err := ParseRegion([]byte(smallRegion)); err != nil {
		t.Fatalf("the region itself: %v", err)
	}
	for _, c := range []struct{ from, to, want string }{
		{`"beamslot-region/1"`, `"pet-day-instance/1"`, `line 2, format: "pet-day-instance/1" is not a region file that this program reads; it reads beamslot-region/1`},
		{`"name": "Isle",`, ``, `line 1: the field "name" is missing`},
		{`"name": "Isle"`, `"name": ""`, `line 2, name: a region needs a name`},
		{`"name": "Isle"`, `"nmae": "Isle"`, `line 2, nmae: this field is not one of the format`},
		{`"time_step": 5`, `"time_step": 0`, `line 4, time_step: 0 minutes is no step for a day`},
		{`"map": "a map"`, `"map": ""`, `line 3, sources.map: a source needs a key, and a sentence`},
		{`"source": "map", "invented"`, `"source": "mpa", "invented"`, `line 12, sites[0].cyclotrons[0].targets[0].origin.source: "mpa" is not one of the file's sources`},
		{`["max_ua"]`, `["max_au"]`, `origin.invented[0]: "max_au" is not a field of this object`},
		{`["max_ua"]`, `["origin"]`, `origin.invented[0]: "origin" is not a field of this object`},
		{`{"position": "map"}`, `{"position": "mpa"}`, `sites[0].origin.from.position: "mpa" is not one of the file's sources`},
		{`{"position": "map"}`, `{"posn": "map"}`, `sites[0].origin.from.posn: "posn" is not a field of this object`},
		{`, "origin": {"source": "invented"}}],
 "links"`, `}],
 "links"`, `centres[0]: the field "origin" is missing`},
		{`["03:00","21:00"]`, `["21:00","03:00"]`, `line 4, hours: it ends at 03:00, not after it begins at 21:00`},
		{`["03:00","21:00"]`, `["3:00","21:00"]`, `line 4, hours: "3:00" is not a wall time from 00:00 to 24:00, such as 07:05`},
		{`["03:00","21:00"]`, `["03:00"]`, `line 4, hours: ["03:00"] is not two wall times`},
		{`["03:00","21:00"]`, `180`, `line 4, hours: 180 is not two wall times`},
		{`"ready": "06:00"`, `"ready": "6"`, `sites[0].generators[0].ready: "6" is not a wall time`},
		{`"ready": "06:00"`, `"ready": null`, `sites[0].generators[0].ready: null says nothing`},
		{`"class": 1`, `"class": 5`, `classes[0].class: 5 is not a class from 1 to 4`},
		{`"value": 3000`, `"value": -1`, `classes[0].value: -1 is less than 0`},
		{`"mbq_per_kg": 3.5`, `"mbq_per_kg": 3.5, "mbq": 200`, `tracers[0].activity: an activity is either mbq or mbq_per_kg`},
		{`"mbq_per_kg": 3.5`, `"mbq_per_kg": 3.5, "least_mbq": 200, "most_mbq": 100`, `tracers[0].activity.most_mbq: 100 is below least_mbq, 200`},
		{`"uptake": [60,75]`, `"uptake": [75,60]`, `tracers[0].uptake: it ends at 60, before it begins at 75`},
		{`"lat": 59.9`, `"lat": 95`, `sites[0].position: 95 north, 10.7 east is not on the map`},
		{`"proton_mev": 18`, `"proton_mev": 0`, `sites[0].cyclotrons[0].proton_mev: 0 cannot be meant`},
		{`"asat": 8000`, `"asat": -8000`, `sites[0].cyclotrons[0].targets[0].asat: -8000 is less than 0`},
		{`"calibrated": "2026-01-01"`, `"calibrated": "1 May"`, `generators[0].calibrated: "1 May" is not a date`},
		{`"retired": "2027-01-01"`, `"retired": "2025-01-01"`, `generators[0].retired: 2025-01-01 is not after calibrated, 2026-01-01`},
		{`["Tuesday"]`, `["tuesday"]`, `lots[0].days[0]: "tuesday" is not a day of the week such as Tuesday`},
		{`["Tuesday"]`, `[]`, `lots[0].days: a delivery names the days of the week`},
		{`"by": "road"`, `"by": "sea"`, `links[0].by: "sea" is neither foot, road nor air`},
		{`"minutes": 15`, `"minutes": 15, "before": 5`, `links[0]: a way by road has minutes, and neither flights nor before and after`},
		{`"minutes": 15`, `"minutes": 0`, `links[0].minutes: 0 cannot be meant`},
		{`"flights": [["09:00","09:30"]]`, `"minutes": 40`, `links[1]: a way by air has flights, and no minutes`},
		{`"km": 5, "minutes"`, `"km": -5, "minutes"`, `links[0].km: -5 is less than 0`},
		{`"site": "s", "centre": "z", "by": "road"`, `"site": "x", "centre": "z", "by": "road"`, `links[0].site: there is no site named "x"`},
		{`"tracers": ["FDG"]`, `"tracers": ["NaF"]`, `hot_cells[0].tracers[0]: there is no tracer named "NaF"`},
		{`"id": "s-z-air"`, `"id": "s-z"`, `links[1].id: a second link is named "s-z"`},
		{"}]\n}", "}]\n} x", `this is not JSON`},
		{`"origin": {"source": "invented"}}]` + "\n}", `"orig`, `the file ends in the middle of a region file`},
	} {
		if !strings.Contains(smallRegion, c.from) {
			t.Fatalf("the region has no %s to spoil", c.from)
		}
		_, err := ParseRegion([]byte(strings.Replace(smallRegion, c.from, c.to, 1)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("with %s for %s it says\n\t%v\nwant\n\t%s", c.to, c.from, err, c.want)
		}
	}
}

const smallRequests = `{"format": "beamslot-requests/1", "name": "few", "note": "", "date": "2026-11-24", "seed": 0,
 "patients": [
  {"id": "P-1", "tracer": "FDG", "weight_kg": 75, "class": 2, "window": ["08:00","12:00"], "centres": ["z"]},
  {"id": "P-2", "tracer": "FDG", "weight_kg": 20, "class": 2, "window": ["08:00","12:00"], "due": "09:00", "centres": ["z"],
   "mbq": 125.9, "rule": "card", "uptake": [60,70], "scan": 25}
 ]}`

func TestRequestsAreReadStrictly(t *testing.T) {
	if _, err := ParseRequests([]byte(smallRequests)); err != nil {
		t.Fatalf("the requests themselves: %v", err)
	}
	for _, c := range []struct{ from, to, want string }{
		{`requests/1`, `requests/9`, `line 1, format: "beamslot-requests/9" is not a file of requests that this program reads`},
		{`"name": "few"`, `"name": ""`, `name: requests need a name`},
		{`"2026-11-24"`, `"24.11.2026"`, `date: "24.11.2026" is not a date`},
		{`"P-2"`, `"P-1"`, `line 4, patients[1].id: a second patient is named "P-1"`},
		{`"P-2"`, `""`, `patients[1].id: a patient needs a name`},
		{`"weight_kg": 75`, `"weight_kg": -75`, `line 3, patients[0].weight_kg: -75 is less than 0`},
		{`"weight_kg": 75`, `"weight_kg": "75 kg"`, `patients[0].weight_kg: a text cannot be read as a number`},
		{`"weight_kg": 75`, `"weight_lb": 165`, `patients[0].weight_lb: this field is not one of the format`},
		{`"class": 2`, `"class": 0`, `patients[0].class: 0 is not a class`},
		{`["08:00","12:00"]`, `["12:00","08:00"]`, `patients[0].window: it ends at 08:00, not after it begins at 12:00`},
		{`"due": "09:00"`, `"due": "9"`, `patients[1].due: "9" is not a wall time`},
		{`"centres": ["z"]`, `"centres": []`, `patients[0].centres: a patient names at least the home centre`},
		{`"rule": "card", `, ``, `patients[1]: mbq and rule stand together`},
		{`"mbq": 125.9`, `"mbq": -1`, `patients[1].mbq: -1 is less than 0`},
		{`[60,70]`, `[-5,70]`, `patients[1].uptake[0]: -5 minutes is less than no time`},
		{`"scan": 25`, `"scan": -25`, `patients[1].scan: -25 minutes is less than no time`},
		{`"note": ""`, `"note": "", "note": ""`, `note: the field stands here a second time`},
	} {
		_, err := ParseRequests([]byte(strings.Replace(smallRequests, c.from, c.to, 1)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("with %s for %s it says\n\t%v\nwant\n\t%s", c.to, c.from, err, c.want)
		}
	}
}

// Whatever is read as a region makes a day on any date that a day file's reader takes, or says why not.
func FuzzParseRegion(f *testing.F) {
	f.Add([]byte(smallRegion), "2026-03-29")
	f.Fuzz(func(t *testing.T, data []byte, date string) {
		r, err := ParseRegion(data)
		if err != nil {
			mustBeAProblem(t, err)
			return
		}
		d, err := r.Day(Date(date), time.UTC, halfLives)
		if err != nil || r.Zone == "" {
			return
		}
		for _, p := range d.Problems() {
			if !strings.HasSuffix(p.Path, "half_life") && !strings.HasSuffix(p.Path, "parent") {
				t.Fatalf("a good region makes a bad day: %v", p.Error())
			}
		}
	})
}

func FuzzParseRequests(f *testing.F) {
	f.Add([]byte(smallRequests))
	f.Fuzz(func(t *testing.T, data []byte) {
		if r, err := ParseRequests(data); err != nil {
			mustBeAProblem(t, err)
		} else if r.Format != RequestsFormat || r.Name == "" {
			t.Fatalf("read without a format or a name: %+v", r)
		}
	})
}

func mustBeAProblem(t *testing.T, err error) {
	if p, ok := errors.AsType[*Problem](err); !ok || p.Says == "" || strings.Contains(p.Says, "\n") {
		t.Fatalf("refused without a sentence: %v", err)
	}
}
