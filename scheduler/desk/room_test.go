package desk_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
	"beamslot/scheduler/store"
)

const date = scheduler.Date("2026-11-24")

// room is a real desk on a real journal, with a clock that the test turns and a board that keeps a replica.
type room struct {
	*testing.T
	*desk.Desk
	journal *store.Journal
	path    string
	mu      sync.Mutex
	now     time.Time
	board   *replica
	n       int
}

var (
	chemist  = scheduler.Actor{Name: "Kari", Role: scheduler.Radiochemist}
	releaser = scheduler.Actor{Name: "Ola", Role: scheduler.ReleasePerson}
	nurse    = scheduler.Actor{Name: "Siv", Role: scheduler.PETStaff}
	coord    = scheduler.Actor{Name: "Per", Role: scheduler.Coordinator}
	floor    = scheduler.Actor{Name: "floor", Role: scheduler.FloorRole}
	planner  = scheduler.Actor{Name: "planner", Role: scheduler.Planner}
)

func newRoom(t *testing.T) *room {
	t.Helper()
	r := &room{T: t, path: filepath.Join(t.TempDir(), "journal.db"), board: &replica{views: map[scheduler.Date]any{}}}
	r.at("04:00")
	r.reopen()
	t.Cleanup(func() {
		r.laws()
		r.board.equalsFresh(t, r.Desk)
		r.Desk.Close()
		if err := r.journal.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// reopen is what a restart does.
func (r *room) reopen() {
	r.Helper()
	if r.Desk != nil {
		r.Desk.Close()
		if err := r.journal.Close(); err != nil {
			r.Fatal(err)
		}
	}
	j, err := store.Open(r.path, store.Options{})
	if err != nil {
		r.Fatal(err)
	}
	d, err := desk.Open(context.Background(), j, desk.Options{Now: r.clock, Board: r.board})
	if err != nil {
		r.Fatal(err)
	}
	r.journal, r.Desk = j, d
}

func (r *room) clock() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.now
}

// at turns the clock to a time of the day, UTC.
func (r *room) at(hhmm string) {
	r.Helper()
	t, err := time.Parse("2006-01-02 15:04", string(date)+" "+hhmm)
	if err != nil {
		r.Fatal(err)
	}
	r.mu.Lock()
	r.now = t
	r.mu.Unlock()
}

// minute turns the clock to a minute of the day.
func (r *room) minute(m scheduler.Minute) {
	midnight, _ := date.Midnight()
	r.mu.Lock()
	r.now = m.On(midnight)
	r.mu.Unlock()
}

func (r *room) laws() {
	r.Helper()
	for _, b := range r.Laws() {
		r.Errorf("law %s is broken at %s: %s", b.Law, b.On, b.Says)
	}
}

// must does what has to work, and checks the laws after it.
func (r *room) must(by scheduler.Actor, c scheduler.Command) scheduler.Entry {
	r.Helper()
	r.n++
	got, err := r.Do(context.Background(), desk.Act{ID: scheduler.CommandID(c.Kind() + string(rune('a'+r.n%26)) + time.Duration(r.n).String()), By: by, Command: c})
	if err != nil {
		r.Fatalf("%s: %v", c.Kind(), err)
	}
	r.laws()
	return got.Entry
}

// no does what must be refused by the law, and checks that nothing was written.
func (r *room) no(by scheduler.Actor, c scheduler.Command, why desk.Why, law string) *desk.Refusal {
	r.Helper()
	before := r.journal.Last()
	r.n++
	_, err := r.Do(context.Background(), desk.Act{ID: scheduler.CommandID("no" + time.Duration(r.n).String()), By: by, Command: c})
	no, ok := desk.IsRefusal(err)
	switch {
	case !ok:
		r.Fatalf("%s was not refused: %v", c.Kind(), err)
	case no.Why != why || no.Law != law:
		r.Errorf("%s was refused as %s by %q (%s); want %s by %q", c.Kind(), no.Why, no.Law, no.Says, why, law)
	case r.journal.Last() != before:
		r.Errorf("a refused %s left an entry", c.Kind())
	}
	return no
}

func about() scheduler.About { return scheduler.About{Date: date} }

func fixture[T any](t *testing.T, name string, parse func([]byte) (T, error)) T {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../fixtures/instances", name))
	if err != nil {
		t.Fatal(err)
	}
	v, err := parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// openTiny opens the day tiny-1 and adopts its plan made by hand: one FDG batch, one vial, six patients.
func (r *room) openTiny() scheduler.Plan {
	r.Helper()
	day := fixture(r.T, "tiny-1.json", scheduler.ParseDay)
	plan := fixture(r.T, "tiny-1.by-hand.json", scheduler.ParsePlan)
	r.must(coord, scheduler.Open{About: about(), Day: day})
	r.must(planner, scheduler.Adopt{About: about(), Plan: plan, Basis: r.Seq()})
	return plan
}

// replica folds patches into views, as a browser does.
type replica struct {
	mu    sync.Mutex
	views map[scheduler.Date]any
	seq   scheduler.Seq
}

func (p *replica) Show(s desk.Shown) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seq = s.Entry.Seq
	raw, err := json.Marshal(s.Patch)
	if err != nil {
		panic(err)
	}
	var patch any
	if err := json.Unmarshal(raw, &patch); err != nil {
		panic(err)
	}
	p.views[s.Date] = mergePatch(p.views[s.Date], patch)
}

// mergePatch is RFC 7396.
func mergePatch(target, patch any) any {
	p, ok := patch.(map[string]any)
	if !ok {
		return patch
	}
	t, ok := target.(map[string]any)
	if !ok {
		t = map[string]any{}
	}
	for k, v := range p {
		if v == nil {
			delete(t, k)
		} else {
			t[k] = mergePatch(t[k], v)
		}
	}
	return t
}

// equalsFresh checks that the patches led where a fresh view is.
func (p *replica) equalsFresh(t *testing.T, d *desk.Desk) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, day := range d.Days() {
		v, _, err := d.View(day)
		if err != nil {
			t.Fatal(err)
		}
		raw, _ := json.Marshal(v)
		var fresh any
		if err := json.Unmarshal(raw, &fresh); err != nil {
			t.Fatal(err)
		}
		if diff := differs("view", p.views[day], mergePatch(nil, fresh)); diff != "" {
			t.Errorf("day %s: the patches did not lead to the view: %s", day, diff)
		}
	}
}
