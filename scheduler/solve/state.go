package solve

import "beamslot/scheduler"

// visit is the promise made to one request; vial is none while there is none.
type visit struct {
	vial      int32
	scanner   int32
	injection int32
	start     int32
	place     int32   // index into the request's places
	member    int32   // index into the vial's members
	cost      float64 // MBq at the batch's EOS
	points    float64 // what serving it brings before supply costs
}

// vial is what one link carries from one batch.
type vial struct {
	live    bool
	sealed  bool // frozen: its activity stays as it is
	batch   int32
	link    int32
	centre  int32
	depart  int32            // slot
	lo, hi  int32            // slots of its first and last possible injection
	load    float64          // MBq at EOS that its patients and its loss need
	fill    float64          // MBq at EOS in a sealed vial
	members []int32          // requests, without the frozen ones
	id      scheduler.VialID // known before this search; empty: new
}

// batch is one run.
type batch struct {
	live   bool
	frozen bool // made or signed for: it stays as it is
	proc   int32
	route  int32 // index into the process's routes
	cell   int32
	line   int32
	synth  int32   // slot of synthesis start
	qc     int32   // slot of QC start
	eos    int32   // minute
	end    int32   // slot of beam end
	beam   int32   // slots of beam
	need   float64 // MBq at EOS that its vials hold
	usable float64 // of a frozen batch: MBq at EOS that vials may hold
	share  float64 // of a frozen batch: of its lot
	vials  []int32
	ships  []shipment        // by the site's links
	id     scheduler.BatchID // known before this search; empty: new
}

// state is a plan in the making. It is lawful after every step.
type state struct {
	*problem
	visits  []visit
	vials   []vial
	batches []batch
	spareV  []int32 // indices free to be used again
	spareB  []int32
	live    [][]int32 // by tracer: batches
	source  []row     // what is busy
	cell    []row
	line    []row
	scan    []row
	full    []row     // by centre: slots without a free uptake room
	rooms   [][]uint8 // by centre and slot
	beams   [][]uint8 // by cyclotron and slot
	worth   float64   // J of everything that is not frozen
	log     []change
}

func newState(p *problem) *state {
	s := &state{problem: p, visits: make([]visit, len(p.requests)), live: make([][]int32, len(p.tracers)),
		source: p.rows(len(p.sources)), cell: p.rows(len(p.cells)),
		line: p.rows(len(p.lines)), scan: p.rows(len(p.scanners)), full: p.rows(len(p.centres)),
		rooms: p.counts(len(p.centres)), beams: p.counts(p.cyclos)}
	for r := range s.visits {
		s.visits[r].vial = none
	}
	for c := range p.centres {
		if p.centres[c].rooms <= 0 {
			s.full[c].set(0, p.slots, true)
		}
	}
	return s
}

func (g grid) rows(n int) []row {
	all := make(row, n*g.words)
	out := make([]row, n)
	for i := range out {
		out[i] = all[i*g.words : (i+1)*g.words : (i+1)*g.words]
	}
	return out
}

func (g grid) counts(n int) [][]uint8 {
	width := g.words * 64
	all := make([]uint8, n*width)
	out := make([][]uint8, n)
	for i := range out {
		out[i] = all[i*width : (i+1)*width : (i+1)*width]
	}
	return out
}

func (s *state) served(r int32) bool { return s.visits[r].vial != none }

func (s *state) proc(b int32) *process { return &s.procs[s.batches[b].proc] }

func (s *state) sourceOf(b *batch) int32 { return s.procs[b.proc].routes[b.route].source }

// tracerOf is the tracer that a batch is made to.
func (s *state) tracerOf(b int32) *tracer { return &s.tracers[s.proc(b).tracer] }
