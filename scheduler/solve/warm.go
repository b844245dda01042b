package solve

import (
	"cmp"
	"slices"

	"beamslot/scheduler"
)

// warm puts in those parts of the running plan that are lawful on the day as it now is. A patient whose vial is
// gone keeps scanner and time if another vial can serve them; who finds none waits for the search.
func (w *walker) warm(plan scheduler.Plan) {
	made := w.warmBatches(plan.Batches)
	sent := map[scheduler.VialID]int32{}
	for i := range w.vials {
		sent[w.vials[i].id] = int32(i)
	}
	for _, v := range plan.Vials {
		n, ok := made[v.Batch]
		l, okL := w.index.links[v.Link]
		if ok && okL && w.links[l].site == w.proc(n).site && !w.isFrozenVial(v.ID) {
			w.warmVial(n, l)
			sent[v.ID] = w.vialOn(&w.batches[n], l)
		}
	}
	w.warmVisits(plan.Appointments, sent)
	w.tidy()
	w.keep()
}

// warmBatches reopens the runs, and knows the frozen ones.
func (w *walker) warmBatches(all []scheduler.Batch) map[scheduler.BatchID]int32 {
	made := map[scheduler.BatchID]int32{}
	for n := range w.batches {
		if id := w.batches[n].id; !w.isLost(id) {
			made[id] = int32(n)
		}
	}
	for _, b := range all {
		if _, known := made[b.ID]; known || w.isLost(b.ID) {
			continue
		}
		if laid, ok := w.laidAs(b); ok {
			made[b.ID] = w.openBatch(laid)
		}
	}
	return made
}

func (w *walker) isLost(b scheduler.BatchID) bool {
	return w.day.Frozen != nil && slices.Contains(w.day.Frozen.LostBatches, b)
}

func (w *walker) isFrozenVial(v scheduler.VialID) bool {
	return w.day.Frozen != nil && slices.ContainsFunc(w.day.Frozen.Vials, func(f scheduler.Vial) bool { return f.ID == v })
}

// laidAs is the run as the plan has it, with its shortest beam, or as near as the site can lay it at that time.
func (w *walker) laidAs(made scheduler.Batch) (batch, bool) {
	want, err := w.madeBy(made)
	if err != nil {
		return batch{}, false
	}
	laid, ok := w.lay(want.proc, want.synth)
	if !ok {
		return batch{}, false
	}
	m := &w.procs[want.proc]
	if w.cells[want.cell].makes[m.tracer] && w.cell[want.cell].free(want.synth, w.clean(&want)) {
		laid.cell = want.cell
	}
	if want.qc == laid.qc && w.line[want.line].free(want.qc, want.qc+m.qc) {
		laid.line = want.line
	}
	if w.roomFor(&laid, &m.routes[want.route]) >= 0 {
		laid.route, laid.beam = want.route, w.sources[m.routes[want.route].source].least
	}
	laid.id = made.ID
	return laid, true
}

// warmVial sends the vial if its batch can hold the loss.
func (w *walker) warmVial(n, l int32) {
	b := &w.batches[n]
	if !b.ships[w.links[l].local].ok || w.vialOn(b, l) != none {
		return
	}
	if _, ok := w.size(b, b.need+w.tracerOf(n).loss); ok {
		w.openVial(n, l)
	}
}

// warmVisits gives the promises again, the dearest first where there is no longer enough for all.
func (w *walker) warmVisits(all []scheduler.Appointment, sent map[scheduler.VialID]int32) {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b scheduler.Appointment) int {
		return cmp.Compare(w.valueOf(b.Request), w.valueOf(a.Request))
	})
	for _, a := range all {
		r, ok := w.index.requests[a.Request]
		n, okS := w.index.scanners[a.Scanner]
		if !ok || !okS || w.served(r) || int32(a.Injection)%w.step != 0 {
			continue
		}
		if at, ok := w.warmSeat(r, n, a, sent); ok {
			w.take(r, at)
		}
	}
}

// warmSeat is the promised seat from the promised vial, or from any other.
func (w *walker) warmSeat(r, n int32, a scheduler.Appointment, sent map[scheduler.VialID]int32) (seat, bool) {
	injection, start := w.down(a.Injection), w.down(a.ScanStart)
	if v, ok := sent[a.Vial]; ok && v != none {
		if at, ok := w.sameFrom(r, n, injection, start, v); ok {
			return at, true
		}
	}
	return w.same(r, n, injection, start)
}

func (w *walker) valueOf(id scheduler.RequestID) float64 {
	if r, ok := w.index.requests[id]; ok {
		return w.requests[r].value
	}
	return 0
}
