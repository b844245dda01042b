package solve

// dropBatch gives up a run and lets the others serve its patients, in their seats where they can.
func dropBatch(w *walker) {
	b := w.someRun()
	if b == none {
		return
	}
	w.clear(b)
	w.reseat()
	w.recreate()
}

// clear removes all who are served from the run, and the run.
func (w *walker) clear(n int32) {
	for i := len(w.batches[n].vials) - 1; i >= 0; i-- {
		w.takeMembers(w.batches[n].vials[i])
	}
	w.closeBatch(n)
}
