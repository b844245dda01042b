package main

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"beamslot/scheduler"
)

// running starts a command that serves, and gives its address and what ends it.
func running(t *testing.T, args ...string) (url string, end func() int) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	out, errs := &notes{}, &notes{}
	code := make(chan int, 1)
	go func() { code <- runOn(ctx, append(args, "--addr", "127.0.0.1:0"), out, errs) }()
	for range 500 {
		if url = boardAt.FindString(out.String()); url != "" {
			return url, func() int { stop(); return <-code }
		}
		time.Sleep(10 * time.Millisecond)
	}
	stop()
	t.Fatalf("%v does not serve: exit %d, %s", args, <-code, errs)
	return "", nil
}

func daysAt(t *testing.T, url string) []scheduler.Date {
	t.Helper()
	res, err := http.Get(url + "/api/days")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var days struct {
		Days []scheduler.Date `json:"days"`
	}
	if err := json.NewDecoder(res.Body).Decode(&days); err != nil {
		t.Fatal(err)
	}
	return days.Days
}

func TestServeOpensTodayAndKeepsItOverARestart(t *testing.T) {
	dir := t.TempDir()
	serve := []string{"serve", "--data", dir, "--region", "../../fixtures/norway/region.json"}
	today := scheduler.Date(time.Now().In(oslo(t)).Format(time.DateOnly))
	for range 2 {
		url, end := running(t, serve...)
		if days := daysAt(t, url); len(days) != 1 || days[0] != today {
			t.Errorf("days %v are open, want %s", days, today)
		}
		if code := end(); code != exitYes {
			t.Errorf("exit %d after being asked to stop", code)
		}
	}
}

func TestTheDemonstrationPlansItsDay(t *testing.T) {
	url, end := running(t, "demo", "--speed", "60")
	defer end()
	for range 300 {
		res, err := http.Get(url + "/api/days/2026-11-24")
		if err != nil {
			t.Fatal(err)
		}
		var v struct {
			Score scheduler.Score `json:"score"`
		}
		err = json.NewDecoder(res.Body).Decode(&v)
		res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if v.Score.Asked == 150 && v.Score.Served > 120 {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Error("half a minute, and nobody is served")
}

func TestWhatServeCannotUseIsSaidInASentence(t *testing.T) {
	for name, args := range map[string][]string{
		"no region":          {"serve", "--data", t.TempDir(), "--region", "nowhere.json"},
		"no data":            {"serve", "--region", "../../fixtures/norway/region.json"},
		"a day as region":    {"serve", "--data", t.TempDir(), "--region", "../../fixtures/norway/days/quiet.json"},
		"outside loopback":   {"serve", "--data", t.TempDir(), "--region", "../../fixtures/norway/region.json", "--addr", "0.0.0.0:0"},
		"a speed of nothing": {"demo", "--speed", "0"},
		"a day of version 1": {"demo", "--day", "../../fixtures/instances/tiny-1.json"},
		"no such scenario":   {"demo", "--scenario", "nowhere.yaml", "--addr", "127.0.0.1:0"},
	} {
		t.Run(name, func(t *testing.T) {
			out, errs := &notes{}, &notes{}
			ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
			defer stop()
			if code := runOn(ctx, args, out, errs); code != exitBad || len(errs.String()) < 20 {
				t.Errorf("exit %d, %q; want %d and a sentence", code, errs, exitBad)
			}
		})
	}
}
