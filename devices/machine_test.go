package devices

import (
	"context"
	"fmt"
	"testing"
	"time"

	"beamslot/decay"
	"beamslot/scheduler"
)

// What the desk is told for every way in which a machine can be seen twice.
func TestSigns(t *testing.T) {
	for _, c := range []struct {
		m           machine
		before, now status
		want        string
	}{
		{cyclotron(), status{}, status{"idle", ""}, "[]"},
		{cyclotron(), status{}, status{"beam", "B"}, "[{beam_on B}]"},
		{cyclotron(), status{"idle", ""}, status{"beam", "B"}, "[{beam_on B}]"},
		{cyclotron(), status{"beam", "B"}, status{"beam", "B"}, "[]"},
		{cyclotron(), status{"beam", "B"}, status{"ended", "B"}, "[{beam_off B}]"},
		{cyclotron(), status{"ended", "B"}, status{"ended", "B"}, "[]"},
		{cyclotron(), status{"ended", "B"}, status{"idle", ""}, "[]"},
		{cyclotron(), status{}, status{"ended", "B"}, "[{beam_on B} {beam_off B}]"},
		{cyclotron(), status{"idle", ""}, status{"ended", "B"}, "[{beam_on B} {beam_off B}]"},
		{cyclotron(), status{"beam", "A"}, status{"idle", ""}, "[{beam_off A}]"},
		{cyclotron(), status{"beam", "A"}, status{"beam", "B"}, "[{beam_off A} {beam_on B}]"},
		{cyclotron(), status{"ended", "A"}, status{"beam", "B"}, "[{beam_on B}]"},
		{cyclotron(), status{"beam", "B"}, status{"fault", "B"}, "[{run_failed B}]"},
		{cyclotron(), status{"fault", "B"}, status{"fault", "B"}, "[]"},
		{synthesis(), status{"running", "B"}, status{"failed", "B"}, "[{run_failed B}]"},
		{synthesis(), status{"running", "B"}, status{"ended", "B"}, "[{synthesis_ended B}]"},
		// how it ended was not seen: nothing is said rather than something that may be wrong
		{synthesis(), status{"running", "A"}, status{"idle", ""}, "[]"},
		{synthesis(), status{"running", "A"}, status{"cleaning", "A"}, "[]"},
		{generator(), status{"idle", ""}, status{"eluting", "B"}, "[{beam_on B}]"},
		{dispenser(), status{"ended", "A"}, status{"drawing", "B"}, "[{beam_on B}]"},
	} {
		if got := fmt.Sprint(c.m.signs(c.before, c.now)); got != c.want {
			t.Errorf("%v, then %v: %s, not %s", c.before, c.now, got, c.want)
		}
	}
}

// Signs wait for a slow listener, traces do not; the end of the floor ends the channel.
func TestOutbox(t *testing.T) {
	b := newOutbox()
	for i := range 3 * maxTraces {
		sign := scheduler.Trace
		if i%3 == 0 {
			sign = scheduler.Fault
		}
		b.put(scheduler.Reading{Sign: sign, Value: float64(i)})
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go b.run(ctx)
	faults, last := 0, -1.0
	for r := range b.out {
		if r.Value <= last {
			t.Fatalf("%v came after %v", r.Value, last)
		}
		last = r.Value
		if r.Sign == scheduler.Fault {
			faults++
		}
		if faults == maxTraces {
			stop()
		}
	}
	if faults != maxTraces {
		t.Errorf("%d of %d faults came", faults, maxTraces)
	}
}

// A reading that took long says nothing about the device's clock; one from before it was asked for does.
func TestOutside(t *testing.T) {
	from := time.Unix(1000, 0)
	for at, want := range map[int64]time.Duration{990: -10 * time.Second, 1000: 0, 1030: 0, 1060: 0, 1061: time.Second} {
		if got := outside(time.Unix(at, 0), from, from.Add(time.Minute)); got != want {
			t.Errorf("%d is %v outside, not %v", at, got, want)
		}
	}
}

func TestLabel(t *testing.T) {
	for _, c := range []struct {
		label string
		date  scheduler.Date
		batch scheduler.BatchID
	}{
		{"2026-11-24/FDG-1", "2026-11-24", "FDG-1"}, {"/B1", "", "B1"}, {"2026-11-24/a/b", "2026-11-24", "a/b"}, {"by hand", "", ""}, {"", "", ""},
	} {
		if d, b := unlabel(c.label); d != c.date || b != c.batch {
			t.Errorf("%q is %q, %q", c.label, d, b)
		}
		if c.batch != "" && Label(c.date, c.batch) != c.label {
			t.Errorf("%q is not written as it was read", c.label)
		}
	}
	for isotope, want := range map[string]decay.Nuclide{"F18": "F-18", "Ga-68": "Ga-68", "fluor": "", "": ""} {
		if got := Nuclide(isotope); got != want {
			t.Errorf("%q is %q", isotope, got)
		}
	}
}
