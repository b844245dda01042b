package profile

import (
	"beamslot/devices/modbus"
)

// group is points that must come in one frame; a point without a word is a group of its own.
type group struct {
	atomic string
	table  modbus.Table
	from   int
	to     int
	names  []string // by address
}

// groups gathers the points that are polled, by address.
func (m Model) groups() []group {
	var all []group
	at := make(map[string]int)
	for _, name := range m.byAddress() {
		p := m.Points[name]
		i, ok := at[p.Atomic]
		switch {
		case p.Access == WriteOnly && p.Atomic == "":
		case ok && p.Atomic != "":
			all[i].names = append(all[i].names, name)
			all[i].to = max(all[i].to, p.end())
		default:
			at[p.Atomic] = len(all)
			all = append(all, group{p.Atomic, p.Table, p.Address, p.end(), []string{name}})
		}
	}
	return all
}

// Frame is one request and the points that its reply holds.
type Frame struct {
	Range  modbus.Range
	Points []string
}

// Frames plans the fewest reads, by address, that bring every point of a model that was read without error,
// for an instance whose addresses begin at base. A point or an atomic group is never split.
func (m Model) Frames(base uint16) []Frame {
	var all []Frame
	var open *group
	flush := func() {
		if open != nil {
			all = append(all, Frame{open.read(base), open.names})
		}
		open = nil
	}
	for _, g := range m.groups() {
		if open == nil || !m.joins(*open, g) {
			flush()
			open = &group{table: g.table, from: g.from}
		}
		open.to = max(open.to, g.to)
		open.names = append(open.names, g.names...)
	}
	flush()
	return all
}

// joins reports whether g can come in the same frame as what is open.
func (m Model) joins(open, g group) bool {
	limit := m.Limits.MaxRegisters
	if g.table.Bits() {
		limit = g.table.Limit()
	}
	return g.table == open.table && g.from-open.to <= *m.Limits.MaxGap && max(open.to, g.to)-open.from <= limit
}

func (g group) read(base uint16) modbus.Range {
	return modbus.Range{Table: g.table, Address: base + uint16(g.from), Count: uint16(g.to - g.from)}
}
