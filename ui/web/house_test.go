package web_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"beamslot/fixtures"
	"beamslot/scheduler"
	"beamslot/scheduler/desk"
	"beamslot/scheduler/store"
	"beamslot/ui"
	"beamslot/ui/live"
	"beamslot/ui/web"
)

// Who asks in these tests.
var (
	coordinator = scheduler.Actor{Name: "Kari", Role: scheduler.Coordinator}
	machines    = scheduler.Actor{Name: "floor", Role: scheduler.FloorRole}
)

// turned is a clock that runs with the wall, some times faster, and can be put forward by hand.
type turned struct {
	mu     sync.Mutex
	wall   time.Time
	says   time.Time
	faster float64
}

func (c *turned) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.says.Add(time.Duration(float64(time.Since(c.wall)) * c.faster)).UTC()
}

func (c *turned) to(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wall, c.says = time.Now(), t
}

// house is a whole Beamslot: journal, desk, planner, hub and server on one real port, with the quiet day open.
type house struct {
	testing.TB
	clock  *turned
	desk   *desk.Desk
	server *httptest.Server
	date   scheduler.Date
	shut   func()
	n      int
}

// faster than the wall, so that an activity falls while one looks.
const faster = 30

func openHouse(t testing.TB) *house {
	t.Helper()
	day := quietDay(t)
	midnight, err := day.Date.Midnight()
	if err != nil {
		t.Fatal(err)
	}
	c := &turned{wall: time.Now(), says: midnight.Add(150 * time.Minute), faster: faster}
	j, err := store.Open(filepath.Join(t.TempDir(), "journal.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	hub := live.NewHub(live.Options{Now: c.Now, Speed: faster, Beat: 200 * time.Millisecond})
	d, err := desk.Open(t.Context(), j, desk.Options{Now: c.Now, Board: hub, Budget: 500 * time.Millisecond, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	hub.Attach(d)
	s, err := ui.New(ui.Options{Desk: d, Hub: hub, Web: web.Files()})
	if err != nil {
		t.Fatal(err)
	}
	h := &house{TB: t, clock: c, desk: d, server: httptest.NewServer(s), date: day.Date}
	h.closing(hub, j, h.planning())
	h.do(coordinator, scheduler.Open{About: h.about(), Day: day})
	h.until("the day is planned", func() bool { plan, _, _ := d.Plan(day.Date); return len(plan.Appointments) > 0 })
	return h
}

// planning runs the planner until its end is called.
func (h *house) planning() (end func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { h.desk.Plans(ctx) })
	return func() { cancel(); running.Wait() }
}

// closing ends everything in order, once: at the end, or earlier when a test wants the server gone.
func (h *house) closing(hub *live.Hub, j *store.Journal, planner func()) {
	h.shut = sync.OnceFunc(func() {
		planner()
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := hub.Close(ctx); err != nil {
			h.Error(err)
		}
		h.server.Close()
		if broken := h.desk.Laws(); len(broken) > 0 {
			h.Errorf("the day breaks %v", broken)
		}
		h.desk.Close()
		if err := j.Close(); err != nil {
			h.Error(err)
		}
	})
	h.Cleanup(h.shut)
}

func quietDay(t testing.TB) scheduler.Day {
	t.Helper()
	data, err := fixtures.FS.ReadFile("norway/days/quiet.json")
	if err != nil {
		t.Fatal(err)
	}
	day, err := scheduler.ParseDay(data)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

func (h *house) about() scheduler.About { return scheduler.About{Date: h.date} }

// do asks the desk itself, as the program's own parts do.
func (h *house) do(by scheduler.Actor, c scheduler.Command) {
	h.Helper()
	h.n++
	if _, err := h.desk.Do(h.Context(), desk.Act{ID: scheduler.CommandID(fmt.Sprintf("test-%d", h.n)), By: by, Command: c}); err != nil {
		h.Fatalf("%s: %v", c.Kind(), err)
	}
}

// post asks over HTTP, as another program of the hospital would.
func (h *house) post(path, body string) {
	h.Helper()
	h.n++
	ask, err := http.NewRequestWithContext(h.Context(), http.MethodPost, h.server.URL+"/api/days/"+string(h.date)+path, strings.NewReader(body))
	if err != nil {
		h.Fatal(err)
	}
	for name, value := range map[string]string{
		"Content-Type": "application/json", "Beamslot-Name": "Kari", "Beamslot-Role": "coordinator", "Idempotency-Key": fmt.Sprintf("http-%d", h.n),
	} {
		ask.Header.Set(name, value)
	}
	answer, err := h.server.Client().Do(ask)
	if err != nil {
		h.Fatal(err)
	}
	defer answer.Body.Close()
	if said, _ := io.ReadAll(answer.Body); answer.StatusCode != http.StatusOK {
		h.Fatalf("POST %s: %s: %s", path, answer.Status, said)
	}
}

// batch is the plan's first batch of the tracer.
func (h *house) batch(tracer scheduler.TracerID) *desk.BatchView {
	h.Helper()
	v, _, err := h.desk.View(h.date)
	if err != nil {
		h.Fatal(err)
	}
	var first *desk.BatchView
	for _, b := range v.Batches {
		if b.Tracer == tracer && (first == nil || b.BeamStart < first.BeamStart) {
			first = b
		}
	}
	if first == nil {
		h.Fatalf("the plan has no batch of %s", tracer)
	}
	return first
}

// turnTo puts the clock to a minute of the day.
func (h *house) turnTo(m scheduler.Minute) {
	midnight, err := h.date.Midnight()
	if err != nil {
		h.Fatal(err)
	}
	h.clock.to(m.On(midnight))
}

// until waits for what must come to be true.
func (h *house) until(what string, true func() bool) {
	h.Helper()
	for end := time.Now().Add(patience); !true(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			h.Fatalf("waited %v in vain: %s", patience, what)
		}
	}
}

// patience is how long these tests wait for what must come; on an idle machine it comes at once.
const patience = 60 * time.Second
