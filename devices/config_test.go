package devices_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beamslot/devices"
	"beamslot/devices/sim"
	"beamslot/fixtures/profiles"
)

const siteFile = `profiles: models
devices:
  - {name: T1, model: cyclotron-generic, link: "tcp://127.0.0.1:502", unit: 1, writes: true, site: S1, target: T1}
  - {name: H1, model: synthesis-generic, link: "tcp://127.0.0.1:502", unit: 2, base: 200, timeout: 500ms, site: S1, hot_cell: H1}
  - {name: DC, model: calibrator-generic, link: "tcp://127.0.0.1:502", unit: 3, site: S1}
`

// write puts a site file and the profiles beside it.
func write(t *testing.T, text string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "models"), profiles.Files); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "floor.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestReadConfig(t *testing.T) {
	cfg, err := devices.ReadConfig(write(t, siteFile))
	if err != nil {
		t.Fatal(err)
	}
	if len(cfg.Devices) != 3 || len(cfg.Models) != 5 || cfg.Devices[1].Base != 200 || !cfg.Devices[0].Writes || cfg.Devices[1].Writes {
		t.Errorf("%+v", cfg.Devices)
	}
	plant, err := sim.New(smallDay(), models(t), sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	site := plant.Site("127.0.0.1:5020")
	site.Profiles = "models"
	text, err := site.Format()
	if err != nil {
		t.Fatal(err)
	}
	back, err := devices.ReadConfig(write(t, string(text)))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(site.Devices, back.Devices); d != "" {
		t.Errorf("a plant's site file is not what was written:\n%s", d)
	}
}

// What is wrong with a site file is said with its line.
func TestBadConfig(t *testing.T) {
	for _, c := range []struct{ old, new, says string }{
		{"unit: 1,", "unit: 0,", `floor.yaml:3: device "T1" has unit 0`},
		{"unit: 1,", "unit: 248,", `floor.yaml:3: device "T1" has unit 248`},
		{"unit: 1,", "unit: 300,", "line 3: cannot unmarshal"},
		{"unit: 1,", "units: 1,", "line 3: field units not found"},
		{"tcp://127.0.0.1:502\", unit: 2", "rtu:///dev/ttyUSB0\", unit: 2", `floor.yaml:4: device "H1" has link "rtu:///dev/ttyUSB0": write tcp://host:port`},
		{"tcp://127.0.0.1:502\", unit: 2", "tcp://127.0.0.1\", unit: 2", `floor.yaml:4: device "H1" has link "tcp://127.0.0.1"`},
		{"model: synthesis-generic", "model: magic", `floor.yaml:4: device "H1" is a "magic", and no profile has that id`},
		{"base: 200", "base: 65500", `floor.yaml:4: device "H1" has base 65500`},
		{"site: S1, target: T1", "site: S1", `floor.yaml:3: device "T1" is a cyclotron and does not say which target it serves`},
		{"site: S1, target: T1", "target: T1", `floor.yaml:3: device "T1" does not say at which site`},
		{"unit: 3, site: S1", "unit: 3", `floor.yaml:5: device "DC" is a dose_calibrator and does not say which`},
		{"unit: 2, base: 200", "unit: 1, base: 20", `floor.yaml:4: device "H1" has addresses of table input in common with device "T1" on the same unit`},
		{"name: H1", "name: T1", `floor.yaml:4: device "T1" and device "T1" both have name T1`},
		{"name: H1", `name: ""`, `floor.yaml:4: device "" has no name`},
		{"devices:", "---\ndevices:", "is one YAML document"},
		{"profiles: models", "profiles: elsewhere", `no profile has that id`},
	} {
		text := strings.Replace(siteFile, c.old, c.new, 1)
		if text == siteFile {
			t.Fatalf("%q is not in the file", c.old)
		}
		if _, err := devices.ReadConfig(write(t, text)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: it says\n%v\nand not\n%s", c.new, err, c.says)
		}
	}
	if _, err := devices.ReadConfig(write(t, "")); err == nil || !strings.Contains(err.Error(), "the file is empty") {
		t.Errorf("an empty file: %v", err)
	}
	twice := siteFile + "  - {name: T2, model: cyclotron-generic, link: \"tcp://127.0.0.1:502\", unit: 9, site: S1, target: T1}\n"
	if _, err := devices.ReadConfig(write(t, twice)); err == nil || !strings.Contains(err.Error(), `floor.yaml:6: device "T2" and device "T1" both have target T1`) {
		t.Errorf("two machines for one target: %v", err)
	}
}
