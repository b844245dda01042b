package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beamslot/scheduler"
)

const norwayDir = "../../fixtures/norway/"

func runRegion(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	cmd := newRegionCmd()
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetOut(&out)
	cmd.SetArgs(args)
	err := cmd.Execute()
	return out.String(), err
}

// The days beside the region are what these commands write.
func TestRegionDayWritesTheCommittedDays(t *testing.T) {
	for _, c := range []struct {
		list, day string
		more      []string
	}{
		{"tuesday", "tuesday", nil},
		{"quiet", "quiet", []string{"--date", "2026-11-23"}},
		{"oslo-outage-monday", "oslo-outage/monday", []string{"--without", "oslo-c1"}},
	} {
		file := filepath.Join(t.TempDir(), "day.json")
		args := append([]string{"day", norwayDir + "region.json", "--requests", norwayDir + "requests/" + c.list + ".json", "--out", file}, c.more...)
		said, err := runRegion(t, args...)
		if err != nil || !strings.HasPrefix(said, c.list+": ") {
			t.Fatalf("%s says %q, %v", c.list, said, err)
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(norwayDir + "days/" + c.day + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s is not the committed day (-committed +made):\n%.2000s", c.list, diff)
		}
	}
}

func TestRegionDayToTheScreenIsADay(t *testing.T) {
	out, err := runRegion(t, "day", norwayDir+"region.json", "--date", "2026-10-25")
	if err != nil {
		t.Fatal(err)
	}
	d, err := scheduler.ParseDay([]byte(out))
	if err != nil || d.Date != "2026-10-25" || len(d.Requests) != 0 || len(d.Centres) != 15 {
		t.Errorf("the day is %s with %d requests and %d centres: %v", d.Date, len(d.Requests), len(d.Centres), err)
	}
}

func TestRegionCheckSaysWhatThereIs(t *testing.T) {
	out, err := runRegion(t, "check", norwayDir+"region.json")
	want := "Norway: 4 sites, 15 centres with 24 scanners and therapy rooms, 18 links, 7 tracers,"
	if err != nil || !strings.HasPrefix(out, want) {
		t.Errorf("it says %q, %v", out, err)
	}
}

func TestRegionRefusesInASentence(t *testing.T) {
	region := norwayDir + "region.json"
	for want, args := range map[string][]string{
		"which day? name it with --date":                              {"day", region},
		`date "someday" is not like 2026-11-24`:                       {"day", region, "--date", "someday"},
		`Norway has no cyclotron, generator, scanner or link "oslo"`:  {"day", region, "--date", "2026-11-24", "--without", "oslo"},
		"requests tuesday are for 2026-11-24, the day is 2026-11-25":  {"day", region, "--date", "2026-11-25", "--requests", norwayDir + "requests/tuesday.json"},
		"region.json: line 2, format: \"beamslot-region/1\" is not a": {"day", region, "--requests", region},
		"no-such-file":         {"check", "no-such-file"},
		"is not a region file": {"check", norwayDir + "days/quiet.json"},
	} {
		if _, err := runRegion(t, args...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v says %v, want %s", args, err, want)
		}
	}
}
