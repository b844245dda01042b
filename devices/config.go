package devices

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"beamslot/devices/profile"
	"beamslot/scheduler"
)

// Config is a site file: which device is where and what it serves. Models are read from the folder Profiles.
type Config struct {
	Profiles string          `yaml:"profiles"` // relative to the file
	Devices  []DeviceConfig  `yaml:"devices"`
	Models   []profile.Model `yaml:"-"`
}

// DeviceConfig is one device of the floor. It serves exactly what its kind needs: a cyclotron's instance one
// target, a module one hot cell, a generator or dispenser its generator or lot, a calibrator its site.
type DeviceConfig struct {
	Name      string                `yaml:"name"`
	Model     string                `yaml:"model"`
	Link      string                `yaml:"link"` // tcp://host:port
	Unit      uint8                 `yaml:"unit"`
	Base      uint16                `yaml:"base,omitempty"`    // added to every address of the model
	Timeout   time.Duration         `yaml:"timeout,omitempty"` // of one request; 1s
	Writes    bool                  `yaml:"writes,omitempty"`  // false: it is only ever read
	Site      scheduler.SiteID      `yaml:"site"`
	Target    scheduler.TargetID    `yaml:"target,omitempty"`
	HotCell   scheduler.HotCellID   `yaml:"hot_cell,omitempty"`
	Generator scheduler.GeneratorID `yaml:"generator,omitempty"`
	Lot       scheduler.LotID       `yaml:"lot,omitempty"`
}

// ReadConfig reads a site file and the models of its folder, strictly; errors name file and line.
func ReadConfig(file string) (Config, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return Config{}, err
	}
	c, err := parseConfig(file, text)
	if err != nil {
		return Config{}, err
	}
	dir := c.Profiles
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(filepath.Dir(file), dir)
	}
	if c.Models, err = profile.ReadDir(os.DirFS(dir)); err != nil {
		return Config{}, fmt.Errorf("%s: profiles in %s: %w", file, dir, err)
	}
	return c, c.check(file, deviceLines(text))
}

func parseConfig(file string, text []byte) (Config, error) {
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	var c Config
	if err := d.Decode(&c); err != nil {
		if errors.Is(err, io.EOF) {
			return c, fmt.Errorf("%s: the file is empty", file)
		}
		return c, fmt.Errorf("%s: %w", file, err)
	}
	return c, nil
}

// deviceLines finds the line on which each device begins.
func deviceLines(text []byte) []int {
	var at struct {
		Devices []yaml.Node `yaml:"devices"`
	}
	if yaml.Unmarshal(text, &at) != nil {
		return nil
	}
	var lines []int
	for _, n := range at.Devices {
		lines = append(lines, n.Line)
	}
	return lines
}

// Check says everything that is wrong with the configuration.
func (c Config) Check() error { return c.check("floor", nil) }

func (c Config) check(file string, lines []int) error {
	var all []error
	seen := make(map[string]string)
	for i, d := range c.Devices {
		for _, says := range c.faults(d, seen) {
			e := &profile.Error{File: file, Says: fmt.Sprintf("device %q %s", d.Name, says)}
			if i < len(lines) {
				e.Line = lines[i]
			}
			all = append(all, e)
		}
	}
	return errors.Join(all...)
}

// faults lists what is wrong with one device; seen remembers names and things served, and by whom.
func (c Config) faults(d DeviceConfig, seen map[string]string) []string {
	var says []string
	bad := func(format string, args ...any) { says = append(says, fmt.Sprintf(format, args...)) }
	if d.Name == "" {
		bad("has no name")
	}
	if _, err := d.address(); err != nil {
		bad("%v", err)
	}
	if d.Unit > 247 && d.Unit != 255 || d.Unit == 0 {
		bad("has unit %d: 1 to 247, or 255 for the host itself", d.Unit)
	}
	m, ok := c.model(d.Model)
	if !ok {
		bad("is a %q, and no profile has that id", d.Model)
		return says
	}
	says = append(says, d.fits(m)...)
	for _, what := range []string{"name " + d.Name, d.serves(m.Device.Kind)} {
		if by, twice := seen[what]; twice {
			bad("and device %q both have %s", by, what)
		}
		seen[what] = d.Name
	}
	return says
}

// fits checks the instance against its model.
func (d DeviceConfig) fits(m profile.Model) []string {
	var says []string
	for _, f := range m.Frames(0) {
		if end := int(d.Base) + int(f.Range.Address) + int(f.Range.Count); end > 1<<16 {
			says = append(says, fmt.Sprintf("has base %d: its points would lie beyond address 65535", d.Base))
			break
		}
	}
	if strings.HasSuffix(d.serves(m.Device.Kind), " ") {
		says = append(says, fmt.Sprintf("is a %s and does not say which %sit serves", m.Device.Kind, d.serves(m.Device.Kind)))
	}
	if d.Site == "" && m.Device.Kind != profile.Calibrator {
		says = append(says, "does not say at which site it stands")
	}
	return says
}

// serves names what the device is the machine of: "target T1".
func (d DeviceConfig) serves(k profile.Kind) string {
	switch k {
	case profile.Cyclotron:
		return "target " + string(d.Target)
	case profile.Synthesis:
		return "hot cell " + string(d.HotCell)
	case profile.Generator:
		return "generator " + string(d.Generator)
	case profile.Dispenser:
		return "lot " + string(d.Lot)
	}
	return "calibrator of site " + string(d.Site)
}

func (d DeviceConfig) address() (string, error) {
	address, ok := strings.CutPrefix(d.Link, "tcp://")
	if !ok {
		return "", fmt.Errorf("has link %q: write tcp://host:port", d.Link)
	}
	if _, _, err := net.SplitHostPort(address); err != nil {
		return "", fmt.Errorf("has link %q: %w", d.Link, err)
	}
	return address, nil
}

func (c Config) model(id string) (profile.Model, bool) {
	for _, m := range c.Models {
		if m.Name() == id {
			return m, true
		}
	}
	return profile.Model{}, false
}

// Format writes the configuration as [ReadConfig] reads it.
func (c Config) Format() ([]byte, error) { return yaml.Marshal(c) }
