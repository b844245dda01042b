package sim

import (
	"encoding/binary"

	"beamslot/devices/modbus"
)

// answer is a unit's reply to a PDU: functions 1 to 6, 15 and 16, and exceptions for everything else.
func (p *Plant) answer(unit byte, pdu []byte) []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	reply, wrong := p.function(p.units[unit], pdu)
	if wrong != 0 {
		return []byte{pdu[0] | 0x80, byte(wrong)}
	}
	return reply
}

func (p *Plant) function(unit []*instance, pdu []byte) ([]byte, modbus.Exception) {
	if unit == nil {
		return nil, modbus.NoGatewayAnswer
	}
	if len(pdu) < 5 {
		return nil, modbus.IllegalValue
	}
	a, b := binary.BigEndian.Uint16(pdu[1:]), binary.BigEndian.Uint16(pdu[3:])
	switch pdu[0] {
	case 1, 2, 3, 4:
		return p.read(unit, pdu[0], modbus.Range{Table: tableOf(pdu[0]), Address: a, Count: b})
	case 5:
		return p.coil(unit, pdu, a, b)
	case 6:
		return p.write(unit, pdu[:5], modbus.Range{Table: modbus.Holding, Address: a, Count: 1}, pdu[3:])
	case 15:
		return p.coils(unit, pdu, modbus.Range{Table: modbus.Coil, Address: a, Count: b})
	case 16:
		if b == 0 || b > modbus.MaxWrite || len(pdu) != 6+2*int(b) || int(pdu[5]) != 2*int(b) {
			return nil, modbus.IllegalValue
		}
		return p.write(unit, pdu[:5], modbus.Range{Table: modbus.Holding, Address: a, Count: b}, pdu[6:])
	}
	return nil, modbus.IllegalFunction
}

func tableOf(function byte) modbus.Table {
	return []modbus.Table{modbus.Coil, modbus.Discrete, modbus.Holding, modbus.Input}[function-1]
}

// read answers from the unit's memory as it is now, whole or not at all.
func (p *Plant) read(unit []*instance, function byte, r modbus.Range) ([]byte, modbus.Exception) {
	if r.Count == 0 || int(r.Count) > r.Table.Limit() {
		return nil, modbus.IllegalValue
	}
	m := make(memory)
	now := p.o.Now()
	for _, i := range unit {
		if i.near(r) {
			if err := i.fill(r.Table, now, m); err != nil {
				return nil, modbus.DeviceFailure
			}
		}
	}
	if r.Table.Bits() {
		return m.bits(function, r)
	}
	return m.words(function, r)
}

// near reports whether the range can touch the instance.
func (i *instance) near(r modbus.Range) bool {
	from, to := i.model.Span(r.Table)
	return int(r.Address) < int(i.base)+to && int(i.base)+from < int(r.Address)+int(r.Count)
}

func (m memory) words(function byte, r modbus.Range) ([]byte, modbus.Exception) {
	reply := []byte{function, byte(2 * r.Count)}
	for a := int(r.Address); a < int(r.Address)+int(r.Count); a++ {
		w, ok := m[uint16(a)]
		if !ok || a > 0xFFFF {
			return nil, modbus.IllegalAddress
		}
		reply = append(reply, byte(w>>8), byte(w))
	}
	return reply, 0
}

func (m memory) bits(function byte, r modbus.Range) ([]byte, modbus.Exception) {
	n := (int(r.Count) + 7) / 8
	reply := append([]byte{function, byte(n)}, make([]byte, n)...)
	for i := range int(r.Count) {
		w, ok := m[r.Address+uint16(i)]
		if !ok {
			return nil, modbus.IllegalAddress
		}
		reply[2+i/8] |= byte(w&1) << (i % 8)
	}
	return reply, 0
}

// write hands registers to the instance that has them; the reply echoes the request's head.
func (p *Plant) write(unit []*instance, echo []byte, r modbus.Range, raw []byte) ([]byte, modbus.Exception) {
	p.writes++
	for _, i := range unit {
		if i.near(r) {
			return echo, i.write(p.o.Now(), r, raw)
		}
	}
	return nil, modbus.IllegalAddress
}

func (p *Plant) coil(unit []*instance, pdu []byte, a, value uint16) ([]byte, modbus.Exception) {
	if value != 0 && value != 0xFF00 {
		return nil, modbus.IllegalValue
	}
	return p.write(unit, pdu[:5], modbus.Range{Table: modbus.Coil, Address: a, Count: 1}, []byte{0, byte(value >> 15)})
}

func (p *Plant) coils(unit []*instance, pdu []byte, r modbus.Range) ([]byte, modbus.Exception) {
	if r.Count == 0 || r.Count > 1968 || len(pdu) != 6+(int(r.Count)+7)/8 || int(pdu[5]) != len(pdu)-6 {
		return nil, modbus.IllegalValue
	}
	var raw []byte
	for i := range int(r.Count) {
		raw = append(raw, 0, pdu[6+i/8]>>(i%8)&1)
	}
	return p.write(unit, pdu[:5], r, raw)
}
