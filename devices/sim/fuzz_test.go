package sim

import (
	"encoding/binary"
	"os"
	"strings"
	"testing"
	"time"

	"beamslot/devices/profile"
	"beamslot/fixtures/profiles"
	"beamslot/scheduler"
)

// Whatever PDU comes, the plant answers with the same function or its exception, in a frame that fits.
func FuzzAnswer(f *testing.F) {
	models, err := profile.ReadDir(profiles.Files)
	if err != nil {
		f.Fatal(err)
	}
	data, err := os.ReadFile("../../fixtures/instances/tiny-1.json")
	if err != nil {
		f.Fatal(err)
	}
	day, err := scheduler.ParseDay(data)
	if err != nil {
		f.Fatal(err)
	}
	at := time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC)
	p, err := New(day, models, Options{Now: func() time.Time { at = at.Add(time.Second); return at }})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(byte(1), []byte{4, 0, 0, 0, 39})
	f.Add(byte(1), []byte{16, 0, 29, 0, 1, 2, 0, 1})
	f.Add(byte(2), []byte{6, 0, 43, 0, 1})
	f.Add(byte(3), []byte{6, 0, 125, 0, 1})
	f.Add(byte(1), []byte{15, 0, 0, 0, 9, 2, 255, 255})
	f.Add(byte(9), []byte{43})
	f.Fuzz(func(t *testing.T, unit byte, pdu []byte) {
		if len(pdu) == 0 || len(pdu) > 253 {
			return // the server refuses such a frame before
		}
		reply := p.answer(unit, pdu)
		switch {
		case len(reply) < 2 || len(reply) > 253 || reply[0]&0x7F != pdu[0]&0x7F:
			t.Fatalf("% x is answered with % x", pdu, reply)
		case reply[0]&0x80 != 0:
			return
		case reply[0] == 3 || reply[0] == 4:
			if n := 2 * int(binary.BigEndian.Uint16(pdu[3:])); int(reply[1]) != n || len(reply) != n+2 {
				t.Fatalf("% x is answered with % x", pdu, reply)
			}
		}
	})
}

// A scenario is refused in a sentence that names its file, or means something.
func FuzzScenario(f *testing.F) {
	f.Add("syntheses: [{site: oslo, tracer: FDG, nth: 1, yield_factor: 0.7}]")
	f.Add(`{"wire": [{"unit": 3, "fault": "timeout", "count": 5}]}`)
	f.Add("beams: [{batch: B1, after: 10m}]\nassays: [{fault: clock}]")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ParseScenario("s.yaml", []byte(text))
		if err != nil && !strings.HasPrefix(err.Error(), "s.yaml: ") {
			t.Errorf("%q does not name the file", err)
		}
		if err == nil && s.Check() != nil {
			t.Error("a scenario that was read does not pass its own check")
		}
	})
}
