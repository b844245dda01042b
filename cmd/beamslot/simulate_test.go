package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"beamslot/devices"
)

const tiny = "../../fixtures/instances/tiny-1.json"

// The plant that the command serves can be driven with the site file that it writes.
func TestSimulateServesWhatItWrites(t *testing.T) {
	file := filepath.Join(t.TempDir(), "floor.yaml")
	s := simulation{day: tiny, listen: "127.0.0.1:0", speed: 60, start: "2026-11-24T04:00Z", floorOut: file}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	var out bytes.Buffer
	go func() { done <- s.run(ctx, &out) }()
	cfg := awaitConfig(t, file)
	if err := checkDevices(new(bytes.Buffer), file, nil); err != nil {
		t.Error(err)
	}
	f, err := devices.Open(ctx, cfg, devices.Options{Poll: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	awaitOnline(t, f)
	f.Close()
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if !strings.Contains(out.String(), "with 3 devices, until interrupted") || !strings.Contains(out.String(), "S1-C1-F18-T1") {
		t.Errorf("it says %s", out.String())
	}
}

// awaitConfig waits for a whole site file, which is written last.
func awaitConfig(t *testing.T, file string) devices.Config {
	t.Helper()
	for range 500 {
		cfg, err := devices.ReadConfig(file)
		if err == nil && len(cfg.Devices) == 3 {
			return cfg
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("no site file came")
	return devices.Config{}
}

func awaitOnline(t *testing.T, f *devices.Floor) {
	t.Helper()
	for range 500 {
		online := 0
		for _, s := range f.States() {
			if s.Online {
				online++
			}
		}
		if online == 3 {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("not every device answers: %+v", f.States())
}

func TestSimulateRefuses(t *testing.T) {
	good := simulation{day: tiny, listen: "127.0.0.1:0", speed: 1}
	scenario := filepath.Join(t.TempDir(), "s.yaml")
	if err := os.WriteFile(scenario, []byte("wire: [{fault: smoke}]"), 0o600); err != nil {
		t.Fatal(err)
	}
	for says, change := range map[string]func(*simulation){
		"no such file":                 func(s *simulation) { s.day = "nowhere.json" },
		"is not a day file":            func(s *simulation) { s.day = "../../fixtures/instances/tiny-1.by-hand.json" },
		"--speed 0":                    func(s *simulation) { s.speed = 0 },
		`--start "tomorrow": write it`: func(s *simulation) { s.start = "tomorrow" },
		`a wire has no fault "smoke"`:  func(s *simulation) { s.scenario = scenario },
		"name another with --listen":   func(s *simulation) { s.listen = "256.0.0.1:1" },
		"--floor-out":                  func(s *simulation) { s.floorOut = scenario + "/floor.yaml" },
	} {
		s := good
		change(&s)
		ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
		if err := s.run(ctx, new(bytes.Buffer)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("it says %v, not %q", err, says)
		}
		stop()
	}
}

// A profile that is sound is described, and one that is not is a sentence with its line and no yes.
func TestDeviceCheck(t *testing.T) {
	var out bytes.Buffer
	if err := checkDevices(&out, "", []string{"../../fixtures/profiles/cyclotron.yaml"}); err != nil {
		t.Error(err)
	}
	if !strings.Contains(out.String(), "reads input 0…38: 9 points in one frame") {
		t.Errorf("it says %s", out.String())
	}
	text, err := os.ReadFile("../../fixtures/profiles/cyclotron.yaml")
	if err != nil {
		t.Fatal(err)
	}
	bad := filepath.Join(t.TempDir(), "bad.yaml")
	if err := os.WriteFile(bad, bytes.Replace(text, []byte("address: 31, type: float32"), []byte("address: 30, type: float32"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	err = checkDevices(&out, "", []string{bad})
	if err == nil || err.Error() != bad+":17: current (float32 at input 30…31) overlaps nuclide (uint16 at 30…30)" {
		t.Errorf("it says %v", err)
	}
	if code := run(t.Context(), []string{"device", "check", bad}); code != exitBad {
		t.Errorf("exit code %d", code)
	}
	if err := checkDevices(&out, "nowhere.yaml", nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no site file: %v", err)
	}
}
