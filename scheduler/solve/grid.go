package solve

import "beamslot/scheduler"

// grid is the day's time: slots of one step each, slot 0 at base.
type grid struct {
	step  int32
	base  int32 // minute of slot 0, a multiple of step
	slots int32
	words int
}

func newGrid(d scheduler.Day) grid {
	g := grid{step: max(int32(d.TimeStep), 1)}
	g.base = g.floorTo(int32(d.Horizon[0]))
	g.slots = max(g.up(d.Horizon[1]), 0) + 1
	g.words = int(g.slots+63)/64 + 1
	return g
}

func (g grid) floorTo(m int32) int32 {
	q := m / g.step
	if m%g.step < 0 {
		q--
	}
	return q * g.step
}

// down is the last slot at or before minute m, up the first at or after it.
func (g grid) down(m scheduler.Minute) int32 { return (g.floorTo(int32(m)) - g.base) / g.step }
func (g grid) up(m scheduler.Minute) int32   { return -((g.floorTo(-int32(m)) + g.base) / g.step) }

// minute is when slot t begins.
func (g grid) minute(t int32) int32 { return g.base + t*g.step }

// span is how many slots a duration takes that begins on the grid.
func (g grid) span(m scheduler.Minute) int32 { return (int32(m) + g.step - 1) / g.step }

// whole is the duration in slots, and whether it is a whole number of them.
func (g grid) whole(m scheduler.Minute) (int32, bool) {
	return int32(m) / g.step, int32(m)%g.step == 0
}

func (g grid) row() row { return make(row, g.words) }

// within is the row of slots t with lo <= t <= hi.
func (g grid) within(lo, hi int32) row {
	r := g.row()
	r.set(max(lo, 0), min(hi+1, g.slots), true)
	return r
}
