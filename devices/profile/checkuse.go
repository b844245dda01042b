package profile

import (
	"slices"
	"strings"

	"beamslot/devices/modbus"
)

// groups checks that what belongs together can be read in one frame.
func (c *checker) groups() {
	for _, g := range c.m.groups() {
		first, last := c.m.Points[g.names[0]], 0
		for _, name := range g.names {
			p := c.m.Points[name]
			last = max(last, p.end())
			if p.Table != first.Table || p.Access == WriteOnly {
				c.bad("points."+name+".atomic", "%s cannot be read in one frame with group %q: another table, or write only", name, g.atomic)
			}
		}
		if n := last - first.Address; n > c.m.Limits.MaxRegisters && g.atomic != "" {
			c.bad("points."+g.names[0]+".atomic", "group %q spans %d registers, more than max_registers %d", g.atomic, n, c.m.Limits.MaxRegisters)
		}
	}
}

// proofs checks identity and heartbeat.
func (c *checker) proofs() {
	if i := c.m.Identity; i != nil {
		if p, ok := c.readable("identity.point", i.Point); ok && p.Type != modbus.String {
			c.bad("identity.point", "identity asks for a string, %s is a %s", i.Point, p.Type)
		}
	}
	if h := c.m.Heartbeat; h != nil {
		c.readable("heartbeat.point", h.Point)
		if h.MaxStill <= 0 {
			c.bad("heartbeat.max_still", "max_still must be longer than nothing, such as 5s")
		}
	}
}

// readable looks a point up that must exist and be polled.
func (c *checker) readable(at, name string) (Point, bool) {
	p, ok := c.m.Points[name]
	if !ok {
		c.bad(at, "there is no point %q", name)
	} else if p.Access == WriteOnly {
		c.bad(at, "point %q is written only, it cannot be read back", name)
	}
	return p, ok && p.Access != WriteOnly
}

// kind checks that the model can say and do what the floor asks of its kind.
func (c *checker) kind() {
	n, ok := needOf(c.m.Device.Kind)
	if !ok {
		c.bad("device.kind", "kind %q is none of cyclotron, synthesis_module, dose_calibrator, generator, lot_dispenser", c.m.Device.Kind)
		return
	}
	group := c.m.Points["state"].Atomic
	for _, name := range slices.Concat(n.points, n.others) {
		p, ok := c.m.Points[name]
		if !ok || p.Access == WriteOnly {
			c.bad("points", "a %s needs a point %q that can be read", c.m.Device.Kind, name)
		} else if slices.Contains(n.points, name) && (p.Atomic != group || group == "") {
			c.bad("points."+name, "%s must be read in one frame with state: give both the same atomic word", name)
		}
	}
	for _, w := range n.states {
		if _, ok := c.m.Points["state"].number(w); !ok {
			c.bad("points.state", "state of a %s needs the word %q in its enum", c.m.Device.Kind, w)
		}
	}
	for _, name := range n.commands {
		if _, ok := c.m.Commands[name]; !ok {
			c.bad("commands", "a %s needs a command %q", c.m.Device.Kind, name)
		}
	}
}

// number is the register's value for a word of the point's enum.
func (p Point) number(word string) (uint16, bool) {
	for n, w := range p.Enum {
		if w == word {
			return n, true
		}
	}
	return 0, false
}

func (c *checker) command(name string, cmd Command) {
	at := "commands." + name
	if len(cmd.Write) == 0 {
		c.bad(at, "command %s writes nothing", name)
	}
	for _, point := range sorted(cmd.Write) {
		c.write(at+".write."+point, point, cmd.Write[point])
	}
	c.oneFrame(at, name, cmd)
	for _, point := range sorted(cmd.Require) {
		c.words(at+".require."+point, point, cmd.Require[point], false)
	}
	if len(cmd.Confirm) == 0 {
		c.bad(at, "command %s confirms nothing: name the point that shows that it was done", name)
	}
	for _, point := range sorted(cmd.Confirm) {
		c.words(at+".confirm."+point, point, cmd.Confirm[point], true)
	}
	if cmd.Within < 0 {
		c.bad(at+".within", "within must be longer than nothing, such as 2s")
	}
}

// write checks one value of a command: a field of the order, or a word of the point's enum.
func (c *checker) write(at, point, value string) {
	p, ok := c.m.Points[point]
	switch {
	case !ok:
		c.bad(at, "there is no point %q to write", point)
	case p.Access != WriteOnly:
		c.bad(at, "%s may not be written: its access is read", point)
	case strings.HasPrefix(value, orderPrefix):
		c.field(at, value)
	default:
		if _, ok := p.number(value); !ok {
			c.bad(at, "%q is neither a word in the enum of %s nor a field of an order (%s)", value, point, strings.Join(fields, ", "))
		}
	}
}

func (c *checker) field(at, value string) {
	if !slices.Contains(fields, value) {
		c.bad(at, "an order has no field %s; it has %s", value, strings.Join(fields, ", "))
	}
}

// oneFrame checks that a command's points lie together without a hole and fit into one write.
func (c *checker) oneFrame(at, name string, cmd Command) {
	next := -1
	total := 0
	for _, point := range c.m.byAddress() {
		p := c.m.Points[point]
		if _, ok := cmd.Write[point]; !ok {
			continue
		}
		if next >= 0 && p.Address != next {
			c.bad(at+".write."+point, "command %s is written in one frame: %s begins at %d, the point before it ends at %d", name, point, p.Address, next)
		}
		next = p.end()
		total += p.words()
	}
	if total > modbus.MaxWrite {
		c.bad(at, "command %s writes %d registers; one frame takes %d", name, total, modbus.MaxWrite)
	}
}

// words checks a condition on a point: words of its enum, or when confirming a field of the order.
func (c *checker) words(at, point string, words Words, confirm bool) {
	p, ok := c.readable(at, point)
	if !ok {
		return
	}
	if len(words) == 0 {
		c.bad(at, "no word is given for %s", point)
	}
	for _, w := range words {
		_, known := p.number(w)
		switch {
		case confirm && strings.HasPrefix(w, orderPrefix) && len(words) == 1:
			c.field(at, w)
		case !known:
			c.bad(at, "%q is not a word in the enum of %s", w, point)
		}
	}
}
