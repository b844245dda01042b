package solve

import "beamslot/scheduler"

// problem is a day compiled: ids are indices, times are slots, and what never changes is worked out once.
type problem struct {
	grid
	day      scheduler.Day
	price    scheduler.Objective
	now      int32 // first slot in which something new may begin
	tracers  []tracer
	sites    []site
	sources  []source
	cells    []cell
	lines    []line
	procs    []process
	centres  []centre
	scanners []scanner
	links    []link
	requests []request
	cyclos   int       // how many cyclotrons
	parallel []uint8   // by cyclotron: targets in beam at once
	linkAt   [][]int32 // site*len(centres)+centre: links from one to the other
	index    index
}

type tracer struct {
	half   float64
	shelf  int32     // minutes after EOS
	loss   float64   // MBq at EOS that stay behind in a vial
	factor []float64 // by minutes since EOS: what 1 MBq then cost at EOS
	procs  []int32
}

// grown is 1 MBq at minute dt after EOS, referred to EOS.
func (t *tracer) grown(dt int32) float64 {
	if dt >= 0 && int(dt) < len(t.factor) {
		return t.factor[dt]
	}
	return exp2(float64(dt) / t.half)
}

type site struct {
	id       scheduler.SiteID
	from, to int32 // minutes: beam starts and QC ends in it
	lines    []int32
	procs    []int32
	links    []int32
}

type kind uint8

const (
	target kind = iota
	generator
	lot
)

// source is where activity begins: a target, or in version 2 a generator or a lot.
type source struct {
	kind     kind
	id       string
	isotope  string
	site     int32
	cyclo    int32   // of a target; else -1
	hold     int32   // slots after the end in which it cannot be used again: reload or regrowth
	least    int32   // slots of beam, elution or drawing; least == most for generators and lots
	most     int32   //
	strength float64 // MBq: saturation at full current, a whole eluate, or a whole lot at its reference time
	current  float64 // µA at full current
	at       int32   // minute that a lot's strength refers to
	ready    int32   // first slot of a generator or lot
	earliest []int32 // of a target, by slot of beam end: the first slot in which that beam may begin
}

type cell struct {
	id      scheduler.HotCellID
	cleanup int32 // minutes after EOS
	makes   []bool
	kinds   int // how many tracers it makes: the more special, the sooner it is taken
}

type line struct{ id scheduler.QCLineID }

// process is how a site makes a tracer, with everything that can take part in it.
type process struct {
	tracer, site int32
	transfer     int32 // slots
	synthesis    int32 // minutes
	yield        float64
	qc           int32 // slots, and the minutes behind them
	qcMinutes    int32
	wait         int32
	pack         int32
	most         float64 // MBq nominal at EOS
	usable       float64 // 1 - margin
	cost         float64
	routes       []route
	cells        []int32
	possible     bool // false when its transfer is off the grid: no lawful batch exists
}

// route is a source that a process can draw from, and what it gives at EOS for each length of beam at full current.
type route struct {
	source int32
	gives  []float64 // by slots of beam; a lot's entry is for its reference time
}

type centre struct {
	id       scheduler.CentreID
	rooms    int32
	prep     int32 // slots, rounded up: exact, as all starts are on the grid
	receive  int32 // minutes
	scanners []int32
}

type scanner struct {
	id     scheduler.ScannerID
	centre int32
	turn   int32 // minutes
}

type link struct {
	id           scheduler.LinkID
	site, centre int32
	local        int32 // index into the site's links
	cost         float64
	travel       int32   // minutes by road; -1 when scheduled
	leave        []int32 // slots, ascending
	arrive       []int32 // minutes
}
