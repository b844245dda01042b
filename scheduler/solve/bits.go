package solve

import "math/bits"

// A row is a bit-set over the slots of the day: bit t of it is slot t.
type row []uint64

func (r row) has(t int32) bool { return t >= 0 && int(t>>6) < len(r) && r[t>>6]>>(t&63)&1 == 1 }

// set puts bits [from, to) to on.
func (r row) set(from, to int32, on bool) {
	from, to = max(from, 0), min(to, int32(len(r))*64)
	for from < to {
		w, mask, next := word(from, to)
		if on {
			r[w] |= mask
		} else {
			r[w] &^= mask
		}
		from = next
	}
}

// word is the part of [from, to) that lies in from's word: its index, its mask, and where the next begins.
func word(from, to int32) (w int32, mask uint64, next int32) {
	w = from >> 6
	next = min((w+1)<<6, to)
	mask = ^uint64(0) << (from & 63)
	if end := next & 63; end != 0 {
		mask &= 1<<end - 1
	}
	return w, mask, next
}

// free reports whether no bit of [from, to) is set; slots outside the day are never free.
func (r row) free(from, to int32) bool {
	if from < 0 || to > int32(len(r))*64 {
		return false
	}
	for from < to {
		w, mask, next := word(from, to)
		if r[w]&mask != 0 {
			return false
		}
		from = next
	}
	return true
}

// from is the word of r that begins at bit w*64+shift; past the end there are zeros.
func (r row) from(w int, shift int32) uint64 {
	w += int(shift >> 6)
	if w >= len(r) {
		return 0
	}
	k := shift & 63
	v := r[w] >> k
	if k != 0 && w+1 < len(r) {
		v |= r[w+1] << (64 - k)
	}
	return v
}

// before is the word of r that begins at bit w*64-shift; before the start there are zeros.
func (r row) before(w int, shift int32) uint64 {
	w -= int(shift >> 6)
	if w < 0 {
		return 0
	}
	k := shift & 63
	v := r[w] << k
	if k != 0 && w > 0 {
		v |= r[w-1] >> (64 - k)
	}
	return v
}

// first is the first set bit at or after lo, or -1.
func (r row) first(lo int32) int32 {
	lo = max(lo, 0)
	w := int(lo >> 6)
	if w >= len(r) {
		return -1
	}
	for v := r[w] >> (lo & 63) << (lo & 63); ; v = r[w] {
		if v != 0 {
			return int32(w<<6 + bits.TrailingZeros64(v))
		}
		if w++; w == len(r) {
			return -1
		}
	}
}

// runsOfFree fills dst with the slots at which a run of n free slots begins in busy; a run of none begins anywhere.
func runsOfFree(dst, busy row, n int32) {
	for i := range dst {
		dst[i] = ^uint64(0)
		if n > 0 {
			dst[i] = ^busy[i]
		}
	}
	for have := int32(1); have < n; {
		more := min(have, n-have)
		for i := range dst {
			dst[i] &= dst.from(i, more)
		}
		have += more
	}
}
