package store

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
)

// lostOf compares what was acknowledged with what the journal holds: how many are missing. Whatever is there must be
// there once, sealed, and make the agenda that the entries make.
func lostOf(t *testing.T, path string, all *acks) int {
	t.Helper()
	if _, err := os.Stat(path); os.IsNotExist(err) {
		return len(all.all())
	}
	if r, err := Verify(path); err != nil || !r.Sound() {
		t.Fatalf("after the crash: %v, %+v", err, r)
	}
	j := opened(t, path)
	defer j.Close()
	there := held(t, j)
	lost := 0
	for _, a := range all.all() {
		e, ok := there[scheduler.CommandID(a.id)]
		switch {
		case !ok:
			lost++
		case e.Seq != a.seq || sumOf(e) != a.sum:
			t.Errorf("command %s was acknowledged as entry %d and is entry %d, or another", a.id, a.seq, e.Seq)
		}
	}
	if lost == 0 {
		sentAgain(t, j, all)
	}
	return lost
}

// held is every entry by its command's id; an id that is there twice is an error, an agenda that differs too.
func held(t *testing.T, j *Journal) map[scheduler.CommandID]scheduler.Entry {
	t.Helper()
	entries, err := j.Read(context.Background(), 0, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	there, folded := map[scheduler.CommandID]scheduler.Entry{}, desk.NewAgenda()
	for _, e := range entries {
		if _, twice := there[e.ID]; twice {
			t.Errorf("command %s is there twice", e.ID)
		}
		there[e.ID] = e
		if _, err := folded.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	agenda, err := desk.Replay(context.Background(), j)
	if err != nil || agenda.Seq != j.Last() || !reflect.DeepEqual(agenda, folded) {
		t.Fatalf("the agenda after the crash: entry %d of %d, %v", agenda.Seq, j.Last(), err)
	}
	return there
}

// sentAgain sends the newest acknowledged commands again: a desk says that they were done, and writes nothing.
func sentAgain(t *testing.T, j *Journal, all *acks) {
	t.Helper()
	d, err := desk.Open(context.Background(), j, desk.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	last, said := j.Last(), all.all()
	for _, a := range said[max(0, len(said)-5):] {
		r, err := d.Do(context.Background(), act(a.id))
		if err != nil || !r.Again || r.Entry.Seq != a.seq {
			t.Errorf("%s sent again: %+v, %v; it is entry %d", a.id, r, err, a.seq)
		}
	}
	if j.Last() != last {
		t.Errorf("commands that were sent again wrote %d entries", j.Last()-last)
	}
}

// TestKilledAtAnyMomentNothingAcknowledgedIsLost kills the writer in the middle of its stream.
func TestKilledAtAnyMomentNothingAcknowledgedIsLost(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	kills, acknowledged := soak(50, 200), 0
	for from := 0; from < kills; from += 5 {
		path := filepath.Join(t.TempDir(), "journal.db")
		all := &acks{}
		for round := from; round < from+5; round++ {
			w := startWriter(t, path, round, all)
			w.until(all, 1+rnd.IntN(30))
			w.kill()
			if lost := lostOf(t, path, all); lost > 0 {
				t.Fatalf("kill %d: %d of %d acknowledged commands are lost", round, lost, len(all.all()))
			}
		}
		acknowledged += len(all.all())
	}
	if acknowledged < 10*kills {
		t.Errorf("only %d commands were acknowledged in %d rounds: the test is too weak", acknowledged, kills)
	}
	t.Logf("%d kills, %d commands acknowledged, none lost", kills, acknowledged)
}

// TestPowerCutsLoseNothingAcknowledged cuts the power under the writer; every second cut is torn.
func TestPowerCutsLoseNothingAcknowledged(t *testing.T) {
	t.Parallel()
	needFUSE(t)
	rnd := rand.New(rand.NewPCG(3, 4))
	cuts, acknowledged := soak(50, 200), 0
	for from := 0; from < cuts; from += 5 {
		image, all := t.TempDir(), &acks{}
		for round := from; round < from+5; round++ {
			if lost := cutOnce(t, image, round, 1+rnd.IntN(25), all); lost > 0 {
				t.Fatalf("cut %d lost %d of %d acknowledged commands", round, lost, len(all.all()))
			}
		}
		acknowledged += len(all.all())
	}
	if acknowledged < 10*cuts {
		t.Errorf("only %d commands were acknowledged in %d rounds: the test is too weak", acknowledged, cuts)
	}
	t.Logf("%d power cuts, half of them torn: %d commands acknowledged, none lost", cuts, acknowledged)
}

// TestWithoutSyncsACutLoses is the control: the same cuts without syncs must lose something, or they prove nothing.
func TestWithoutSyncsACutLoses(t *testing.T) {
	t.Parallel()
	needFUSE(t)
	cuts, acknowledged, lost := soak(5, 20), 0, 0
	for round := range cuts {
		image, all := t.TempDir(), &acks{}
		lost += cutOnce(t, image, 2*round, 20, all, "BEAMSLOT_NOSYNC=1")
		acknowledged += len(all.all())
	}
	if lost < acknowledged/2 {
		t.Errorf("without syncs %d of %d acknowledged commands were lost in %d cuts: the test is too weak", lost, acknowledged, cuts)
	}
	t.Logf("the control, %d power cuts without syncs: %d commands acknowledged, %d lost", cuts, acknowledged, lost)
}

// cutOnce writes on a disk with the image's files, cuts the power after some acknowledgements (torn in odd rounds),
// and counts what is lost.
func cutOnce(t *testing.T, image string, round, after int, all *acks, env ...string) int {
	t.Helper()
	d := mount(t, image, round)
	w := startWriter(t, filepath.Join(d.dir, "journal.db"), round, all, env...)
	w.until(all, after)
	d.order([]string{"cut", "torn"}[round%2])
	w.kill()
	d.unmount()
	return lostOf(t, filepath.Join(image, "journal.db"), all)
}
