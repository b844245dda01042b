package solve

// ruinString takes out patients around a moment at one centre, where they compete for scanners and rooms, with
// some of the unserved who could come instead.
func ruinString(w *walker) {
	c := w.someCentre()
	if c == none {
		return
	}
	w.takeAround(c, w.rng.Int32N(w.slots), 2+w.rng.Int32N(7))
	w.wantUnserved(w.asks[c], 8)
	w.recreate()
}

// ruinTwo does so at two centres at once, so that patients may change places.
func ruinTwo(w *walker) {
	r := w.someRequest()
	if r == none || len(w.requests[r].places) < 2 {
		ruinString(w)
		return
	}
	at := w.visits[r].injection
	if !w.served(r) {
		at = w.requests[r].lo
	}
	for i := range w.requests[r].places {
		w.takeAround(w.requests[r].places[i].centre, at, 2+w.rng.Int32N(6))
	}
	w.wantUnserved(w.asks[w.requests[r].places[0].centre], 6)
	w.recreate()
}

// takeAround removes about n of the centre's patients with injections nearest to the slot.
func (w *walker) takeAround(c, slot, n int32) {
	for reach := int32(3); reach < w.slots && n > 0; reach *= 2 {
		for _, r := range w.asks[c] {
			v := &w.visits[r]
			if n > 0 && w.served(r) && w.scanners[v.scanner].centre == c && apart(v.injection, slot) <= reach {
				w.remove(r)
				n--
			}
		}
	}
}

func (w *walker) someCentre() int32 {
	for range 8 {
		if c := w.rng.Int32N(int32(len(w.asks))); len(w.asks[c]) > 0 {
			return c
		}
	}
	return none
}

func (w *walker) someRequest() int32 {
	if c := w.someCentre(); c != none {
		return w.asks[c][w.rng.IntN(len(w.asks[c]))]
	}
	return none
}
