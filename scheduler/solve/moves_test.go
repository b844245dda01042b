package solve

import (
	"context"
	"os"
	"testing"

	"pgregory.net/rapid"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
)

func read(t testing.TB, name string) scheduler.Day {
	t.Helper()
	data, err := os.ReadFile("../../fixtures/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	d, err := scheduler.ParseDay(data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// walkerOn is a walker with a first plan of the day.
func walkerOn(t testing.TB, d scheduler.Day, seed uint64) *walker {
	t.Helper()
	p, err := compile(d)
	if err != nil {
		t.Fatal(err)
	}
	s := newState(p)
	if err := s.freeze(); err != nil {
		t.Fatal(err)
	}
	w := newWalker(s, seed, 0)
	w.construct(context.Background())
	return w
}

// tried does one move many times from plans that drift, and holds each against the law and its own undoing.
func tried(t *testing.T, name string, move func(*walker)) {
	w := walkerOn(t, read(t, name), 11)
	changed := 0
	for i := range 50 {
		before, worth := fingerprint(w.state), w.worth
		move(w)
		if len(w.pool) != 0 {
			t.Fatalf("try %d left %d in the pool", i, len(w.pool))
		}
		if fingerprint(w.state) != before {
			changed++
		}
		w.undo(0)
		if after := fingerprint(w.state); after != before {
			t.Fatalf("try %d undone is not what was before:\n%s\n%s", i, before, after)
		}
		if move(w); w.worth < worth-300 {
			w.undo(0)
		}
		w.keep()
	}
	audit(t, w.state)
	if changed < 5 {
		t.Errorf("only %d of 50 tries changed anything", changed)
	}
	if r := rules.Check(w.day, w.export(newNaming(w.day, Options{}))); !r.Lawful() {
		t.Errorf("%+v", r.Breaches[0])
	}
}

func TestEachMoveAloneKeepsTheLawAndUndoesExactly(t *testing.T) {
	for _, m := range moves {
		for _, day := range []string{"instances/medium-1", "instances/medium-1-lost-batch", "norway/days/tuesday"} {
			t.Run(m.name+" on "+day, func(t *testing.T) { tried(t, day, m.do) })
		}
	}
}

func TestMovesUndoExactlyOnRandomDays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := walkerOn(t, randomDay(rt), rapid.Uint64().Draw(rt, "seed"))
		for range 40 {
			before, mark := fingerprint(w.state), w.mark()
			w.someMove()(w)
			if rapid.Bool().Draw(rt, "undo") {
				if w.undo(mark); fingerprint(w.state) != before {
					rt.Fatal("undone is not what was before")
				}
			}
		}
		w.keep()
		audit(t, w.state)
	})
}

func TestSavedPlanComesBack(t *testing.T) {
	w := walkerOn(t, read(t, "instances/medium-1-lost-batch"), 4)
	names := func() *naming { return newNaming(w.day, Options{}) }
	before := rules.Check(w.day, w.export(names())).J
	var saved snapshot
	w.save(&saved)
	for range 50 {
		w.someMove()(w)
	}
	w.keep()
	w.load(&saved)
	audit(t, w.state)
	if after := rules.Check(w.day, w.export(names())).J; after != before || w.worth != saved.worth {
		t.Errorf("J was %f when saved and is %f when loaded again", before, after)
	}
}
