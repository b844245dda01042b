package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"beamslot/scheduler"
	"beamslot/scheduler/store"
)

// aJournal is a closed journal with one entry of each kind.
func aJournal(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "journal.db")
	j, err := store.Open(path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	fence, err := j.Lead(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	about := scheduler.About{Date: "2026-11-24"}
	var entries []scheduler.Entry
	for i, c := range []scheduler.Command{
		scheduler.Open{About: about},
		scheduler.Book{About: about, Request: scheduler.Request{ID: "R7"}},
		scheduler.Adopt{About: about, Basis: 2},
		scheduler.Move{About: about, Appointment: scheduler.Appointment{Request: "R7"}},
		scheduler.Cancel{About: about, Request: "R8"},
		scheduler.Arm{About: about, Batch: "B1"},
		scheduler.Begin{About: about, Batch: "B1", Stage: scheduler.Beam},
		scheduler.Measure{About: about, Batch: "B1"},
		scheduler.Fail{About: about, Batch: "B2"},
		scheduler.Release{About: about, Batch: "B1"},
		scheduler.Dispatch{About: about, Vial: "V1"},
		scheduler.Receive{About: about, Vial: "V1"},
		scheduler.Inject{About: about, Request: "R7", Vial: "V1"},
		scheduler.StartScan{About: about, Request: "R7"},
		scheduler.FinishScan{About: about, Request: "R7"},
	} {
		entries = append(entries, scheduler.Entry{
			Seq: scheduler.Seq(i + 1), At: time.Date(2026, 11, 24, 6, i, 0, 0, time.UTC), ID: scheduler.CommandID("c-" + c.Kind()),
			By: scheduler.Actor{Name: "Siv", Role: scheduler.Coordinator}, Event: scheduler.Event{Command: c},
		})
	}
	if err := j.Append(context.Background(), 0, fence, entries); err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestJournalTailNamesWhatEachEntryIsAbout(t *testing.T) {
	path := aJournal(t)
	got := told(t, "journal", "tail", path, "-n", "100")
	golden(t, "journal-tail", got.out)
	if got.code != exitYes {
		t.Errorf("exit %d, %s", got.code, got.err)
	}
	last := told(t, "journal", "tail", path, "-n", "2").out
	if want := strings.Join(strings.SplitAfter(got.out, "\n")[13:15], ""); strings.Join(strings.Fields(last), " ") != strings.Join(strings.Fields(want), " ") {
		t.Errorf("the last two:\n%s\nwant\n%s", last, want)
	}
}

func TestJournalExportIsEveryEntryAsItIs(t *testing.T) {
	got := told(t, "journal", "export", aJournal(t), "--after", "12")
	lines := strings.Split(strings.TrimSpace(got.out), "\n")
	if got.code != exitYes || len(lines) != 3 {
		t.Fatalf("exit %d, %d lines, %s", got.code, len(lines), got.err)
	}
	var e scheduler.Entry
	if err := json.Unmarshal([]byte(lines[0]), &e); err != nil || e.Seq != 13 || e.ID != "c-Inject" {
		t.Errorf("the first line is %+v, %v", e, err)
	}
	if got := told(t, "journal", "export", aJournal(t), "--after", "18446744073709551615"); got.code != exitYes || got.out != "" {
		t.Errorf("after the end: %+v", got)
	}
}

func TestJournalVerifyAnswersByItsExitCode(t *testing.T) {
	sound := aJournal(t)
	whole, err := os.ReadFile(sound)
	if err != nil {
		t.Fatal(err)
	}
	file := func(name string, b []byte) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	changed := file("changed.db", bytes.Replace(whole, []byte(`"id":"c-Fail"`), []byte(`"id":"c-Fall"`), 1))
	for name, c := range map[string]struct {
		path string
		code int
		says string
	}{
		"sound":     {sound, exitYes, "15 entries, every seal holds"},
		"changed":   {changed, exitNo, "entry 9 is broken: its checksum does not match: the bytes have changed. The 8 entries before it hold."},
		"cut off":   {file("cut.db", whole[:3*4096]), exitNo, "it is cut off"},
		"empty":     {file("empty.db", nil), exitNo, "it is empty, which a journal never is"},
		"a text":    {file("text", bytes.Repeat([]byte("x\n"), 9000)), exitNo, "it is damaged or no journal"},
		"not there": {filepath.Join(t.TempDir(), "none.db"), exitBad, "is not there"},
		"a folder":  {t.TempDir(), exitBad, "name the file in it"},
		"no name":   {"", exitBad, "is not there"},
	} {
		t.Run(name, func(t *testing.T) {
			got := told(t, "journal", "verify", c.path)
			if got.code != c.code || !strings.Contains(got.out+got.err, c.says) {
				t.Errorf("exit %d, want %d; it says %s%s; want %q", got.code, c.code, got.out, got.err, c.says)
			}
		})
	}
	if got := told(t, "journal", "tail", changed); got.code != exitBad || !strings.Contains(got.err, "entry 9: its checksum") {
		t.Errorf("the tail of a broken journal: %+v", got)
	}
}

func TestJournalVerifyAnswersInJSON(t *testing.T) {
	got := told(t, "journal", "verify", "--json", aJournal(t))
	var r struct {
		Sound   bool
		Entries int
		Head    string `json:"head_sha256"`
	}
	if err := json.Unmarshal([]byte(got.out), &r); err != nil || !r.Sound || r.Entries != 15 || len(r.Head) != 64 {
		t.Errorf("%s: %+v, %v", got.out, r, err)
	}
}

func TestAJournalInUseIsSaidToBeSo(t *testing.T) {
	path := aJournal(t)
	j, err := store.Open(path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	if got := told(t, "journal", "verify", path); got.code != exitBad || !strings.Contains(got.err, "open in another process") {
		t.Errorf("%+v", got)
	}
}
