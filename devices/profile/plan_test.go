package profile_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"beamslot/devices/modbus"
	"beamslot/devices/profile"
	"beamslot/fixtures/profiles"
)

// polls checks the law of the planner: every point that is polled is in exactly one frame, whole; a group that
// belongs together is in one frame; no frame is larger than the device takes.
func polls(t testing.TB, m profile.Model) {
	t.Helper()
	in := make(map[string]int)
	group := make(map[string]int)
	for i, f := range m.Frames(0) {
		limit := m.Limits.MaxRegisters
		if f.Range.Table.Bits() {
			limit = f.Range.Table.Limit()
		}
		if int(f.Range.Count) > limit || f.Range.Count == 0 {
			t.Errorf("frame %s is larger than %d", f.Range, limit)
		}
		for _, name := range f.Points {
			p := m.Points[name]
			first, twice := in[name]
			if twice {
				t.Errorf("%s is in frames %d and %d", name, first, i)
			}
			in[name] = i
			if j, ok := group[p.Atomic]; ok && p.Atomic != "" && j != i {
				t.Errorf("group %s is split", p.Atomic)
			}
			group[p.Atomic] = i
		}
		if err := m.Decode(f, 0, make([]byte, 2*int(f.Range.Count)), profile.Samples{}); err != nil && !strings.Contains(err.Error(), "no ") {
			t.Errorf("frame %s: %v", f.Range, err)
		}
	}
	for name, p := range m.Points {
		if _, ok := in[name]; ok == (p.Access == profile.WriteOnly) {
			t.Errorf("%s with access %s is polled: %v", name, p.Access, ok)
		}
	}
}

// Points anywhere, groups anyhow: the plan keeps its law, and no two frames that could be one are left.
func TestPlanner(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		in := map[string]int{}
		for i, f := range m.Frames(100) {
			if int(f.Range.Count) > m.Limits.MaxRegisters {
				t.Fatalf("%s is larger than %d", f.Range, m.Limits.MaxRegisters)
			}
			for _, name := range f.Points {
				p := m.Points[name]
				from := 100 + p.Address - int(f.Range.Address)
				if _, twice := in[name]; twice || from < 0 || from+p.Type.Words(p.Length) > int(f.Range.Count) {
					t.Fatalf("%s is twice in frames or not whole in %s", name, f.Range)
				}
				in[name] = i
			}
		}
		for name, p := range m.Points {
			for other, q := range m.Points {
				if p.Atomic != "" && p.Atomic == q.Atomic && in[name] != in[other] {
					t.Fatalf("group %s is split: %s and %s", p.Atomic, name, other)
				}
			}
		}
		if len(in) != len(m.Points) {
			t.Fatalf("%d of %d points are polled", len(in), len(m.Points))
		}
	})
}

func randomModel(t *rapid.T) profile.Model {
	gap := rapid.IntRange(0, 10).Draw(t, "gap")
	m := profile.Model{
		Limits: profile.Limits{MaxRegisters: rapid.IntRange(40, 125).Draw(t, "max"), MaxGap: &gap},
		Points: map[string]profile.Point{},
	}
	at := 0
	for i := range rapid.IntRange(1, 30).Draw(t, "points") {
		at += rapid.IntRange(0, 15).Draw(t, "hole")
		p := profile.Point{Table: modbus.Input, Address: at, Type: modbus.Float32}
		if i < 6 && at < 30 {
			p.Atomic = rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "group")
		}
		m.Points[fmt.Sprintf("p%02d", i)] = p
		at += 2
	}
	return m
}

// What a point says goes into registers and comes out again.
func TestEncodeDecode(t *testing.T) {
	m, err := profile.Read("x.yaml", strings.NewReader(strings.Replace(sound, "commands:", `  temp:  {address: 32, type: int16, scale: 0.1, offset: -40, unit: °C, min: 0, max: 100, order: DCBA}
  flags: {address: 33, type: uint16, bits: {0: ready, 3: hot}}
commands:`, 1)))
	if err != nil {
		t.Fatal(err)
	}
	polls(t, m)
	for _, c := range []struct {
		point string
		in    profile.Sample
		shown string
	}{
		{"temp", profile.Sample{Number: 36.6}, "36.6  "},
		{"temp", profile.Sample{Number: 120}, "120  120 is above 100"},
		{"temp", profile.Sample{Number: -10}, "-10  -10 is below 0"},
		{"state", profile.Sample{Word: "ended"}, "2 ended "},
		{"state", profile.Sample{Number: 9}, "9  9 has no word"},
		{"level", profile.Sample{Number: 2.5}, "2.5  "},
		{"flags", profile.Sample{Number: 8}, "8  "},
	} {
		out := through(t, m, c.point, c.in)
		if got := fmt.Sprintf("%.4g %s %s", out.Number, out.Word, out.Uncertain); got != c.shown {
			t.Errorf("%s: %q, not %q", c.point, got, c.shown)
		}
		if c.point == "flags" && (!out.Bit("hot") || out.Bit("ready") || out.Bit("nothing")) {
			t.Error("bits of the status are not told apart")
		}
	}
	if _, err := m.Points["state"].Encode(profile.Sample{Word: "asleep"}); err == nil {
		t.Error("a word that is not in the enum went out")
	}
	if _, err := m.Points["temp"].Encode(profile.Sample{Number: 1e9}); err == nil {
		t.Error("a number that does not fit went out")
	}
}

func through(t *testing.T, m profile.Model, point string, in profile.Sample) profile.Sample {
	t.Helper()
	p := m.Points[point]
	raw, err := p.Encode(in)
	if err != nil {
		t.Fatal(err)
	}
	f := profile.Frame{Range: modbus.Range{Table: p.Table, Address: uint16(7 + p.Address), Count: uint16(len(raw) / 2)}, Points: []string{point}}
	s := profile.Samples{}
	if err := m.Decode(f, 7, raw, s); err != nil {
		t.Fatal(err)
	}
	return s[point]
}

// A float that is not a number is uncertain and never a value.
func TestNaN(t *testing.T) {
	m, err := profile.Read("x.yaml", strings.NewReader(sound))
	if err != nil {
		t.Fatal(err)
	}
	f := profile.Frame{Range: modbus.Range{Table: modbus.Input, Address: 30, Count: 2}, Points: []string{"level"}}
	s := profile.Samples{}
	if err := m.Decode(f, 0, []byte{0x7f, 0xc0, 0, 0}, s); err != nil || s["level"].Uncertain == "" || !math.IsNaN(s["level"].Number) {
		t.Errorf("%+v, %v", s["level"], err)
	}
	if m.Decode(f, 0, []byte{0x7f, 0xc0}, s) == nil {
		t.Error("a point that is not whole in the reply was read")
	}
}

// An order becomes one frame, and that frame says the same when it is read back.
func TestOrder(t *testing.T) {
	models, err := profile.ReadDir(profiles.Files)
	if err != nil {
		t.Fatal(err)
	}
	until := time.Date(2026, 11, 24, 5, 0, 0, 0, time.UTC)
	fields := profile.Fields{Batch: "2026-11-24/FDG-1", Recipe: "FDG", Nuclide: "F-18", Until: until, Current: 42.5, Share: 0.25}
	for _, m := range models {
		for name, cmd := range m.Commands {
			w, err := m.Order(name, 400, fields)
			if err != nil {
				t.Errorf("%s of %s: %v", name, m.Name(), err)
				continue
			}
			r := modbus.Range{Table: modbus.Holding, Address: w.Address, Count: uint16(len(w.Raw) / 2)}
			s, err := m.Written(400, w.Address, w.Raw)
			if err != nil || len(s) != len(cmd.Write) || !m.Writable(400, r) {
				t.Errorf("%s of %s is read back as %v, %v", name, m.Name(), s, err)
			}
			if u, ok := s["order_until"]; ok && int64(u.Number) != until.Unix() {
				t.Errorf("%s of %s ends at %v", name, m.Name(), u.Number)
			}
			r.Count++
			if m.Writable(400, r) {
				t.Errorf("%s: a register beyond the order may be written", m.Name())
			}
		}
		if _, err := m.Order("explode", 0, fields); err == nil {
			t.Errorf("%s can explode", m.Name())
		}
	}
}

// A command is confirmed by what the device shows, and by nothing less.
func TestConfirmed(t *testing.T) {
	m, err := profile.Read("x.yaml", strings.NewReader(sound))
	if err != nil {
		t.Fatal(err)
	}
	cmd, f := m.Commands["start"], profile.Fields{Batch: "2026-11-24/A"}
	s := profile.Samples{"state": {Word: "eluting"}, "batch": {Text: "2026-11-24/A"}}
	if !cmd.Confirmed(s, f) {
		t.Error("it is done and not confirmed")
	}
	if not := cmd.Ready(s); not != `its state is "eluting", and it must be idle` {
		t.Error(not)
	}
	s["batch"] = profile.Sample{Text: "2026-11-24/B"}
	if cmd.Confirmed(s, f) {
		t.Error("another batch's elution confirms it")
	}
	if s["state"] = (profile.Sample{Word: "idle"}); cmd.Ready(s) != "" || cmd.Confirmed(s, f) {
		t.Error("an idle device is not ready, or done")
	}
}

func ExampleRead() {
	_, err := profile.Read("generator.yaml", strings.NewReader(strings.Replace(sound, "batch: {address: 4", "batch: {address: 3", 1)))
	fmt.Println(err)
	// Output: generator.yaml:10: batch (string at input 3…18) overlaps state (uint16 at 3…3)
}
