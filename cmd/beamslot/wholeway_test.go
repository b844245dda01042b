package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"beamslot/devices/sim"
	"beamslot/scheduler"
	"beamslot/scheduler/desk"
)

// notes is a writer that can be read while it is written.
type notes struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (n *notes) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.b.Write(p)
}

func (n *notes) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.b.String()
}

// whole is a running Beamslot with a simulated plant over Modbus TCP, asked over HTTP and watched on a socket.
type whole struct {
	*testing.T
	*house
	url  string
	date scheduler.Date
	n    int

	mu   sync.Mutex
	seen []shown
	said *sync.Cond
}

// shown is what the socket said of one entry: the entry, and what it changed.
type shown struct {
	scheduler.Entry
	patch desk.View
}

// startWhole runs the day from half past five UTC at 600 times the wall's speed.
func startWhole(t *testing.T, file string, scenario sim.Scenario) *whole {
	t.Helper()
	day, err := readDay(file)
	if err != nil {
		t.Fatal(err)
	}
	midnight, _ := day.Date.Midnight()
	w := &whole{T: t, date: day.Date}
	w.said = sync.NewCond(&w.mu)
	ctx, stop := context.WithCancel(context.Background())
	c := fastClock(midnight.Add(5*time.Hour+30*time.Minute), 600)
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	if w.house, err = openHouse(ctx, t.TempDir(), c, plans{budget: 500 * time.Millisecond, lead: 15 * time.Minute, seed: 1}, log); err != nil {
		t.Fatal(err)
	}
	f, err := w.simulatedFloor(ctx, day, demoOptions{seed: 1}, scenario)
	if err != nil {
		t.Fatal(err)
	}
	w.plan(ctx, 100*time.Millisecond)
	w.machines(ctx, f, 20*time.Millisecond)
	out := &notes{}
	w.start(ctx, func(ctx context.Context) {
		if err := w.serve(ctx, "127.0.0.1:0", plantView{f}, out); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() {
		w.laws("at the end")
		stop()
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	w.url = listening(t, out)
	return w
}

var boardAt = regexp.MustCompile(`http://(\S+)`)

func listening(t *testing.T, out *notes) string {
	t.Helper()
	for range 500 {
		if m := boardAt.FindString(out.String()); m != "" {
			return m
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("nobody listens")
	return ""
}

// watch folds what the live board is sent, and checks the laws at every entry.
func (w *whole) watch() {
	w.Helper()
	conn, _, err := websocket.DefaultDialer.Dial(strings.Replace(w.url, "http", "ws", 1)+"/live?day="+string(w.date), http.Header{"Origin": {w.url}})
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() { conn.Close() })
	go func() {
		for {
			var m struct {
				Type  string          `json:"type"`
				Entry scheduler.Entry `json:"entry"`
				Patch desk.View       `json:"patch"`
			}
			if err := conn.ReadJSON(&m); err != nil {
				return
			}
			if m.Type != "entry" {
				continue
			}
			w.laws(m.Entry.Event.Kind())
			w.mu.Lock()
			w.seen = append(w.seen, shown{m.Entry, m.Patch})
			w.said.Broadcast()
			w.mu.Unlock()
		}
	}()
}

func (w *whole) laws(after string) {
	for _, b := range w.desk.Laws() {
		w.Errorf("after %s, law %s is broken at %s: %s", after, b.Law, b.On, b.Says)
	}
}

// until waits for an entry on the socket that fits, after the one numbered from.
func (w *whole) until(what string, from scheduler.Seq, fits func(shown) bool) shown {
	w.Helper()
	late := time.AfterFunc(60*time.Second, w.said.Broadcast)
	defer late.Stop()
	deadline := time.Now().Add(60 * time.Second)
	w.mu.Lock()
	defer w.mu.Unlock()
	for time.Now().Before(deadline) {
		for _, e := range w.seen {
			if e.Seq > from && fits(e) {
				return e
			}
		}
		w.said.Wait()
	}
	for _, e := range w.seen {
		w.Logf("%s entry %d: %s by %s, lost %v", e.At.Format("15:04"), e.Seq, e.Event.Kind(), e.By.Name, e.Event.Lost)
	}
	w.Fatalf("the socket never showed %s; unserved: %v", what, w.unserved())
	return shown{}
}

func (w *whole) unserved() (all []scheduler.Unserved) {
	v, _, _ := w.desk.View(w.date)
	for _, u := range v.Unserved {
		all = append(all, *u)
	}
	return all
}

// post asks over HTTP as somebody, and wants the status.
func (w *whole) post(role scheduler.Role, path, body string, want int) []byte {
	w.Helper()
	w.n++
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, w.url+"/api/days/"+string(w.date)+path, strings.NewReader(body))
	if err != nil {
		w.Fatal(err)
	}
	for k, v := range map[string]string{"Content-Type": "application/json", "Beamslot-Name": "Test", "Beamslot-Role": string(role), "Idempotency-Key": fmt.Sprintf("test-%d", w.n)} {
		req.Header.Set(k, v)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		w.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != want {
		w.Fatalf("POST %s: %s %s (%v); want %d", path, res.Status, answer, err, want)
	}
	return answer
}

// TestFromABookingToTheReplan goes the whole way over real sockets: booked over HTTP, planned, armed, made over
// Modbus, read 30 % low at EOS, planned again, and shown on the live socket, lawful after every step.
func TestFromABookingToTheReplan(t *testing.T) {
	w := startWhole(t, "../../fixtures/norway/days/quiet.json", sim.Scenario{Syntheses: []sim.SynthesisFault{{Pick: sim.Pick{Tracer: "FDG", Nth: 1}, Yield: 0.7}}})
	day, err := readDay("../../fixtures/norway/days/quiet.json")
	if err != nil {
		t.Fatal(err)
	}
	question, err := json.Marshal(day)
	if err != nil {
		t.Fatal(err)
	}
	w.post(scheduler.Coordinator, "/open", string(question), http.StatusOK)
	w.watch()

	booked := `{"request":{"id":"P-9","tracer":"FDG","weight_kg":75,"dose":260,"uptake":[60,75],"scan":20,"class":3,"value":1200,"late_per_min":1,"centres":["riks"]},
		"wall":{"from":"10:00","to":"12:00","zone":"Europe/Oslo"}}`
	w.post(scheduler.Viewer, "/requests", booked, http.StatusForbidden)
	w.post(scheduler.PETStaff, "/requests", booked, http.StatusOK)
	seq := w.until("the booking", 0, kind("Booked")).Seq
	w.until("a plan with the booked patient", seq, func(x shown) bool { return x.Event.Kind() == "Adopted" && x.patch.Visits["P-9"] != nil })
	first := w.firstBatch("FDG")

	w.post(scheduler.Radiochemist, "/batches/"+string(first)+"/arm", "{}", http.StatusOK)
	w.until("the beam", seq, begun(first, scheduler.Beam))
	w.until("the synthesis", seq, begun(first, scheduler.Synthesizing))
	measured := w.until("the measurement", seq, kind("Measured"))
	w.isLow(measured.Event.Command.(scheduler.Measure), 0.7)
	if len(measured.Event.Lost) == 0 {
		t.Error("30 % of the activity is missing, and nobody lost an appointment")
	}
	again := w.until("the new plan", measured.Seq, kind("Adopted"))
	if helped := again.helps(measured.Event.Lost); helped == 0 {
		t.Errorf("the low reading cost %v, and the new plan found none of them another place", measured.Event.Lost)
	}
	w.post(scheduler.ReleasePerson, "/batches/"+string(first)+"/release", `{"meaning":"released"}`, http.StatusOK)
	w.until("the release", measured.Seq, kind("Released"))
}

func kind(word string) func(shown) bool {
	return func(x shown) bool { return x.Event.Kind() == word }
}

func begun(b scheduler.BatchID, s scheduler.Stage) func(shown) bool {
	return func(x shown) bool {
		c, ok := x.Event.Command.(scheduler.Begin)
		return ok && c.Batch == b && c.Stage == s
	}
}

// helps counts who of the lost has an appointment again.
func (x shown) helps(lost []scheduler.Unserved) (n int) {
	for _, u := range lost {
		if x.patch.Visits[u.Request] != nil {
			n++
		}
	}
	return n
}

// firstBatch is the tracer's batch whose beam starts first.
func (w *whole) firstBatch(tracer scheduler.TracerID) scheduler.BatchID {
	w.Helper()
	p, _, err := w.desk.Plan(w.date)
	if err != nil {
		w.Fatal(err)
	}
	var first scheduler.Batch
	for _, b := range p.Batches {
		if b.Tracer == tracer && (first.ID == "" || b.BeamStart < first.BeamStart) {
			first = b
		}
	}
	if first.ID == "" {
		w.Fatalf("no batch of %s is planned", tracer)
	}
	return first.ID
}

// isLow checks that the calibrator read about share of what was planned, as physics would have it.
func (w *whole) isLow(m scheduler.Measure, share float64) {
	w.Helper()
	v, _, err := w.desk.View(w.date)
	if err != nil {
		w.Fatal(err)
	}
	expected, err := v.Batches[m.Batch].Expected.At(m.Assay.Reference)
	if err != nil {
		w.Fatal(err)
	}
	if got := float64(m.Assay.Activity / expected.Activity); got < share-0.15 || got > share+0.15 {
		w.Errorf("%s was read at %.2f of plan, want about %.2f", m.Batch, got, share)
	}
}
