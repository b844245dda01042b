package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beamslot/scheduler/rules"
)

var update = flag.Bool("update", false, "write the golden files anew")

const instances = "../../fixtures/instances/"

// said is what a command printed and how it ended.
type said struct {
	code     int
	out, err string
}

// told runs the program in this process.
func told(t *testing.T, args ...string) said {
	t.Helper()
	var out, errOut bytes.Buffer
	code := runOn(t.Context(), args, &out, &errOut)
	return said{code, out.String(), errOut.String()}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); go test -update writes it anew:\n%s", path, diff)
	}
}

// spoiled is a copy of an instance's file with one thing changed.
func spoiled(t *testing.T, name, old, by string) string {
	t.Helper()
	data, err := os.ReadFile(instances + name)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), old) {
		t.Fatalf("%s has no %q to spoil", name, old)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(string(data), old, by)), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCheckOfALawfulPlan(t *testing.T) {
	s := told(t, "check", instances+"small-1.json", instances+"small-1.by-hand.json")
	if s.code != exitYes || s.err != "" {
		t.Errorf("exit %d: %s", s.code, s.err)
	}
	golden(t, "check-lawful", s.out)
}

func TestCheckNamesEachBrokenLaw(t *testing.T) {
	day := spoiled(t, "small-1.json", `"uptake_rooms": 3`, `"uptake_rooms": 1`)
	plan := spoiled(t, "small-1.by-hand.json", `"injection": 420`, `"injection": 423`)
	s := told(t, "check", day, plan)
	if s.code != exitNo || s.err != "" {
		t.Errorf("exit %d: %s", s.code, s.err)
	}
	golden(t, "check-broken", s.out)
}

func TestCheckAsJSONIsTheWholeReport(t *testing.T) {
	s := told(t, "check", "--json", instances+"tiny-1.json", instances+"tiny-1.by-hand.json")
	var r rules.Report
	if err := json.Unmarshal([]byte(s.out), &r); err != nil {
		t.Fatal(err)
	}
	if s.code != exitYes || r.Breaches == nil || r.Score.Served != 6 || int(r.J*100+0.5) != 742072 {
		t.Errorf("exit %d: %s", s.code, s.out)
	}
	if s := told(t, "check", "--json", instances+"small-1.json", instances+"tiny-1.by-hand.json"); s.code != exitNo || !strings.Contains(s.out, `"law": "this-day"`) {
		t.Errorf("a plan for another day: exit %d: %s", s.code, s.out)
	}
}

func TestWhatCannotBeReadIsOneSentence(t *testing.T) {
	huge := filepath.Join(t.TempDir(), "huge.json")
	if err := os.WriteFile(huge, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(huge, 200_000_000); err != nil {
		t.Fatal(err)
	}
	good, plan := instances+"tiny-1.json", instances+"tiny-1.by-hand.json"
	weight := spoiled(t, "tiny-1.json", `"weight_kg": 57.0`, `"weight_kg": -57`)
	unit := spoiled(t, "tiny-1.json", `"dose": 199.5`, `"dose_mci": 5.4`)
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"check", huge, plan}, huge + ": the file is 200 MB; a day or plan file of more than 64 MiB is not read"},
		{[]string{"plan", huge}, "the file is 200 MB"},
		{[]string{"plan", "/dev/zero"}, "/dev/zero: the file goes on after 64 MiB"},
		{[]string{"check", good + ".not", plan}, "tiny-1.json.not: no such file or directory"},
		{[]string{"check", instances, plan}, "is a directory"},
		{[]string{"check", plan, plan}, `"pet-day-plan/1" is not a day file`},
		{[]string{"check", good, good}, `"pet-day-instance/1" is not a plan file`},
		{[]string{"check", weight, plan}, weight + ": line 145, requests[1].weight_kg: -57 is less than 0"},
		{[]string{"plan", unit}, unit + ": line 146, requests[1].dose_mci: this field is not one of the format"},
		{[]string{"check", good}, "accepts 2 arg(s), received 1"},
		{[]string{"plan", good, "--steps", "-1"}, "must not be negative"},
		{[]string{"plan", good, "--time", "-1s"}, "must not be negative"},
		{[]string{"plan", good, "--beside", instances + "small-1.by-hand.json"}, `is a plan for "small-1" and cannot stand beside one for "tiny-1"`},
		{[]string{"plan", good, "--steps", "10", "--out", "/nowhere/at/all.json"}, "/nowhere/at/all.json cannot be written"},
	} {
		s := told(t, c.args...)
		if s.code != exitBad || s.out != "" || !strings.Contains(s.err, c.says) || strings.Count(s.err, "\n") != 1 || !strings.HasPrefix(s.err, "beamslot: ") {
			t.Errorf("%v: exit %d, printed %q\ngot  %swant %s", c.args, s.code, s.out, s.err, c.says)
		}
	}
}
