package solve

// ruinVial takes a vial off the road and seats its patients elsewhere, or anew.
func ruinVial(w *walker) {
	b := w.someBatch()
	if b == none || len(w.batches[b].vials) == 0 {
		return
	}
	v := w.batches[b].vials[w.rng.IntN(len(w.batches[b].vials))]
	c := w.vials[v].centre
	w.takeMembers(v)
	if w.rng.IntN(2) == 0 {
		w.reseat()
	}
	w.wantUnserved(w.asks[c], 6)
	w.recreate()
}

// takeMembers removes all who are served from the vial, and closes it unless it is sealed.
func (w *walker) takeMembers(v int32) {
	at := &w.vials[v]
	for i := len(at.members) - 1; i >= 0; i-- {
		w.remove(at.members[i])
	}
	if !at.sealed {
		w.closeVial(v)
	}
}

// someBatch is any batch that may still supply.
func (w *walker) someBatch() int32 {
	for range 8 {
		if k := w.rng.IntN(len(w.live)); len(w.live[k]) > 0 {
			return w.live[k][w.rng.IntN(len(w.live[k]))]
		}
	}
	return none
}

// someRun is a batch that may still be changed.
func (w *walker) someRun() int32 {
	for range 8 {
		if b := w.someBatch(); b != none && !w.batches[b].frozen {
			return b
		}
	}
	return none
}
