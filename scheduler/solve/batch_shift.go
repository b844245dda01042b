package solve

// shiftBatch moves a run earlier or later, its patients keeping their seats where they still can. Later is cheaper
// per injection (the right shift of docs/planning.md); earlier reaches more of them.
func shiftBatch(w *walker) {
	b := w.someRun()
	if b == none {
		return
	}
	by := 1 + w.rng.Int32N(6)
	if w.rng.IntN(2) == 0 {
		by = -by
	}
	k, id := w.proc(b).tracer, w.batches[b].id
	n, synth := w.batches[b].proc, w.batches[b].synth+by
	w.clear(b)
	laid, ok := w.lay(n, synth)
	if !ok {
		w.drain()
		return
	}
	laid.id = id
	w.openBatch(laid)
	w.reseat()
	w.wantUnserved(w.needs[k], 10)
	w.recreate()
}
