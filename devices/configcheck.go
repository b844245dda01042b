package devices

import (
	"errors"
	"fmt"
	"net"
	"strings"

	"beamslot/devices/modbus"
	"beamslot/devices/profile"
)

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
	says = append(says, c.collides(d, m)...)
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
	for _, t := range tables() {
		if _, to := m.Span(t); int(d.Base)+to > 1<<16 {
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

func tables() []modbus.Table {
	return []modbus.Table{modbus.Coil, modbus.Discrete, modbus.Input, modbus.Holding}
}

// collides finds an earlier device on the same unit whose addresses this one would share.
func (c Config) collides(d DeviceConfig, m profile.Model) []string {
	for _, e := range c.Devices {
		if e.Name == d.Name {
			break
		}
		n, ok := c.model(e.Model)
		if !ok || e.Link != d.Link || e.Unit != d.Unit {
			continue
		}
		for _, t := range tables() {
			from, to := m.Span(t)
			first, last := n.Span(t)
			if from < to && first < last && int(d.Base)+from < int(e.Base)+last && int(e.Base)+first < int(d.Base)+to {
				return []string{fmt.Sprintf("has addresses of table %s in common with device %q on the same unit: give it another base", t, e.Name)}
			}
		}
	}
	return nil
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
