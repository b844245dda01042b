package solve

// recreate seats the pool greedily, in an order drawn by lot, and closes what stays empty.
func (w *walker) recreate() {
	w.order()
	w.seatPool()
}

// seatPool gives each of the pool, in its order, the best seat there is.
func (w *walker) seatPool() {
	for _, r := range w.pool {
		if at, ok := w.seek(r, false); ok && at.gain > 0 {
			w.take(r, at)
		}
	}
	w.drain()
	w.tidy()
}

// order sorts the pool: dear first, heavy first, late window last, long scans first, or at random.
func (w *walker) order() {
	q := w.requests
	switch w.rng.IntN(8) {
	case 0:
		w.sortPool(func(r int32) float64 { return -q[r].value })
	case 1, 2:
		w.sortPool(func(r int32) float64 { return -q[r].dose })
	case 3:
		w.sortPool(func(r int32) float64 { return float64(q[r].hi) })
	case 4:
		w.sortPool(func(r int32) float64 { return -float64(q[r].scan) })
	case 5:
		w.sortPool(func(r int32) float64 { return float64(q[r].lo) - q[r].value/1000 })
	default:
		w.sortPool(func(int32) float64 { return w.rng.Float64() })
	}
}

// reseat gives those of the pool their former seats back where the law still allows and a supply is found; the
// rest stays in the pool.
func (w *walker) reseat() {
	rest := w.pool[:0]
	for _, r := range w.pool {
		if was := w.former[r]; was.vial != none {
			if at, ok := w.same(r, was.scanner, was.injection, was.start); ok && at.gain > 0 {
				w.take(r, at)
				w.inPool[r] = false
				continue
			}
		}
		rest = append(rest, r)
	}
	w.pool = rest
}
