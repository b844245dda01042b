package solve

import "context"

// construct builds a first plan: it opens a run for someone who waits as long as that pays. What a warm start or
// the frozen part can already supply is used first.
func (w *walker) construct(ctx context.Context) {
	w.wantAll()
	w.recreate()
	w.keep()
	for misses := 0; misses < 12+len(w.tracers) && ctx.Err() == nil; {
		if w.addBest(3) {
			misses = 0
		} else {
			misses++
		}
	}
}

func (w *walker) wantAll() {
	for k := range w.needs {
		w.wantUnserved(w.needs[k], len(w.needs[k]))
	}
}

// addBest tries a few runs for the same tracer and keeps the best of them, if it pays.
func (w *walker) addBest(tries int) bool {
	k := w.tracerInNeed()
	if k == none {
		return false
	}
	before := w.worth
	var best batch
	top := before
	for range tries {
		n := w.openFor(w.anchor(k))
		if n == none {
			continue
		}
		laid := w.batches[n]
		w.fill(k)
		if w.worth > top {
			best, top = laid, w.worth
		}
		w.undo(0)
	}
	if top <= before {
		return false
	}
	w.openBatch(best)
	w.fill(k)
	w.keep()
	return true
}

// fill seats who waits for the tracer, dear ones first: a fixed order, so that the same run brings the same.
func (w *walker) fill(k int32) {
	w.wantUnserved(w.needs[k], len(w.needs[k]))
	w.sortPool(func(r int32) float64 { return -w.requests[r].value })
	w.seatPool()
}

// tracerInNeed is a tracer drawn by how many wait for it.
func (w *walker) tracerInNeed() int32 {
	var waiting []int32
	for r := range w.requests {
		if !w.served(int32(r)) && !w.requests[r].fixed {
			waiting = append(waiting, w.requests[r].tracer)
		}
	}
	if len(waiting) == 0 {
		return none
	}
	return waiting[w.rng.IntN(len(waiting))]
}
