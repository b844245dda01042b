package solve

import (
	"fmt"
	"strings"

	"beamslot/scheduler"
)

// resting looks for a seat with parts of the law at rest, and puts them back.
func (w *walker) resting(r int32, scanners, rooms bool) (seat, bool) {
	scan, full := w.scan, w.full
	if scanners {
		w.scan = w.rows(len(scan))
	}
	if rooms {
		w.full = w.rows(len(full))
	}
	at, ok := w.seek(r, false)
	w.scan, w.full = scan, full
	return at, ok
}

func (w *walker) whyScanner(r int32) (string, string) {
	at, ok := w.resting(r, true, false)
	if !ok {
		return "", ""
	}
	return "scanner-free", fmt.Sprintf("With %s there would be activity and an uptake room at %s, but the scanner is taken: no gap of %d min is left in the window on %s.",
		w.vialName(at), w.clock(at.injection), w.held(r, at), w.scannersOf(r))
}

func (w *walker) whyRoom(r int32) (string, string) {
	at, ok := w.resting(r, false, true)
	if !ok {
		return "", ""
	}
	c := &w.centres[w.scanners[at.scanner].centre]
	return "uptake-rooms", fmt.Sprintf("%s is free at %s, but all %d uptake rooms of %s are taken between injection at %s and then.",
		w.scanners[at.scanner].id, w.clock(at.start), c.rooms, c.id, w.clock(at.injection))
}

func (w *walker) whyBoth(r int32) (string, string) {
	at, ok := w.resting(r, true, true)
	if !ok {
		return "", ""
	}
	return "scanner-free", fmt.Sprintf("There is activity for an injection at %s, but neither a scanner nor an uptake room then: the window offers no free %d min on %s.",
		w.clock(at.injection), w.held(r, at), w.scannersOf(r))
}

// held is how long the visit would hold the scanner, in minutes.
func (w *walker) held(r int32, at seat) int32 {
	return w.requests[r].scanMins + w.scanners[at.scanner].turn
}

func (w *walker) scannersOf(r int32) string {
	var ids []string
	for i := range w.requests[r].places {
		for _, c := range w.requests[r].places[i].choices {
			ids = append(ids, string(w.scanners[c.scanner].id))
		}
	}
	if len(ids) > 4 {
		return fmt.Sprintf("any of %d scanners", len(ids))
	}
	return strings.Join(ids, ", ")
}

func (w *walker) vialName(at seat) string {
	if id := w.batches[at.batch].id; id != "" {
		return string(id)
	}
	return "the batch of " + w.clock(w.up(scheduler.Minute(w.batches[at.batch].eos)))
}

// whyActivity finds a supply that comes in time and does not hold enough.
func (w *walker) whyActivity(r int32) (string, string) {
	q := &w.requests[r]
	for i := range q.places {
		for _, from := range w.supplies(nil, q.tracer, q.places[i].centre) {
			t := max(from.lo, q.places[i].inject.first(q.lo))
			if t > min(from.hi, q.hi) || !q.places[i].inject.has(t) {
				continue
			}
			if at, ok := w.offer(q, &from, t, q.value); !ok {
				return "batch-activity", fmt.Sprintf("%s would have to give %.0f MBq more at EOS for an injection of %.0f MBq at %s, and cannot: %s.",
					w.vialName(at), at.cost, q.dose, w.clock(t), w.limit(at))
			}
		}
	}
	return "", ""
}

// limit says what keeps the batch from holding more.
func (w *walker) limit(at seat) string {
	b := &w.batches[at.batch]
	m := &w.procs[b.proc]
	src := &w.sources[w.sourceOf(b)]
	switch {
	case at.vial != none && w.vials[at.vial].sealed:
		return fmt.Sprintf("the vial is filled, and %.0f MBq of it are free", max(w.vials[at.vial].fill-w.vials[at.vial].load, 0))
	case b.frozen:
		return fmt.Sprintf("it is made, and %.0f of its %.0f MBq are free", max(b.usable-b.need, 0), b.usable)
	case src.kind == lot:
		return fmt.Sprintf("%.0f %% of lot %s is drawn", 100*(w.drawnByOthers(b)+w.share(b, b.need)), src.id)
	case src.kind == generator:
		return fmt.Sprintf("%.0f %% of the elution is used", 100*w.share(b, b.need))
	}
	return fmt.Sprintf("%.0f MBq are planned of at most %.0f, and its beam can be no longer than %d min", b.need/m.usable, m.most, (b.beam+w.roomBefore(b, &m.routes[b.route], b.end-b.beam))*w.step)
}

// whyTime finds supplies that all come too late or have expired.
func (w *walker) whyTime(r int32) (string, string) {
	q := &w.requests[r]
	first, last := w.slots, none
	for i := range q.places {
		for _, from := range w.supplies(nil, q.tracer, q.places[i].centre) {
			first, last = min(first, from.lo), max(last, from.hi)
		}
	}
	switch {
	case last == none:
		return "", ""
	case first > q.hi:
		return "vial-received", fmt.Sprintf("The first %s can be used from %s, %d min after the window ends.", w.day.Tracers[q.tracer].ID, w.clock(first), (first-q.hi)*w.step)
	case last < q.lo:
		return "shelf-life", fmt.Sprintf("The last %s expires at %s, %d min before the window begins.", w.day.Tracers[q.tracer].ID, w.clock(last), (q.lo-last)*w.step)
	}
	return "", ""
}

// whyNoBatch finds why no run is made for the request.
func (w *walker) whyNoBatch(r int32) (string, string) {
	q := &w.requests[r]
	cost, possible := 0.0, false
	for _, n := range w.tracers[q.tracer].procs {
		for synth := int32(0); synth < w.slots; synth++ {
			if b, ok := w.lay(n, synth); ok {
				if c := w.procs[n].cost + w.running(&b, b.beam, q.dose); !possible || c < cost {
					cost, possible = c, true
				}
			}
		}
	}
	t := w.day.Tracers[q.tracer].ID
	if !possible {
		return "hot-cell-free", fmt.Sprintf("No %s is made that could serve this request, and no site has target, hot cell and QC line free for another batch.", t)
	}
	return "served", fmt.Sprintf("A %s batch for this request would cost %.0f points or more, and serving it brings %.0f.", t, cost, q.value)
}
