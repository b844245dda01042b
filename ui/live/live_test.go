package live_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"beamslot/decay"
	"beamslot/scheduler"
	"beamslot/scheduler/desk"
	"beamslot/ui/live"
)

var _ desk.Board = (*live.Hub)(nil)

func TestASnapshotThenEachEntryAfterIt(t *testing.T) {
	h := newHouse(t, live.Options{Speed: 60})
	h.open(today, "tiny-1")
	b := h.watch(today)
	first := b.until(0, is("snapshot"))
	if first.Seq != 2 || first.Speed != 60 || !first.Now.Equal(morning()) || first.Epoch == "" {
		t.Errorf("the snapshot is as of %d at %v, %v times as fast, in epoch %q", first.Seq, first.Now, first.Speed, first.Epoch)
	}
	if len(first.Journal) != 2 || first.Journal[0].Event.Kind() != "Opened" || first.Journal[1].Event.Kind() != "Adopted" {
		t.Errorf("the journal's tail is %v", first.Journal)
	}
	booked := h.book(today, "late-1")
	m := b.until(0, is("entry"))
	if m.Seq != booked.Seq || m.After != first.Seq || !strings.Contains(string(m.Entry), `"late-1"`) {
		t.Errorf("entry %d after %d: %s; want %d after %d", m.Seq, m.After, m.Entry, booked.Seq, first.Seq)
	}
	h.must(coordinator, scheduler.Cancel{About: scheduler.About{Date: today}, Request: "late-1", Reason: "fever"})
	b.until(booked.Seq+1, nil)
	b.equalsDesk(h.desk, today)
}

// An entry's data do not repeat what the patch says: a plan of 150 patients would be sent twice.
func TestThePlanIsNotSentTwice(t *testing.T) {
	h := newHouse(t, live.Options{})
	h.must(coordinator, scheduler.Open{About: scheduler.About{Date: today}, Day: read(t, "tiny-1.json", scheduler.ParseDay)})
	b := h.watch(today)
	b.until(0, is("snapshot"))
	h.must(planner, scheduler.Adopt{About: scheduler.About{Date: today}, Plan: read(t, "tiny-1.by-hand.json", scheduler.ParsePlan)})
	m := b.until(0, is("entry"))
	if strings.Contains(string(m.Entry), `"beam_start"`) || !strings.Contains(string(m.raw), `"beam_start"`) {
		t.Errorf("the plan stands in the entry, or not in the patch: %s", m.raw)
	}
	b.equalsDesk(h.desk, today)
}

func TestEveryStepOfABatchReachesTheReplica(t *testing.T) {
	h := newHouse(t, live.Options{})
	h.open(today, "tiny-1")
	b := h.watch(today)
	b.until(0, is("snapshot"))
	batch := read(t, "tiny-1.by-hand.json", scheduler.ParsePlan).Batches[0]
	about := scheduler.About{Date: today}
	chemist := scheduler.Actor{Name: "Kari", Role: scheduler.Radiochemist}
	h.must(chemist, scheduler.Arm{About: about, Batch: batch.ID})
	h.must(chemist, scheduler.Begin{About: about, Batch: batch.ID, Stage: scheduler.Beam})
	last := h.must(chemist, scheduler.Fail{About: about, Batch: batch.ID, Reason: "the target's foil burst"})
	b.until(last.Seq, nil)
	b.equalsDesk(h.desk, today)
}

func TestComingBack(t *testing.T) {
	for name, c := range map[string]struct {
		missed    int
		otherLife bool
		fresh     int // snapshots after coming back
	}{
		"nothing missed":        {0, false, 0},
		"a few missed":          {5, false, 0},
		"as many as are kept":   {8, false, 0},
		"more than are kept":    {40, false, 1},
		"the server was anew":   {0, true, 1},
		"anew and much missed":  {40, true, 1},
		"missed, in other life": {3, true, 1},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, live.Options{Ring: 8})
			h.open(today, "tiny-1")
			b := h.watch(today)
			b.until(0, is("snapshot"))
			b.conn.Close()
			if c.otherLife {
				b.epoch = "another"
			}
			last := b.seq
			for i := range c.missed {
				last = h.book(today, fmt.Sprint("late-", i)).Seq
			}
			settle(h, last)
			b.fresh = 0
			if err := b.connect(h.url, today); err != nil {
				t.Fatal(err)
			}
			defer b.conn.Close()
			last = h.book(today, "last").Seq
			b.until(last, nil)
			if b.fresh != c.fresh {
				t.Errorf("%d fresh snapshots, want %d", b.fresh, c.fresh)
			}
			if got := len(b.entries); c.fresh == 0 && got != c.missed+1 {
				t.Errorf("%d entries after coming back, want the %d missed and one more", got, c.missed)
			}
			b.equalsDesk(h.desk, today)
		})
	}
}

// settle waits until the hub has passed everything up to seq on.
func settle(h *house, seq scheduler.Seq) {
	b := h.watch(today)
	b.until(seq, nil)
	b.conn.Close()
}

// Who comes back is told at once that the line is live, before anything happens.
func TestComingBackIsAnswered(t *testing.T) {
	h := newHouse(t, live.Options{Beat: time.Hour})
	h.open(today, "tiny-1")
	b := h.watch(today)
	b.until(0, is("snapshot"))
	b.conn.Close()
	if err := b.connect(h.url, today); err != nil {
		t.Fatal(err)
	}
	defer b.conn.Close()
	if m := b.until(0, is("beat")); m.Seq != b.seq || !m.Now.Equal(morning()) || m.Speed != 1 {
		t.Errorf("the answer is %+v", m)
	}
}

// A day's numbers skip those of other days: after says whether anything is missing.
func TestDaysDoNotMix(t *testing.T) {
	const other = scheduler.Date("2026-11-25")
	h := newHouse(t, live.Options{Beat: 10 * time.Millisecond})
	h.open(today, "tiny-1")
	h.open(other, "small-1")
	b, o := h.watch(today), h.watch(other)
	b.until(0, is("snapshot"))
	o.until(0, is("snapshot"))
	h.book(today, "one")
	h.must(coordinator, scheduler.Cancel{About: scheduler.About{Date: other}, Request: "R1", Reason: "fever"})
	last := h.book(today, "two")
	b.until(last.Seq, nil)
	b.until(0, is("beat"))
	o.until(last.Seq-1, nil)
	o.until(0, is("beat"))
	if got := fmt.Sprint(b.entries, o.entries); got != "[5 7] [6]" {
		t.Errorf("the days were told %s, want [5 7] [6]", got)
	}
	b.equalsDesk(h.desk, today)
	o.equalsDesk(h.desk, other)
	v, _, err := h.desk.View(other)
	if err != nil || v.Requests["R1"].State != "cancelled" {
		t.Errorf("R1 is %+v, %v", v.Requests["R1"], err)
	}
}

func TestTracesGoToWhoWatches(t *testing.T) {
	h := newHouse(t, live.Options{})
	h.open(today, "tiny-1")
	b := h.watch(today)
	b.until(0, is("snapshot"))
	at := morning().Add(time.Minute)
	h.hub.Trace(scheduler.Reading{Sign: scheduler.Trace, Device: "cyclotron", At: at, Date: "2026-11-25", Point: "beam", Value: 7, Unit: "µA"})
	h.hub.Trace(scheduler.Reading{Sign: scheduler.Assayed, Device: "calibrator", At: at, Assay: &decay.Assay{}})
	h.hub.Trace(scheduler.Reading{Sign: scheduler.Trace, Device: "cyclotron", At: at, Date: today, Point: "beam", Value: 35.5, Unit: "µA", Batch: "B1"})
	m := b.until(0, is("trace"))
	if m.Device != "cyclotron" || m.Point != "beam" || m.Value != 35.5 || m.Unit != "µA" || m.Batch != "B1" || m.Seq != 0 {
		t.Errorf("the trace is %s", m.raw)
	}
}

func TestWhoIsNotLetIn(t *testing.T) {
	h := newHouse(t, live.Options{Boards: 1, Origins: []string{"https://board.example"}})
	h.open(today, "tiny-1")
	for name, c := range map[string]struct {
		query, origin string
		status        int
		says          string
	}{
		"no origin":           {"day=2026-11-24", "", 403, "Origin"},
		"another origin":      {"day=2026-11-24", "http://evil.example", 403, "Origin"},
		"a file":              {"day=2026-11-24", "null", 403, "Origin"},
		"our host as a name":  {"day=2026-11-24", "ftp://" + strings.TrimPrefix(h.url, "http://"), 403, "Origin"},
		"no day":              {"", h.url, 400, "say which day"},
		"a day that is not":   {"day=1999-01-01", h.url, 404, "1999-01-01"},
		"an unknown wish":     {"day=2026-11-24&since=4", h.url, 400, "since"},
		"a number that isn't": {"day=2026-11-24&after=-4", h.url, 400, "-4"},
		"a day twice":         {"day=2026-11-24&day=2026-11-25", h.url, 400, "more than once"},
	} {
		t.Run(name, func(t *testing.T) {
			conn, resp, err := dial(h.url, c.query, c.origin)
			if err == nil {
				conn.Close()
				t.Fatal("it was let in")
			}
			body, _ := io.ReadAll(resp.Body)
			if resp.StatusCode != c.status || !strings.Contains(string(body), c.says) {
				t.Errorf("%d %q, want %d and %q", resp.StatusCode, body, c.status, c.says)
			}
		})
	}
	conn, _, err := dial(h.url, "day=2026-11-24", "https://board.example")
	if err != nil {
		t.Fatalf("an allowed origin was not let in: %v", err)
	}
	defer conn.Close()
	if _, resp, err := dial(h.url, "day=2026-11-24", h.url); err == nil || resp.StatusCode != 503 {
		t.Errorf("the second of one board was answered %v, %v", resp, err)
	}
	resp, err := http.Get(h.url + "/live?day=2026-11-24")
	if err != nil || resp.StatusCode != 403 {
		t.Errorf("a plain GET was answered %v, %v", resp, err)
	}
	resp.Body.Close()
}

func TestTheSocketOnlySpeaks(t *testing.T) {
	h := newHouse(t, live.Options{})
	h.open(today, "tiny-1")
	b := h.watch(today)
	b.until(0, is("snapshot"))
	if err := b.conn.WriteMessage(websocket.TextMessage, []byte(`{"type":"Release"}`)); err != nil {
		t.Fatal(err)
	}
	_, err := b.next()
	if !websocket.IsCloseError(err, websocket.ClosePolicyViolation) {
		t.Errorf("a message was answered with %v", err)
	}
}

func TestClosingSaysGoodbye(t *testing.T) {
	h := newHouse(t, live.Options{})
	h.open(today, "tiny-1")
	var all []*browser
	for range 20 {
		b := h.watch(today)
		b.until(0, is("snapshot"))
		all = append(all, b)
	}
	if err := h.hub.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, b := range all {
		var gone *websocket.CloseError
		if _, err := b.next(); !errors.As(err, &gone) || gone.Code != websocket.CloseGoingAway {
			t.Errorf("a board was left with %v", err)
		}
	}
	if _, resp, err := dial(h.url, "day=2026-11-24", h.url); err == nil || resp.StatusCode != 503 {
		t.Errorf("after closing, a board was answered %v, %v", resp, err)
	}
	h.hub.Show(desk.Shown{}) // nobody hears it, and nothing breaks
	h.hub.Trace(scheduler.Reading{Sign: scheduler.Trace})
}

func TestNobodyWatchesBeforeThereIsADesk(t *testing.T) {
	hub := live.NewHub(live.Options{})
	hub.Show(desk.Shown{})
	if err := hub.Close(context.Background()); err != nil {
		t.Errorf("a hub that never had a desk does not close: %v", err)
	}
	hub.Attach(nil)
}
