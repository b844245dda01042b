package scheduler_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beamslot/scheduler"
)

const instances = "../fixtures/instances/"

func text(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(instances + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func isPlan(path string) bool {
	return strings.Contains(path, "by-hand") || strings.Contains(path, "do-nothing")
}

func TestWhatWasReadIsWrittenAndReadAgain(t *testing.T) {
	files, err := filepath.Glob(instances + "*.json")
	if err != nil || len(files) < 14 {
		t.Fatalf("the instances are not where they should be: %v %v", files, err)
	}
	for _, f := range files {
		data := []byte(text(t, filepath.Base(f)))
		if isPlan(f) {
			roundTrip(t, f, data, scheduler.ParsePlan, scheduler.FormatPlan)
		} else {
			roundTrip(t, f, data, scheduler.ParseDay, scheduler.FormatDay)
		}
	}
}

func roundTrip[V any](t *testing.T, name string, data []byte, parse func([]byte) (V, error), format func(V) ([]byte, error)) {
	t.Helper()
	first, err := parse(data)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	written, err := format(first)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	second, err := parse(written)
	if err != nil {
		t.Fatalf("%s, written and read again: %v", name, err)
	}
	again, err := format(second)
	if err != nil || !bytes.Equal(written, again) {
		t.Errorf("%s: written twice, it differs (%v)\n%s", name, err, cmp.Diff(string(written), string(again)))
	}
}

// edit is a file with one thing wrong with it, and what the reader must say.
type edit struct{ old, new, says string }

func TestDayFilesAreRefusedWithLineAndPath(t *testing.T) {
	for _, e := range []edit{
		{`"seed": 1`, `"seed": 1.5`, `line 5, seed: 1.5 cannot be read as a whole number`},
		{`"seed": 1`, `"seed": "1"`, `line 5, seed: a text cannot be read as a whole number`},
		{`"seed": 1`, `"seed": {}`, `line 5, seed: an object cannot be read as a whole number`},
		{`"seed": 1`, `"seed": null`, `line 5, seed: null says nothing; leave the field out or give its value`},
		{`"seed": 1,`, ``, `line 1: the field "seed" is missing`},
		{`"seed": 1`, `"seed": 1, "Seed": 2`, `line 5, Seed: this field is not one of the format`},
		{`"seed": 1`, `"seed": 1, "seed": 2`, `line 5, seed: the field stands here a second time`},
		{`"seed": 1`, `"seed": 1, "date": "2026-11-24"`, `line 5, date: this field belongs to version 2 of the format, and the file says version 1`},
		{`"id": "R2"`, `"id": "R2", "pathway": "x"`, `line 143, requests[1].pathway: this field belongs to version 2 of the format, and the file says version 1`},
		{`"dose": 199.5`, `"doze": 199.5`, `line 146, requests[1].doze: this field is not one of the format`},
		{`"dose": 199.5`, `"dose": -199.5`, `line 146, requests[1].dose: -199.5 is less than 0, the least that it can be`},
		{`"dose": 199.5`, `"dose": 0`, `line 146, requests[1].dose: 0 cannot be meant; it must be more than 0`},
		{`"dose": 199.5`, `"dose": 1e99`, `line 146, requests[1].dose: 1e+99 is not a number that can be meant`},
		{`"dose": 199.5`, `"dose": 1e999`, `line 146, requests[1].dose: 1e999 cannot be read as a number`},
		{`"dose": 199.5`, `"dose": "199.5 MBq"`, `line 146, requests[1].dose: a text cannot be read as a number`},
		{`"dose": 199.5`, `"dose": NaN`, `this is not JSON`},
		{`"weight_kg": 57.0`, `"weight_kg": -57`, `requests[1].weight_kg: -57 is less than 0`},
		{`"half_life": 109.77`, `"half_life": -1`, `tracers[0].half_life: -1 is less than 0`},
		{`"half_life": 109.77`, `"half_life": 0`, `tracers[0].half_life: 0 cannot be meant`},
		{`"shelf_life": 600`, `"shelf_life": -5`, `tracers[0].shelf_life: -5 minutes is less than no time`},
		{`"shelf_life": 600`, `"shelf_life": 9223372036854775807`, `is not near any day`},
		{`"shelf_life": 600`, `"shelf_life": 9223372036854775808`, `tracers[0].shelf_life: 9223372036854775808 cannot be read as a whole number`},
		{`"time_step": 5`, `"time_step": 0`, `line 6, time_step: 0 minutes is no step for a day; it is 1 to 1440`},
		{`"time_step": 5`, `"time_step": -5`, `time_step: -5 minutes is no step`},
		{`"transfer": 5`, `"transfer": 7`, `sites[0].processes[0].transfer: 7 is not a multiple of time_step, which is 5`},
		{"   \"window\": [\n    480,\n    690\n", "   \"window\": [\n    690,\n    480\n", `requests[1].window: it ends at 480, before it begins at 690`},
		{"   \"window\": [\n    480,\n    690\n", "   \"window\": [\n    480\n", `requests[1].window: this`},
		{"   \"window\": [\n    480,\n    690\n", "   \"window\": [\n    480,\n 690,\n 700\n", `requests[1].window: this`},
		{`"class": 2`, `"class": 5`, `requests[1].class: 5 is not a class from 1 to 4`},
		{`"value": 2000.0`, `"value": -2000`, `requests[1].value: -2000 is less than 0`},
		{`"id": "R3"`, `"id": "R2"`, `a second request is named "R2"; names are unique`},
		{`"id": "R3"`, `"id": ""`, `requests[2].id: a request needs a name`},
		{"\"centres\": [\n    \"C1\"\n   ]\n  },\n  {\n   \"id\": \"R2\"", "\"centres\": []\n  },\n  {\n   \"id\": \"R2\"", `requests[0].centres: a request names at least its home centre`},
		{"\"centres\": [\n    \"C1\"\n   ]\n  },\n  {\n   \"id\": \"R2\"", "\"centres\": [\"C1\"], \"scanners\": [\"C1-P9\"]\n  },\n  {\n   \"id\": \"R2\"", `requests[0].scanners[0]: there is no scanner named "C1-P9"`},
		{"\"centres\": [\n    \"C1\"\n   ]\n  },\n  {\n   \"id\": \"R2\"", "\"centres\": [\n    \"C9\"\n   ]\n  },\n  {\n   \"id\": \"R2\"", `requests[0].centres[0]: there is no centre named "C9"`},
		{`"centre": "C1"`, `"centre": "C2"`, `links[0].centre: there is no centre named "C2"`},
		{`"travel": 5`, `"travel": -5`, `links[0].travel: -5 minutes is less than no time`},
		{`"travel": 5`, `"travel": 5, "departures": [[400, 405]]`, `links[0]: a link has either travel or departures; this one has both`},
		{",\n   \"travel\": 5", "", `links[0]: a link has either travel or departures; this one has neither`},
		{`"travel": 5`, `"departures": [[401, 405]]`, `links[0].departures[0][0]: 401 is not a multiple of time_step, which is 5`},
		{`"travel": 5`, `"departures": [[400, 390]]`, `links[0].departures[0]: it ends at 390, before it begins at 400`},
		{`"travel": 5`, `"departures": [[400, 405], [400, 410]]`, `links[0].departures[1]: a second departure leaves at 400`},
		{`"travel": 5`, `"travel": "5"`, `links[0].travel: a text cannot be read as a whole number`},
		{`"isotope": "F18",`, `"isotope": "",`, `tracers[0].isotope: a tracer needs an isotope`},
		{"\"qc_lines\": [\n    \"S1-Q1\"\n   ]", `"qc_lines": "S1-Q1"`, `sites[0].qc_lines: a text cannot be read as a list`},
		{"\"qc_lines\": [\n    \"S1-Q1\"\n   ]", `"qc_lines": [true]`, `sites[0].qc_lines[0]: true cannot be read as a text`},
		{`"yield": 0.713`, `"yield": 1.713`, `processes[0].yield: 1.713 is not a share between 0 and 1`},
		{`"margin": 0.08`, `"margin": 8`, `processes[0].margin: 8 is not a share between 0 and 1`},
		{`"max_beam": 120`, `"max_beam": 5`, `max_beam: 5 minutes is shorter than min_beam, 10`},
		{`"uptake_rooms": 3`, `"uptake_rooms": -3`, `centres[0].uptake_rooms: -3 is not between 0 and 1000000`},
		{`"pet-day-instance/1"`, `"pet-day-instance/3"`, `line 2, format: "pet-day-instance/3" is not a day file that this program reads; it reads pet-day-instance/1 and pet-day-instance/2`},
		{`"pet-day-instance/1"`, `"pet-day-plan/1"`, `"pet-day-plan/1" is not a day file`},
		{`"pet-day-instance/1"`, `7`, `line 2, format: a number cannot be read as a text`},
		{`"format": "pet-day-instance/1",`, ``, `line 1, format: a day file names its format, and this one does not`},
		{`"name": "tiny-1"`, "\"name\": \"t\xff\"", `line 3, name: this is not JSON: invalid UTF-8`},
		{`"name": "tiny-1"`, `"name": ""`, `line 3, name: a day needs a name; plans refer to it`},
		{`"tracers": [`, `"tracers": {`, `this is not JSON`},
	} {
		refusesDay(t, "tiny-1.json", e)
	}
}

func refusesDay(t *testing.T, file string, e edit) {
	t.Helper()
	good := text(t, file)
	if !strings.Contains(good, e.old) {
		t.Fatalf("%s has no %q to spoil", file, e.old)
	}
	_, err := scheduler.ParseDay([]byte(strings.Replace(good, e.old, e.new, 1)))
	says(t, e.new, err, e.says)
}

// says holds that the error is a sentence of one line, a Problem, and has the words.
func says(t *testing.T, what string, err error, words string) {
	t.Helper()
	if err == nil {
		t.Errorf("%s was read; want %q", what, words)
		return
	}
	if _, ok := errors.AsType[*scheduler.Problem](err); !ok {
		t.Errorf("%s: the error is a %T", what, err)
	}
	if got := err.Error(); !strings.Contains(got, words) || strings.Contains(got, "\n") {
		t.Errorf("%s:\ngot  %s\nwant %s", what, got, words)
	}
}

func TestFilesThatAreNoDocument(t *testing.T) {
	good := text(t, "tiny-1.json")
	for _, c := range []struct{ name, data, says string }{
		{"empty", "", "the file is empty; a day file is expected"},
		{"blank", " \n\t\n", "the file is empty; a day file is expected"},
		{"a list", "[]", "line 1: a list cannot be read as an object"},
		{"null", "null", "line 1, format: a day file names its format, and this one does not"},
		{"cut off", good[:2000], "line 149: the file ends in the middle of a day file; it may have been cut off"},
		{"cut off at once", "{", "line 1: the file ends in the middle of a day file"},
		{"two documents", good + "{}", "invalid character '{' after top-level value"},
		{"text after the end", good + "x", "invalid character 'x' after top-level value"},
		{"not JSON", "PK\x03\x04", "line 1: this is not JSON"},
		{"a deep hole", strings.Repeat("[", 100_000), "line 1"},
	} {
		_, err := scheduler.ParseDay([]byte(c.data))
		says(t, c.name, err, c.says)
	}
}

func TestEveryCutOfAFileIsRefused(t *testing.T) {
	good := text(t, "tiny-1.json")
	whole := len(strings.TrimRight(good, "\n "))
	for n := range whole {
		if _, err := scheduler.ParseDay([]byte(good[:n])); err == nil {
			t.Fatalf("the first %d of %d bytes were read as a day", n, whole)
		}
	}
}

func TestPlanFilesAreRefusedWithLineAndPath(t *testing.T) {
	good := text(t, "tiny-1.by-hand.json")
	for _, e := range []edit{
		{`"instance": "tiny-1"`, `"instance": ""`, `line 3, instance: a plan names the day that it answers`},
		{`"target": "S1-C1-F18-T1",`, ``, `batches[0]: the field "target" is missing`},
		{`"beam_start": 250`, `"beam_start": 250.5`, `batches[0].beam_start: 250.5 cannot be read as a whole number`},
		{`"beam_start": 250`, `"beam_start": 1e3`, `batches[0].beam_start: 1e3 cannot be read as a whole number`},
		{`"beam_start": 250`, `"beam_start": 25000000`, `batches[0].beam_start: minute 25000000 is not near any day`},
		{`"current_ua": 12.7`, `"share": 0.5, "current_ua": 12.7`, `batches[0].share: this field belongs to version 2`},
		{`"hot_cell"`, `"hotcell"`, `batches[0].hotcell: this field is not one of the format`},
		{`"id": "B1"`, `"id": ""`, `batches[0].id: a batch needs a name`},
		{`"id": "D-B1-C1"`, `"id": ""`, `dispatches[0].id: a dispatch needs a name`},
		{`"request": "R1"`, `"request": ""`, `appointments[0].request: an appointment names its request`},
		{`"activity": 4269.222856191885`, `"activity": 4e200`, `dispatches[0].activity: 4e+200 is not a number that can be meant`},
		{`"pet-day-plan/1"`, `"pet-day-instance/1"`, `line 2, format: "pet-day-instance/1" is not a plan file`},
	} {
		if !strings.Contains(good, e.old) {
			t.Fatalf("the plan has no %q to spoil", e.old)
		}
		_, err := scheduler.ParsePlan([]byte(strings.Replace(good, e.old, e.new, 1)))
		says(t, e.new, err, e.says)
	}
}

func TestFrozenThingsReferToTheDayAndToEachOther(t *testing.T) {
	for _, e := range []edit{
		{"\"lost_batches\": [\n   \"B2\"", "\"lost_batches\": [\n   \"B7\"", `frozen.lost_batches[0]: there is no frozen batch named "B7"`},
		{`"down_scanners": []`, `"down_scanners": [["C1-P1", 600]]`, `frozen.down_scanners[0]`},
		{`"down_scanners": []`, `"down_scanners": [["C1-P9", 600, 700]]`, `frozen.down_scanners[0]: there is no scanner named "C1-P9"`},
		{`"down_scanners": []`, `"down_scanners": [["C1-P1", 700, 600]]`, `frozen.down_scanners[0]: it ends at 600, before it begins at 700`},
		{`"down_scanners": []`, `"down_scanners": [["C1-P1", 600, null]]`, `frozen.down_scanners[0]`},
		{`"down_scanners": []`, `"measured": []`, `frozen.measured: this field belongs to version 2`},
	} {
		refusesDay(t, "medium-1-lost-batch.json", e)
	}
}

func TestAScannerThatIsDownIsATriple(t *testing.T) {
	for _, d := range []scheduler.Down{{Scanner: "C1-P1", From: 600, To: 700}, {Scanner: "a \"b\" \x01 ø", From: -5}} {
		data, err := d.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var back scheduler.Down
		if err := back.UnmarshalJSON(data); err != nil || back != d {
			t.Errorf("%+v was written %s and read %+v: %v", d, data, back, err)
		}
	}
	for _, bad := range []string{`[]`, `{}`, `["a",1]`, `["a",1,2,3]`, `[1,2,3]`, `["a",null,2]`, `["a",1.5,2]`, `"a"`, ``} {
		if err := new(scheduler.Down).UnmarshalJSON([]byte(bad)); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
}

func TestVersionTwoIsReadAndChecked(t *testing.T) {
	day, err := scheduler.ParseDay([]byte(text(t, "theranostic.json")))
	if err != nil {
		t.Fatal(err)
	}
	if len(day.Sites[0].Generators) != 1 || len(day.Sites[0].Lots) != 1 || !day.Centres[0].Scanners[1].TherapyRoom() {
		t.Errorf("version 2 was not read: %+v", day.Sites[0])
	}
	for _, e := range []edit{
		{`"date": "2026-11-24"`, `"date": "24.11.2026"`, `date: "24.11.2026" is not a date such as 2026-11-24`},
		{`"kind": "therapy_room"`, `"kind": "sauna"`, `kind: "sauna" is neither scanner nor therapy_room`},
		{`"efficiency": 0.7`, `"efficiency": 70`, `generators[0].efficiency: 70 is not a share between 0 and 1`},
		{`"elution": 5`, `"elution": 4`, `generators[0].elution: 4 is not a multiple of time_step, which is 5`},
		{`"id": "L1"`, `"id": "G1"`, `a second target, generator or lot is named "G1"`},
		{`"activity": 20000`, `"activity": -1`, `lots[0].activity: -1 is less than 0`},
		{`"pet-day-instance/2"`, `"pet-day-instance/1"`, `this field belongs to version 2`},
	} {
		refusesDay(t, "theranostic.json", e)
	}
}

func TestAProblemSaysWhereInOneLine(t *testing.T) {
	for _, c := range []struct {
		p    scheduler.Problem
		want string
	}{
		{scheduler.Problem{Says: "no"}, "no"},
		{scheduler.Problem{Line: 3, Says: "no"}, "line 3: no"},
		{scheduler.Problem{Path: "a.b[1]", Says: "no"}, "a.b[1]: no"},
		{scheduler.Problem{Line: 3, Path: "a", Says: "no"}, "line 3, a: no"},
	} {
		if got := c.p.Error(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func ExampleParseDay() {
	_, err := scheduler.ParseDay([]byte(`{
 "format": "pet-day-instance/1",
 "name": "monday",
 "units": "mCi"
}`))
	fmt.Println(err)
	// Output: line 4, units: this field is not one of the format
}

func FuzzParseDay(f *testing.F) {
	for _, name := range []string{"tiny-1.json", "theranostic.json"} {
		f.Add([]byte(text(f, name)))
	}
	f.Add([]byte(`{"format":"pet-day-instance/2","frozen":{"now":0,"down_scanners":[["a",1,2]]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		holds(t, data, scheduler.ParseDay, scheduler.FormatDay)
	})
}

func FuzzParsePlan(f *testing.F) {
	for _, name := range []string{"tiny-1.by-hand.json", "theranostic.by-hand.json"} {
		f.Add([]byte(text(f, name)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		holds(t, data, scheduler.ParsePlan, scheduler.FormatPlan)
	})
}

// holds is the property of a reader: it refuses in one line, or what it read can be written and read again, the same.
func holds[V any](t *testing.T, data []byte, parse func([]byte) (V, error), format func(V) ([]byte, error)) {
	v, err := parse(data)
	if err != nil {
		if strings.Contains(err.Error(), "\n") || len(err.Error()) > 600 {
			t.Errorf("not one sentence: %q", err)
		}
		return
	}
	written, err := format(v)
	if err != nil {
		t.Fatal(err)
	}
	again, err := parse(written)
	if err != nil {
		t.Fatalf("written and read again: %v\n%s", err, written)
	}
	if twice, err := format(again); err != nil || !bytes.Equal(twice, written) {
		t.Errorf("written twice, it differs (%v): %s", err, cmp.Diff(string(written), string(twice)))
	}
}
