package profile

import (
	"fmt"
	"strings"
	"time"

	"beamslot/devices/modbus"
)

// Fields are what an order can put into a command.
type Fields struct {
	Batch   string    // $batch, such as 2026-11-24/FDG-1; for a calibrator the vessel
	Recipe  string    // $recipe, the tracer that a module is to make
	Nuclide string    // $nuclide, a word of the written point's enum such as F-18
	Until   time.Time // $until, as seconds since 1970
	Current float64   // $current, µA
	Share   float64   // $share, in (0, 1]
}

func (f Fields) sample(field string) Sample {
	switch field {
	case "$batch":
		return Sample{Text: f.Batch}
	case "$recipe":
		return Sample{Text: f.Recipe}
	case "$nuclide":
		return Sample{Word: f.Nuclide}
	case "$until":
		return Sample{Number: float64(f.Until.Unix())}
	case "$current":
		return Sample{Number: f.Current}
	}
	return Sample{Number: f.Share}
}

// Write is a command as it goes on the wire: one frame.
type Write struct {
	Address uint16
	Raw     []byte
}

// Order makes the frame that gives command name to an instance whose addresses begin at base.
func (m Model) Order(name string, base uint16, f Fields) (Write, error) {
	cmd, ok := m.Commands[name]
	if !ok {
		return Write{}, fmt.Errorf("model %s has no command %q", m.Name(), name)
	}
	var w Write
	for _, point := range m.byAddress() {
		value, ok := cmd.Write[point]
		if !ok {
			continue
		}
		p := m.Points[point]
		raw, err := p.Encode(meant(value, f))
		if err != nil {
			return Write{}, fmt.Errorf("%s for %s: %w", value, point, err)
		}
		if w.Raw == nil {
			w.Address = base + uint16(p.Address)
		}
		w.Raw = append(w.Raw, raw...)
	}
	return w, nil
}

func meant(value string, f Fields) Sample {
	if strings.HasPrefix(value, orderPrefix) {
		return f.sample(value)
	}
	return Sample{Word: value}
}

// Ready says what of the command's requirements does not hold, or nothing.
func (c Command) Ready(s Samples) string {
	for _, point := range sorted(c.Require) {
		if !c.Require[point].hold(s[point], Fields{}) {
			return fmt.Sprintf("its %s is %q, and it must be %s", point, s[point].Word, strings.Join(c.Require[point], " or "))
		}
	}
	return ""
}

// Confirmed reports whether the device shows that the command was done.
func (c Command) Confirmed(s Samples, f Fields) bool {
	for point, words := range c.Confirm {
		if !words.hold(s[point], f) {
			return false
		}
	}
	return true
}

// hold compares words and texts as they are, numbers to a millionth: a float32 does not hold a float64.
func (w Words) hold(s Sample, f Fields) bool {
	for _, word := range w {
		want := meant(word, f)
		diff := s.Number - want.Number
		if want.Word != "" && s.Word == want.Word || want.Text != "" && s.Text == want.Text {
			return true
		}
		if want.Word == "" && want.Text == "" && s.Text == "" && diff*diff <= 1e-12*want.Number*want.Number {
			return true
		}
	}
	return false
}

// Written takes the points of a written frame back apart; the simulator reads orders with it.
func (m Model) Written(base, address uint16, raw []byte) (Samples, error) {
	s := make(Samples)
	for _, name := range m.byAddress() {
		p := m.Points[name]
		from := int(base) + p.Address - int(address)
		if p.Access != WriteOnly || from < 0 || 2*(from+p.words()) > len(raw) {
			continue
		}
		v, err := p.decode(from, raw)
		if err != nil {
			return nil, fmt.Errorf("point %s: %w", name, err)
		}
		s[name] = p.sample(v)
	}
	return s, nil
}

// Writable reports whether every register of the range belongs to a point that may be written.
func (m Model) Writable(base uint16, r modbus.Range) bool {
	may := make(map[int]bool)
	for _, p := range m.Points {
		for a := p.Address; p.Access == WriteOnly && p.Table == r.Table && a < p.end(); a++ {
			may[int(base)+a] = true
		}
	}
	for a := int(r.Address); a < int(r.Address)+int(r.Count); a++ {
		if !may[a] {
			return false
		}
	}
	return true
}
