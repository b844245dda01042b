package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
)

func dayAndPlan(t *testing.T, dayFile, planFile string) (scheduler.Day, scheduler.Plan) {
	t.Helper()
	day, err := readDay(dayFile)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := readPlan(planFile)
	if err != nil {
		t.Fatal(err)
	}
	return day, plan
}

func TestPlansAreLawfulAndBetterThanByHand(t *testing.T) {
	for _, name := range []string{"tiny-1", "small-1", "small-2", "medium-1", "theranostic"} {
		out := filepath.Join(t.TempDir(), "plan.json")
		s := told(t, "plan", instances+name+".json", "--steps", "4000", "--out", out)
		if s.code != exitYes {
			t.Fatalf("%s: exit %d: %s", name, s.code, s.err)
		}
		day, mine := dayAndPlan(t, instances+name+".json", out)
		_, hand := dayAndPlan(t, instances+name+".json", instances+name+".by-hand.json")
		m, h := rules.Check(day, mine), rules.Check(day, hand)
		if !m.Lawful() || !m.Score.Better(h.Score) {
			t.Errorf("%s: J %.2f, by hand %.2f: %v", name, m.J, h.J, m.Breaches)
		}
		for _, part := range []string{"DAY SHEET " + name, "\nBEAMS\n", "\nSYNTHESES\n", "\nQC\n", "\nDEPARTURES\n", "\nNOT SERVED\n", "\nSCORE\n", "= J", "The plan is in " + out} {
			if !strings.Contains(s.out, part) {
				t.Errorf("%s: the sheet has no %q", name, part)
			}
		}
	}
}

func TestARePlanKeepsWhatIsFrozen(t *testing.T) {
	out := filepath.Join(t.TempDir(), "plan.json")
	s := told(t, "plan", instances+"medium-1-lost-batch.json", "--steps", "3000", "--out", out, "--beside", instances+"medium-1-lost-batch.do-nothing.json")
	if s.code != exitYes || !strings.Contains(s.out, "LOST") || !strings.Contains(s.out, "medium-1-lost-batch.do-nothing") {
		t.Fatalf("exit %d: %s%s", s.code, s.out, s.err)
	}
	day, plan := dayAndPlan(t, instances+"medium-1-lost-batch.json", out)
	if r := rules.Check(day, plan); !r.Lawful() || r.J < 108_384 {
		t.Errorf("J %.2f: %v", r.J, r.Breaches)
	}
}

func TestTheSameSeedAndStepsGiveTheSamePlan(t *testing.T) {
	args := []string{"plan", instances + "small-2.json", "--steps", "3000", "--seed", "7", "--json"}
	one, two := told(t, args...), told(t, args...)
	if one.code != exitYes || one.out != two.out {
		t.Errorf("exit %d: two plans differ", one.code)
	}
	if _, err := scheduler.ParsePlan([]byte(one.out)); err != nil {
		t.Errorf("--json prints the plan and nothing else: %v", err)
	}
}

func TestAPlanByHand(t *testing.T) {
	s := told(t, "plan", instances+"small-1.json", "--by-hand", "--json")
	day, err := readDay(instances + "small-1.json")
	if err != nil {
		t.Fatal(err)
	}
	plan, err := scheduler.ParsePlan([]byte(s.out))
	if err != nil {
		t.Fatal(err)
	}
	if r := rules.Check(day, plan); s.code != exitYes || !r.Lawful() || r.Score.Served == 0 {
		t.Errorf("exit %d, %d served: %v", s.code, r.Score.Served, r.Breaches)
	}
}

func TestAnInterruptedSearchGivesTheBestItSaw(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), 400*time.Millisecond)
	defer stop()
	var out, errOut bytes.Buffer
	code := runOn(ctx, []string{"plan", instances + "medium-1.json", "--time", "10m", "--json"}, &out, &errOut)
	if _, err := scheduler.ParsePlan(out.Bytes()); code != exitYes || err != nil {
		t.Errorf("exit %d: %v %s", code, err, errOut.String())
	}
}

func TestNothingIsWrittenWithoutAPlan(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	dir := t.TempDir()
	path := filepath.Join(dir, "plan.json")
	if err := os.WriteFile(path, []byte("the plan of yesterday"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errOut bytes.Buffer
	code := runOn(ctx, []string{"plan", instances + "tiny-1.json", "--out", path}, &out, &errOut)
	kept, err := os.ReadFile(path)
	if code != exitBad || err != nil || string(kept) != "the plan of yesterday" || out.Len() != 0 {
		t.Errorf("exit %d, the file holds %q: %v", code, kept, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestWritingWholeReplacesAndLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "plan.json")
	for _, text := range []string{"one", "two, which is longer", ""} {
		if err := writeWhole(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != text {
			t.Errorf("%q, %v", got, err)
		}
	}
	if err := writeWhole(dir, []byte("x")); err == nil {
		t.Error("a folder was overwritten")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestTheMeterIsQuietForASecondAndThenShows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		screen := &notes{}
		m := &meter{done: make(chan struct{})}
		m.told(1200, scheduler.Score{Value: 5000, Served: 3, Asked: 4})
		begun := time.Now()
		m.ended.Go(func() { m.show(screen, begun, planOptions{time: 10 * time.Second}) })
		time.Sleep(900 * time.Millisecond)
		synctest.Wait()
		if screen.String() != "" {
			t.Errorf("after 0.9 s: %q", screen.String())
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		m.end()
		if !strings.Contains(screen.String(), "planning: 3 of 4 served, J 5,000") {
			t.Errorf("after 2.9 s: %q", screen.String())
		}
	})
}

func TestNoMeterWhereNobodyLooks(t *testing.T) {
	m := watch(&bytes.Buffer{}, planOptions{time: time.Hour})
	m.told(1, scheduler.Score{})
	m.end()
	if m.bar != nil {
		t.Error("a bar was drawn into a buffer")
	}
}
