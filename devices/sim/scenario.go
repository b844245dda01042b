package sim

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"beamslot/scheduler"
)

// Scenario is the trouble of a day: what goes wrong, at which batch, machine or request. YAML or JSON.
type Scenario struct {
	Note      string           `yaml:"note,omitempty"`
	Beams     []BeamFault      `yaml:"beams,omitempty"`
	Syntheses []SynthesisFault `yaml:"syntheses,omitempty"`
	Assays    []AssayFault     `yaml:"assays,omitempty"`
	Wire      []WireFault      `yaml:"wire,omitempty"`
}

// Pick says which run is meant: every field given must fit, and of those that fit, the Nth (from 1), or all.
type Pick struct {
	Batch  scheduler.BatchID  `yaml:"batch,omitempty"`
	Site   scheduler.SiteID   `yaml:"site,omitempty"`
	Tracer scheduler.TracerID `yaml:"tracer,omitempty"` // of syntheses only
	Nth    int                `yaml:"nth,omitempty"`
}

// BeamFault ends a beam, elution or drawing early, and loses what it made.
type BeamFault struct {
	Pick  `yaml:",inline"`
	After time.Duration `yaml:"after"`
}

// SynthesisFault makes less, or fails at a step.
type SynthesisFault struct {
	Pick    `yaml:",inline"`
	Yield   float64 `yaml:"yield_factor,omitempty"` // of what it would have made
	FailsAt string  `yaml:"fails_at,omitempty"`     // transfer, trapping, drying, labelling, …
}

// AssayFault makes a measurement one that must not be accepted.
type AssayFault struct {
	Pick  `yaml:",inline"`
	Fault string `yaml:"fault"`
}

// assayFaults are the faults of a measurement.
var assayFaults = []string{"wrong_vessel", "wrong_nuclide", "unstable", "over_range", "clock", "same_counter"}

// ReadScenario reads a scenario file strictly; errors name file and line.
func ReadScenario(file string) (Scenario, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return Scenario{}, err
	}
	return ParseScenario(file, text)
}

// ParseScenario reads the text of a scenario; name stands in its errors.
func ParseScenario(name string, text []byte) (Scenario, error) {
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	var s Scenario
	if err := d.Decode(&s); err != nil && !errors.Is(err, io.EOF) {
		return Scenario{}, fmt.Errorf("%s: %w", name, err)
	}
	if err := d.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return Scenario{}, fmt.Errorf("%s: a scenario is one YAML document", name)
	}
	if err := s.Check(); err != nil {
		return Scenario{}, fmt.Errorf("%s: %w", name, err)
	}
	return s, nil
}

// Check refuses words that mean nothing.
func (s Scenario) Check() error {
	for _, f := range s.Syntheses {
		if f.FailsAt != "" && stepNamed(f.FailsAt) < 0 {
			return fmt.Errorf("a synthesis cannot fail at %q: its steps are %s", f.FailsAt, strings.Join(stepNames(), ", "))
		}
		if f.Yield < 0 {
			return fmt.Errorf("yield_factor %g is below 0", f.Yield)
		}
	}
	for _, f := range s.Assays {
		if !slices.Contains(assayFaults, f.Fault) {
			return fmt.Errorf("a measurement has no fault %q: there are %s", f.Fault, strings.Join(assayFaults, ", "))
		}
	}
	for _, f := range s.Wire {
		if !slices.Contains(WireFaults, f.Fault) {
			return fmt.Errorf("a wire has no fault %q: there are %s", f.Fault, strings.Join(WireFaults, ", "))
		}
	}
	return nil
}

// fits reports whether a run is the one meant, and counts in seen those that all but Nth fit.
func (p Pick) fits(batch string, site scheduler.SiteID, tracer scheduler.TracerID, seen *int) bool {
	_, id, _ := strings.Cut(batch, "/")
	if p.Batch != "" && p.Batch != scheduler.BatchID(id) || p.Site != "" && p.Site != site || p.Tracer != "" && p.Tracer != tracer {
		return false
	}
	*seen++
	return p.Nth == 0 || p.Nth == *seen
}
