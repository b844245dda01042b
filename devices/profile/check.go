package profile

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"

	"beamslot/devices/modbus"
)

// checker collects what is wrong with a model.
type checker struct {
	m     Model
	file  string
	lines map[string]int
	found []*Error
}

// bad notes a fault at a path such as points.activity, or at the nearest one above it that the file has.
func (c *checker) bad(at, format string, args ...any) {
	line := 0
	for p := at; p != "" && line == 0; {
		line = c.lines[p]
		p = p[:max(strings.LastIndexByte(p, '.'), 0)]
	}
	c.found = append(c.found, &Error{c.file, line, oneLine(fmt.Sprintf(format, args...))})
}

func (c *checker) err() error {
	sort.SliceStable(c.found, func(i, j int) bool { return c.found[i].Line < c.found[j].Line })
	all := make([]error, len(c.found))
	for i, e := range c.found {
		all[i] = e
	}
	return errors.Join(all...)
}

func (c *checker) all() {
	c.device()
	for _, name := range sorted(c.m.Points) {
		c.point(name, c.m.Points[name])
	}
	c.overlaps()
	c.groups()
	c.proofs()
	c.kind()
	for _, name := range sorted(c.m.Commands) {
		c.command(name, c.m.Commands[name])
	}
}

func (c *checker) device() {
	d, l := c.m.Device, c.m.Limits
	if d.ID == "" || len(d.ID) > maxNameLength {
		c.bad("device.id", "a device model needs an id of at most %d characters", maxNameLength)
	}
	if l.MaxRegisters < 1 || l.MaxRegisters > defaultMaxRead {
		c.bad("limits.max_registers", "max_registers is %d: a read takes 1 to %d registers", l.MaxRegisters, defaultMaxRead)
	}
	if g := *l.MaxGap; g < 0 || g > defaultMaxRead {
		c.bad("limits.max_gap", "max_gap is %d: it lies between 0 and %d", g, defaultMaxRead)
	}
	if !c.m.Defaults.Table.Known() {
		c.bad("defaults.table", "table %q is none of coil, discrete, input, holding", c.m.Defaults.Table)
	}
	if len(c.m.Points) == 0 {
		c.bad("points", "a device without points says nothing")
	}
}

func (c *checker) point(name string, p Point) {
	at := "points." + name
	if !isName(name) {
		c.bad(at, "%q is not a point's name: letters, digits and _ only", name)
	}
	if !p.Table.Known() {
		c.bad(at+".table", "table %q is none of coil, discrete, input, holding", p.Table)
		return
	}
	if !p.Order.Known() {
		c.bad(at+".order", "order %q is none of ABCD, CDAB, BADC, DCBA", p.Order)
	}
	if c.size(at, name, p) {
		c.meaning(at, name, p)
	}
	if p.Access != ReadOnly && p.Access != WriteOnly {
		c.bad(at+".access", "access %q of %s is neither read nor write", p.Access, name)
	}
	if p.Access == WriteOnly && p.Table != modbus.Holding {
		c.bad(at+".access", "%s would be written into table %s: commands write holding registers", name, p.Table)
	}
}

func isName(s string) bool {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
	return s != "" && len(s) <= maxNameLength && strings.Trim(s, letters) == ""
}

// size checks type, length and address, and reports whether the point has a size at all.
func (c *checker) size(at, name string, p Point) bool {
	if p.Length != 0 && p.Type != modbus.String || p.Length < 0 || p.Length > 2*modbus.MaxWrite {
		c.bad(at+".length", "length %d of %s: only a string has one, of 1 to %d characters", p.Length, name, 2*modbus.MaxWrite)
		return false
	}
	if p.Table.Bits() && p.Type != modbus.Bool {
		c.bad(at+".type", "%s is a %s in table %s, which holds only bool", name, p.Type, p.Table)
		return false
	}
	if p.words() == 0 {
		c.bad(at+".type", "type %q of %s is unknown, or a string without length", p.Type, name)
		return false
	}
	if p.Address < 0 || p.Address >= lastAddress || p.end() > lastAddress {
		c.bad(at+".address", "%s lies at %d…%d, beyond the last address 65535", name, p.Address, p.end()-1)
		return false
	}
	if p.words() > c.m.Limits.MaxRegisters && !p.Table.Bits() {
		c.bad(at, "%s takes %d registers, more than max_registers %d", name, p.words(), c.m.Limits.MaxRegisters)
	}
	return true
}

// meaning checks unit, range, enum and bits.
func (c *checker) meaning(at, name string, p Point) {
	if p.Unit != "" && !slices.Contains(units, p.Unit) {
		c.bad(at+".unit", "unit %q of %s is unknown; known are %s", p.Unit, name, strings.Join(units, ", "))
	}
	if bad(p.Scale) || bad(p.Offset) || p.Min != nil && bad(*p.Min) || p.Max != nil && bad(*p.Max) {
		c.bad(at, "scale, offset, min and max of %s must be finite numbers", name)
	}
	if p.Min != nil && p.Max != nil && *p.Min > *p.Max {
		c.bad(at+".min", "min %g of %s is above its max %g", *p.Min, name, *p.Max)
	}
	if (len(p.Enum) > 0 || len(p.Bits) > 0) && (p.Type != modbus.Uint16 || p.Scale != 1 || p.Offset != 0) {
		c.bad(at+".type", "%s has enum or bits and so must be a uint16 without scale and offset", name)
	}
	c.unlike(at+".enum", name, values(p.Enum))
	c.unlike(at+".bits", name, values(p.Bits))
	for b := range p.Bits {
		if b > 15 {
			c.bad(at+".bits", "bit %d of %s: a register has bits 0 to 15", b, name)
		}
	}
}

func bad(f float64) bool { return math.IsNaN(f) || math.IsInf(f, 0) }

func values[K comparable](m map[K]string) []string {
	var all []string
	for _, v := range m {
		all = append(all, v)
	}
	sort.Strings(all)
	return all
}

// unlike refuses a word that would mean two numbers.
func (c *checker) unlike(at, name string, words []string) {
	for i, w := range words {
		if w == "" || strings.HasPrefix(w, orderPrefix) || i > 0 && words[i-1] == w {
			c.bad(at, "the words of %s must be different, not empty, and not begin with %s: %q", name, orderPrefix, w)
		}
	}
}

// overlaps refuses two points of one table on one address: one of them would be read as something it is not.
func (c *checker) overlaps() {
	var last string
	for _, name := range c.m.byAddress() {
		p := c.m.Points[name]
		q, ok := c.m.Points[last]
		if ok && q.Table == p.Table && p.Address < q.end() {
			c.overlap(name, last)
		}
		if !ok || q.Table != p.Table || p.end() > q.end() {
			last = name
		}
	}
}

// overlap blames the point that stands later in the file.
func (c *checker) overlap(name, other string) {
	if c.lines["points."+name] < c.lines["points."+other] {
		name, other = other, name
	}
	p, q := c.m.Points[name], c.m.Points[other]
	c.bad("points."+name, "%s (%s at %s %d…%d) overlaps %s (%s at %d…%d)",
		name, p.Type, p.Table, p.Address, p.end()-1, other, q.Type, q.Address, q.end()-1)
}

// byAddress gives the points' names ordered by table, address and name.
func (m Model) byAddress() []string {
	names := sorted(m.Points)
	sort.SliceStable(names, func(i, j int) bool {
		p, q := m.Points[names[i]], m.Points[names[j]]
		if p.Table != q.Table {
			return p.Table < q.Table
		}
		return p.Address < q.Address
	})
	return names
}
