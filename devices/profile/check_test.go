package profile_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"beamslot/devices/profile"
)

// sound is a small model that has nothing wrong with it; each case below changes one line of it.
const sound = `device: {id: x, kind: generator, maker: Example, model: X, revision: 1}
defaults: {table: input, order: ABCD}
limits: {max_registers: 40, max_gap: 8}
identity: {point: who, equals: X}
heartbeat: {point: beat, max_still: 5s}
points:
  who:   {address: 0, type: string, length: 4}
  beat:  {address: 2, type: uint16}
  state: {address: 3, type: uint16, enum: {0: idle, 1: eluting, 2: ended, 3: fault}, atomic: a}
  batch: {address: 4, type: string, length: 32, atomic: a}
  level: {address: 30, type: float32, unit: mL, min: 0, max: 10}
  o1:    {table: holding, address: 0, type: string, length: 32, access: write}
  o2:    {table: holding, address: 16, type: uint16, enum: {1: start}, access: write}
commands:
  start: {write: {o1: $batch, o2: start}, require: {state: idle}, confirm: {state: eluting, batch: $batch}, within: 2s}
`

func TestSound(t *testing.T) {
	if _, err := profile.Read("x.yaml", strings.NewReader(sound)); err != nil {
		t.Error(err)
	}
}

// What is wrong is refused with its line and a sentence.
func TestUnsound(t *testing.T) {
	for _, c := range []struct{ name, old, new, says string }{
		{"overlap", "batch: {address: 4", "batch: {address: 3", "x.yaml:10: batch (string at input 3…18) overlaps state (uint16 at 3…3)"},
		{"overlap of a longer one", "level: {address: 30", "level: {address: 10", "x.yaml:11: level (float32 at input 10…11) overlaps batch (string at 4…19)"},
		{"overlap with an earlier one", "beat:  {address: 2", "beat:  {address: 5", "x.yaml:10: batch (string at input 4…19) overlaps beat (uint16 at 5…5)"},
		{"address", "address: 30", "address: 65535", "x.yaml:11: level lies at 65535…65536, beyond the last address 65535"},
		{"negative address", "address: 30", "address: -1", "x.yaml:11: level lies at -1…0"},
		{"unknown field", "unit: mL", "units: mL", "x.yaml:11: field units is not a field of a profile's Point"},
		{"unit", "unit: mL", "unit: gal", `x.yaml:11: unit "gal" of level is unknown`},
		{"type", "type: float32", "type: float31", `x.yaml:11: type "float31" of level is unknown`},
		{"string without length", "length: 4}", "length: 0}", `x.yaml:7: type "string" of who is unknown, or a string without length`},
		{"length of a number", "type: float32", "length: 3, type: float32", "x.yaml:11: length 3 of level"},
		{"table", "o1:    {table: holding", "o1:    {table: output", `x.yaml:12: table "output" is none of`},
		{"write to input", "o1:    {table: holding", "o1:    {table: input", "x.yaml:12: o1 would be written into table input"},
		{"write to discrete", "o2:    {table: holding, address: 16, type: uint16, enum: {1: start}", "o2:    {table: discrete, address: 16, type: bool", "x.yaml:13: o2 would be written into table discrete"},
		{"a number in coils", "level: {address", "level: {table: coil, address", "x.yaml:11: level is a float32 in table coil"},
		{"order", "order: ABCD", "order: ABDC", `order "ABDC" is none of`},
		{"access", "access: write}\n  o2", "access: rw}\n  o2", `x.yaml:12: access "rw" of o1 is neither`},
		{"group too large", "max_registers: 40", "max_registers: 16", `x.yaml:9: group "a" spans 17 registers, more than max_registers 16`},
		{"point too large", "max_registers: 40", "max_registers: 10", "x.yaml:10: batch takes 16 registers, more than max_registers 10"},
		{"max_registers", "max_registers: 40", "max_registers: 126", "x.yaml:3: max_registers is 126"},
		{"max_gap", "max_gap: 8", "max_gap: -1", "x.yaml:3: max_gap is -1"},
		{"range", "min: 0, max: 10", "min: 20, max: 10", "x.yaml:11: min 20 of level is above its max 10"},
		{"infinite", "min: 0,", "min: .nan,", "x.yaml:11: scale, offset, min and max of level must be finite"},
		{"enum of a float", "type: float32, unit: mL", "type: float32, enum: {1: x}", "x.yaml:11: level has enum or bits and so must be a uint16"},
		{"twice a word", "2: ended", "2: idle", "x.yaml:9: the words of state must be different"},
		{"bit", "type: float32, unit: mL, min: 0, max: 10", "type: uint16, bits: {16: x}", "x.yaml:11: bit 16 of level"},
		{"identity", "point: who", "point: whom", `x.yaml:4: there is no point "whom"`},
		{"identity of a number", "point: who", "point: beat", "x.yaml:4: identity asks for a string"},
		{"heartbeat", "point: beat", "point: o2", `x.yaml:5: point "o2" is written only`},
		{"still", "max_still: 5s", "max_still: 0s", "x.yaml:5: max_still must be longer"},
		{"duration", "max_still: 5s", "max_still: 5", "x.yaml:5: cannot unmarshal !!int `5` into time.Duration"},
		{"kind", "kind: generator", "kind: toaster", `x.yaml:1: kind "toaster" is none of`},
		{"needs a word", "1: eluting", "1: washing", `x.yaml:9: state of a generator needs the word "eluting"`},
		{"needs one frame", "length: 32, atomic: a", "length: 32", "x.yaml:10: batch must be read in one frame with state"},
		{"needs a command", "  start: {", "  go: {", `a generator needs a command "start"`},
		{"needs a point", "  batch: {", "  lot: {", `a generator needs a point "batch"`},
		{"confirm of nothing", "batch: $batch}, within", "bath: $batch}, within", `x.yaml:15: there is no point "bath"`},
		{"confirm missing", "confirm: {state: eluting, batch: $batch}", "confirm: {}", "x.yaml:15: command start confirms nothing"},
		{"confirm of a written one", "confirm: {state: eluting", "confirm: {o2: start", `x.yaml:15: point "o2" is written only`},
		{"require word", "require: {state: idle}", "require: {state: sleepy}", `x.yaml:15: "sleepy" is not a word in the enum of state`},
		{"require field", "require: {state: idle}", "require: {batch: $batch}", `x.yaml:15: "$batch" is not a word`},
		{"write of nothing", "{o1: $batch, ", "{o9: $batch, ", `x.yaml:15: there is no point "o9" to write`},
		{"write of a read one", "{o1: $batch, ", "{level: $batch, ", "x.yaml:15: level may not be written"},
		{"field", "{o1: $batch, ", "{o1: $lot, ", "x.yaml:15: an order has no field $lot"},
		{"word", "o2: start}", "o2: begin}", `x.yaml:15: "begin" is neither a word`},
		{"hole", "address: 16", "address: 17", "x.yaml:15: command start is written in one frame: o2 begins at 17, the point before it ends at 16"},
		{"within", "within: 2s", "within: -2s", "x.yaml:15: within must be longer"},
		{"name", "  level: {", "  \"le vel\": {", "x.yaml:11: \"le vel\" is not a point's name"},
		{"two documents", "points:", "---\npoints:", "x.yaml"},
		{"duplicate", "  who: ", "  beat: ", "x.yaml:8: mapping key \"beat\" already defined at line 7"},
		{"not yaml", "points:", "points: [", "x.yaml:"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(sound, c.old, c.new, 1)
			if text == sound {
				t.Fatalf("%q is not in the model", c.old)
			}
			_, err := profile.Read("x.yaml", strings.NewReader(text))
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("it says\n%v\nand not\n%s", err, c.says)
			}
		})
	}
}

func TestFiles(t *testing.T) {
	big := strings.NewReader(sound + "#" + strings.Repeat("x", 1<<20))
	if _, err := profile.Read("x.yaml", big); err == nil || !strings.Contains(err.Error(), "at most 1 MiB") {
		t.Errorf("a profile of a megabyte: %v", err)
	}
	if _, err := profile.Read("x.yaml", strings.NewReader("")); err == nil || err.Error() != "x.yaml: the file is empty" {
		t.Errorf("an empty profile: %v", err)
	}
	if _, err := profile.ReadFile("no such file"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	dir := t.TempDir()
	for _, name := range []string{"a.yaml", "b.yaml"} {
		if err := os.WriteFile(dir+"/"+name, []byte(sound), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := profile.ReadDir(os.DirFS(dir)); err == nil || err.Error() != `b.yaml: model "x" is already in a.yaml` {
		t.Errorf("two models of one name: %v", err)
	}
	if m, err := profile.ReadFile(dir + "/a.yaml"); err != nil || m.Name() != "x" {
		t.Errorf("%s: %v", m.Name(), err)
	}
}

// Whatever the file says, it is refused in sentences that name the file, or is a model that can be polled.
func FuzzRead(f *testing.F) {
	f.Add(sound)
	f.Add("device: {}\npoints: {a: {address: 1, type: uint16}}")
	f.Add("a: &a [*a]")
	f.Add("ggg\r\r\r\r\rg")
	f.Add("points: {? [x] : y}")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := profile.Read("x.yaml", strings.NewReader(text))
		if err != nil {
			for line := range strings.Lines(err.Error()) {
				if strings.TrimSpace(line) == "" {
					t.Errorf("an empty sentence in %q", err)
				}
			}
			if !strings.HasPrefix(err.Error(), "x.yaml") {
				t.Errorf("%q does not name the file", err)
			}
			return
		}
		polls(t, m)
	})
}
