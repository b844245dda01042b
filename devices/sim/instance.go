package sim

import (
	"time"

	"beamslot/devices/modbus"
	"beamslot/devices/profile"
)

// machine is the physics behind an instance.
type machine interface {
	// show is every point of the machine now, but for identity and heartbeat.
	show(now time.Time) profile.Samples
	// take is an order; the exception is 0 when it is taken.
	take(now time.Time, code string, o profile.Samples) modbus.Exception
}

// instance is a machine as its unit shows it: a model, at a base.
type instance struct {
	model   profile.Model
	base    uint16
	machine machine
	holding map[uint16]uint16 // what was written
}

// memory is a table of a unit as it is at one moment.
type memory map[uint16]uint16

// fill writes the instance's points of one table into memory; holes between them read as 0.
func (i *instance) fill(t modbus.Table, now time.Time, m memory) error {
	from, to := i.model.Span(t)
	for a := from; a < to; a++ {
		m[i.base+uint16(a)] = i.holding[uint16(a)]
	}
	s := i.show(now)
	for name, p := range i.model.Points {
		if p.Table != t || p.Access == profile.WriteOnly {
			continue
		}
		raw, err := p.Encode(s[name])
		if err != nil {
			return err
		}
		for w := 0; 2*w < len(raw); w++ {
			m[i.base+uint16(p.Address+w)] = word(raw, w)
		}
	}
	return nil
}

// word is the w-th register of raw; a bit's single byte is one as well.
func word(raw []byte, w int) uint16 {
	if len(raw) == 1 {
		return uint16(raw[0])
	}
	return uint16(raw[2*w])<<8 | uint16(raw[2*w+1])
}

// show adds what every device says to what the machine says: who it is, and that it lives.
func (i *instance) show(now time.Time) profile.Samples {
	s := i.machine.show(now)
	if id := i.model.Identity; id != nil {
		s[id.Point] = profile.Sample{Text: id.Equals}
	}
	if h := i.model.Heartbeat; h != nil {
		s[h.Point] = profile.Sample{Number: float64(uint16(now.UnixMilli() / 500))}
	}
	return s
}

// write takes registers that were written, and acts when the order's code is among them.
func (i *instance) write(now time.Time, r modbus.Range, raw []byte) modbus.Exception {
	if !i.model.Writable(i.base, r) {
		return modbus.IllegalAddress
	}
	if i.holding == nil {
		i.holding = make(map[uint16]uint16)
	}
	for w := range int(r.Count) {
		i.holding[r.Address-i.base+uint16(w)] = word(raw, w)
	}
	written, err := i.model.Written(i.base, r.Address, raw)
	if err != nil {
		return modbus.IllegalValue
	}
	code, ok := written["order_code"]
	if !ok {
		return 0
	}
	return i.order(now, code.Word)
}

// order acts on everything that stands in the holding registers.
func (i *instance) order(now time.Time, code string) modbus.Exception {
	from, to := i.model.Span(modbus.Holding)
	raw := make([]byte, 0, 2*(to-from))
	for a := from; a < to; a++ {
		w := i.holding[uint16(a)]
		raw = append(raw, byte(w>>8), byte(w))
	}
	o, err := i.model.Written(i.base, i.base+uint16(from), raw)
	if err != nil || code == "" {
		return modbus.IllegalValue
	}
	return i.machine.take(now, code, o)
}
