package solve

import (
	"math/rand/v2"
	"slices"
)

// walker walks from plan to plan: a state, its own source of chance, and the requests it is moving.
type walker struct {
	*finder
	rng    *rand.Rand
	pool   []int32 // requests taken out or not served, to be seated
	former []visit // by request: where it was when taken out
	inPool []bool
	keys   []float64
	asks   [][]int32 // by centre: requests that may go there
	needs  [][]int32 // by tracer: requests
}

func newWalker(s *state, seed, member uint64) *walker {
	w := &walker{finder: newFinder(s), rng: rand.New(rand.NewPCG(seed, member)), former: make([]visit, len(s.requests)),
		inPool: make([]bool, len(s.requests)), keys: make([]float64, len(s.requests)),
		asks: make([][]int32, len(s.centres)), needs: make([][]int32, len(s.tracers))}
	for r := range s.requests {
		q := &s.requests[r]
		if q.fixed {
			continue
		}
		for i := range q.places {
			w.asks[q.places[i].centre] = append(w.asks[q.places[i].centre], int32(r))
		}
		w.needs[q.tracer] = append(w.needs[q.tracer], int32(r))
	}
	w.blink = w.overlook
	return w
}

// idle reports whether there is nobody whom a search could move.
func (w *walker) idle() bool {
	for c := range w.asks {
		if len(w.asks[c]) > 0 {
			return false
		}
	}
	return true
}

// overlook makes one supply in thirty-two go unseen, so that greed does not always end the same way.
func (w *walker) overlook() bool { return w.rng.Uint32()&31 == 0 }

// remove takes r out of its seat into the pool.
func (w *walker) remove(r int32) {
	w.former[r] = w.visits[r]
	w.unplace(r)
	w.want(r)
}

// want puts an unserved request into the pool.
func (w *walker) want(r int32) {
	if !w.inPool[r] {
		w.inPool[r] = true
		w.pool = append(w.pool, r)
	}
}

// wantUnserved adds up to most of those on the list that have no seat, from a random place on.
func (w *walker) wantUnserved(list []int32, most int) {
	if len(list) == 0 {
		return
	}
	at := w.rng.IntN(len(list))
	for i := range list {
		r := list[(at+i)%len(list)]
		if !w.served(r) && !w.inPool[r] {
			w.former[r].vial = none
			w.want(r)
			if most--; most <= 0 {
				return
			}
		}
	}
}

// emptied closes vials and batches that nobody needs any more.
func (w *walker) emptied(b int32) {
	for i := len(w.batches[b].vials) - 1; i >= 0; i-- {
		v := w.batches[b].vials[i]
		if at := &w.vials[v]; !at.sealed && len(at.members) == 0 {
			w.closeVial(v)
		}
	}
	if at := &w.batches[b]; !at.frozen && len(at.vials) == 0 {
		w.closeBatch(b)
	}
}

// tidy does so everywhere among the tracers of the last move.
func (w *walker) tidy() {
	for k := range w.live {
		for i := len(w.live[k]) - 1; i >= 0; i-- {
			w.emptied(w.live[k][i])
		}
	}
}

// drain empties the pool.
func (w *walker) drain() {
	for _, r := range w.pool {
		w.inPool[r] = false
	}
	w.pool = w.pool[:0]
}

// sortPool orders the pool by a key, smallest first; ties by request.
func (w *walker) sortPool(key func(r int32) float64) {
	for _, r := range w.pool {
		w.keys[r] = key(r)
	}
	slices.SortFunc(w.pool, func(a, b int32) int {
		switch {
		case w.keys[a] < w.keys[b]:
			return -1
		case w.keys[a] > w.keys[b]:
			return 1
		}
		return int(a - b)
	})
}
