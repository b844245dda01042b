package profile

import (
	"fmt"
	"math"

	"beamslot/devices/modbus"
)

// Sample is what a point said in one frame.
type Sample struct {
	Number    float64 // scaled, in the point's unit
	Word      string  // of its enum
	Text      string  // of a string
	Uncertain string  // why the value is not to be relied on; empty when it is
	bits      map[uint8]string
}

// Samples are the points that came in one frame or one round of polling.
type Samples map[string]Sample

// Bit reports whether the named bit of a status register is set.
func (s Sample) Bit(name string) bool {
	for b, n := range s.bits {
		if n == name {
			return uint64(s.Number)>>b&1 == 1
		}
	}
	return false
}

// Decode takes a frame's points out of its reply.
func (m Model) Decode(f Frame, base uint16, raw []byte, into Samples) error {
	for _, name := range f.Points {
		p := m.Points[name]
		v, err := p.decode(int(base)+p.Address-int(f.Range.Address), raw)
		if err != nil {
			return fmt.Errorf("point %s: %w", name, err)
		}
		into[name] = p.sample(v)
	}
	return nil
}

func (p Point) decode(at int, raw []byte) (modbus.Value, error) {
	if p.Table.Bits() {
		if at/8 >= len(raw) {
			return modbus.Value{}, fmt.Errorf("bit %d is not in a reply of %d bytes", at, len(raw))
		}
		return modbus.Number(modbus.Bool, float64(raw[at/8]>>(at%8)&1))
	}
	from, to := 2*at, 2*(at+p.words())
	if from < 0 || to > len(raw) {
		return modbus.Value{}, fmt.Errorf("bytes %d…%d are not in a reply of %d bytes", from, to-1, len(raw))
	}
	return modbus.Decode(p.Type, p.Order, raw[from:to])
}

// sample gives the raw value its meaning.
func (p Point) sample(v modbus.Value) Sample {
	s := Sample{Number: v.Number*p.Scale + p.Offset, Text: v.Text, bits: p.Bits}
	switch {
	case math.IsNaN(s.Number) || math.IsInf(s.Number, 0):
		s.Uncertain = "not a number"
	case p.Min != nil && s.Number < *p.Min:
		s.Uncertain = fmt.Sprintf("%g is below %g", s.Number, *p.Min)
	case p.Max != nil && s.Number > *p.Max:
		s.Uncertain = fmt.Sprintf("%g is above %g", s.Number, *p.Max)
	}
	if len(p.Enum) > 0 {
		s.Word = p.Enum[uint16(v.Uint())]
		if s.Word == "" {
			s.Uncertain = fmt.Sprintf("%d has no word", v.Uint())
		}
	}
	return s
}

// Encode is the inverse of sample and decode: the registers' bytes that say s. A word is looked up in the enum.
func (p Point) Encode(s Sample) ([]byte, error) {
	if p.Type == modbus.String {
		return modbus.Encode(modbus.Text(s.Text), p.Order, p.words())
	}
	n := (s.Number - p.Offset) / p.Scale
	if s.Word != "" {
		w, ok := p.number(s.Word)
		if !ok {
			return nil, fmt.Errorf("%q is not a word of its enum", s.Word)
		}
		n = float64(w)
	}
	if p.Type != modbus.Float32 && p.Type != modbus.Float64 {
		n = math.Round(n)
	}
	v, err := modbus.Number(p.Type, n)
	if err != nil {
		return nil, err
	}
	if p.Table.Bits() {
		return []byte{byte(v.Uint())}, nil
	}
	return modbus.Encode(v, p.Order, p.words())
}

// Span is the first address and the one after the last that the model uses in a table, counted from its base.
func (m Model) Span(t modbus.Table) (from, to int) {
	from = lastAddress
	for _, p := range m.Points {
		if p.Table == t {
			from, to = min(from, p.Address), max(to, p.end())
		}
	}
	return min(from, to), to
}
