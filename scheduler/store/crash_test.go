package store

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
)

// lostOf compares what was acknowledged with what the journal holds: how many are missing. Whatever is there must be
// there once, sealed, and make an agenda.
func lostOf(t *testing.T, path string, all *acks) int {
	t.Helper()
	r, err := Verify(path)
	if err != nil || !r.Sound() {
		t.Fatalf("after the crash: %v, %+v", err, r)
	}
	j, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	entries, err := j.Read(context.Background(), 0, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	there := map[scheduler.CommandID]int{}
	for _, e := range entries {
		if there[e.ID]++; there[e.ID] > 1 {
			t.Errorf("command %s is there twice", e.ID)
		}
	}
	agenda, err := desk.Replay(context.Background(), j)
	if err != nil || agenda.Seq != j.Last() {
		t.Fatalf("the agenda after the crash: entry %d of %d, %v", agenda.Seq, j.Last(), err)
	}
	lost := 0
	for _, id := range all.ids {
		if there[scheduler.CommandID(id)] == 0 {
			lost++
		}
	}
	return lost
}

// TestKilledAtAnyMomentNothingAcknowledgedIsLost kills the writer in the middle of its stream.
func TestKilledAtAnyMomentNothingAcknowledgedIsLost(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	kills, acknowledged := soak(50, 200), 0
	for from := 0; from < kills; from += 10 {
		path := filepath.Join(t.TempDir(), "journal.db")
		all := &acks{}
		for round := from; round < from+10; round++ {
			end := startWriter(t, path, round, all)
			waitForMore(all, 1+rnd.IntN(60))
			end()
			if lost := lostOf(t, path, all); lost > 0 {
				t.Fatalf("kill %d: %d of %d acknowledged commands are lost", round, lost, all.count())
			}
		}
		acknowledged += all.count()
	}
	if acknowledged < 10*kills {
		t.Errorf("only %d commands were acknowledged in %d rounds: the test is too weak", acknowledged, kills)
	}
	t.Logf("%d kills, %d commands acknowledged, none lost", kills, acknowledged)
}

// TestPowerCutsLoseNothingAcknowledged cuts the power under the writer; every second cut is torn. Without syncs the
// same cuts must lose something, or the test proves nothing.
func TestPowerCutsLoseNothingAcknowledged(t *testing.T) {
	needFUSE(t)
	cuts := soak(50, 200)
	acknowledged, lost := powerCuts(t, cuts)
	if lost > 0 || acknowledged < 5*cuts {
		t.Errorf("%d cuts lost %d of %d acknowledged commands; want none of at least %d", cuts, lost, acknowledged, 5*cuts)
	}
	t.Logf("%d power cuts, half of them torn: %d commands acknowledged, %d lost", cuts, acknowledged, lost)
	acknowledged, lost = powerCuts(t, max(5, cuts/10), "BEAMSLOT_NOSYNC=1")
	if lost == 0 {
		t.Errorf("without syncs none of %d acknowledged commands was lost: the test is too weak", acknowledged)
	}
	t.Logf("the control without syncs: %d commands acknowledged, %d lost", acknowledged, lost)
}

// powerCuts runs writers on a disk that loses power, each on what the one before left.
func powerCuts(t *testing.T, cuts int, env ...string) (acknowledged, lost int) {
	rnd := rand.New(rand.NewPCG(3, 4))
	control := len(env) > 0
	for from := 0; from < cuts; from += 10 {
		image := filepath.Join(t.TempDir(), "image")
		emptyJournal(t, image)
		all := &acks{}
		for round := from; round < min(from+10, cuts); round++ {
			cutOnce(t, image, round, round%2 == 1 && !control, 1+rnd.IntN(40), all, env...)
			if !control {
				lost = lostOf(t, image, all)
			} else if lost += controlLost(t, image, all); lost > 0 {
				return all.count(), lost
			}
			if lost > 0 {
				t.Fatalf("cut %d lost %d of %d acknowledged commands", round, lost, all.count())
			}
		}
		acknowledged += all.count()
	}
	return acknowledged, lost
}

// controlLost counts like lostOf, but a file that cannot be read any more has lost everything.
func controlLost(t *testing.T, image string, all *acks) int {
	t.Helper()
	if r, err := Verify(image); err != nil || !r.Sound() {
		return all.count()
	}
	return lostOf(t, image, all)
}

// emptyJournal is made on a disk that works, so that a first cut finds a journal.
func emptyJournal(t *testing.T, path string) {
	t.Helper()
	j, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
}

// cutOnce mounts the image, writes on it, and cuts the power after a few acknowledgements.
func cutOnce(t *testing.T, image string, round int, torn bool, after int, all *acks, env ...string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), fmt.Sprint("disk", round))
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	disk := child(t, "disk", "BEAMSLOT_DIR="+dir, "BEAMSLOT_IMAGE="+image, fmt.Sprintf("BEAMSLOT_ROUND=%d", round))
	in, err := disk.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := disk.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := disk.Start(); err != nil {
		t.Fatal(err)
	}
	says := bufio.NewReader(out)
	if line, _ := says.ReadString('\n'); line != "ready\n" {
		t.Fatalf("the disk says %q", line)
	}
	end := startWriter(t, filepath.Join(dir, "journal.db"), round, all, env...)
	waitForMore(all, after)
	word := "cut\n"
	if torn {
		word = "torn\n"
	}
	io.WriteString(in, word)
	if line, _ := says.ReadString('\n'); line != "cut\n" {
		t.Fatalf("the disk says %q after the cut", line)
	}
	end()
	in.Close()
	disk.Wait()
}

// needFUSE says how to get what a power cut needs. With BEAMSLOT_REQUIRE_FUSE a machine without it fails.
func needFUSE(t *testing.T) {
	t.Helper()
	if f, err := os.OpenFile("/dev/fuse", os.O_RDWR, 0); err == nil && os.Geteuid() == 0 {
		f.Close()
		return
	}
	const how = "a power cut is played on a FUSE disk: run as root with /dev/fuse (docker run --device /dev/fuse --cap-add SYS_ADMIN)"
	if os.Getenv("BEAMSLOT_REQUIRE_FUSE") != "" {
		t.Fatal(how)
	}
	t.Skip(how)
}
