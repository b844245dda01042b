package devices

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
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
	if err := d.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return c, fmt.Errorf("%s: a site file is one YAML document", file)
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

// Format writes the configuration as [ReadConfig] reads it.
func (c Config) Format() ([]byte, error) { return yaml.Marshal(c) }

func (c Config) model(id string) (profile.Model, bool) {
	for _, m := range c.Models {
		if m.Name() == id {
			return m, true
		}
	}
	return profile.Model{}, false
}
