package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
	"beamslot/scheduler/store"
	"beamslot/ui"
	"beamslot/ui/api"
	"beamslot/ui/live"
)

const (
	today = "/api/days/2026-11-24"
	date  = scheduler.Date("2026-11-24")
	vial  = "B1/C1#1"     // as the planner might name a vial
	road  = "B1%2FC1%231" // and as it is written in an address
)

// house is the real desk on a real journal behind the real server.
type house struct {
	testing.TB
	desk    *desk.Desk
	journal *store.Journal
	url     string
	keys    int
	mu      sync.Mutex
	now     time.Time
}

type plant []api.Device

func (p plant) Devices() []api.Device { return p }

func newHouse(t testing.TB) *house {
	t.Helper()
	h := &house{TB: t}
	h.minute(0)
	var err error
	if h.journal, err = store.Open(filepath.Join(t.TempDir(), "journal.db"), store.Options{}); err != nil {
		t.Fatal(err)
	}
	if h.desk, err = desk.Open(context.Background(), h.journal, desk.Options{Now: h.clock}); err != nil {
		t.Fatal(err)
	}
	hub := live.NewHub(live.Options{Now: h.clock})
	hub.Attach(h.desk)
	s, err := ui.New(ui.Options{Desk: h.desk, Hub: hub, Plant: plant{{Name: "cyclotron", Kind: "cyclotron", Site: "S1", Online: true, State: "idle"}}})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	h.url = server.URL
	t.Cleanup(func() {
		h.TB = t // a fuzz target puts its own in its place
		server.Close()
		if err := hub.Close(context.Background()); err != nil {
			t.Error(err)
		}
		h.laws()
		h.desk.Close()
		if err := h.journal.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

func (h *house) laws() {
	for _, b := range h.desk.Laws() {
		h.Errorf("law %s is broken at %s: %s", b.Law, b.On, b.Says)
	}
}

func (h *house) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

// minute turns the clock to a minute of the day.
func (h *house) minute(m scheduler.Minute) {
	midnight, _ := date.Midnight()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = m.On(midnight)
}

// call is one request; what is empty is filled so that it is a good one.
type call struct {
	method, path, body string
	role, key, match   string
	header             http.Header // over all that
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

func (h *house) send(c call) answer {
	h.Helper()
	if c.method == "" {
		c.method = http.MethodPost
	}
	req, err := http.NewRequest(c.method, h.url+c.path, strings.NewReader(c.body))
	if err != nil {
		h.Fatal(err)
	}
	h.dress(req, c)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		h.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		h.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(body)}
}

func (h *house) dress(req *http.Request, c call) {
	if c.key == "" {
		h.keys++
		c.key = fmt.Sprint("key-", h.keys)
	}
	if c.role == "" {
		c.role = string(scheduler.Coordinator)
	}
	req.Header = http.Header{"Content-Type": {"application/json"}, "Idempotency-Key": {c.key},
		"Beamslot-Name": {"Per"}, "Beamslot-Role": {c.role}}
	if c.match != "" {
		req.Header.Set("If-Match", c.match)
	}
	for name, values := range c.header {
		if req.Header[name] = values; values == nil {
			delete(req.Header, name)
		}
	}
}

// receipt is an acknowledgement.
type receipt struct {
	Entry struct {
		Seq   scheduler.Seq
		Event string
		By    scheduler.Actor
		ID    string
	}
	Again bool
}

// must sends what has to work, and checks the laws after it.
func (h *house) must(c call) (r receipt) {
	h.Helper()
	a := h.send(c)
	if a.status != http.StatusOK {
		h.Fatalf("%s: %d %s", c.path, a.status, a.body)
	}
	h.read(a, &r)
	if tag := fmt.Sprintf(`"%d"`, r.Entry.Seq); a.header.Get("ETag") != tag {
		h.Errorf("%s: ETag %s, want %s", c.path, a.header.Get("ETag"), tag)
	}
	h.laws()
	return r
}

func (h *house) get(path string) answer { h.Helper(); return h.send(call{method: "GET", path: path}) }

// read takes an answer apart, and knows every field of it.
func (h *house) read(a answer, v any) {
	h.Helper()
	if err := json.Unmarshal([]byte(a.body), v); err != nil {
		h.Fatalf("%s: %v", a.body, err)
	}
}

// problem reads a refusal, which must be a problem document from first to last.
func (h *house) problem(a answer) (p api.Problem) {
	h.Helper()
	if got := a.header.Get("Content-Type"); got != "application/problem+json" {
		h.Errorf("%d with %s: %s", a.status, got, a.body)
	}
	d := json.NewDecoder(strings.NewReader(a.body))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		h.Fatalf("%s: %v", a.body, err)
	}
	if p.Status != a.status || !strings.HasPrefix(p.Type, "urn:beamslot:problem:") || p.Title == "" || p.Detail == "" {
		h.Errorf("the problem document is %s", a.body)
	}
	return p
}

func instance(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../fixtures/instances", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(bytes.ReplaceAll(data, []byte("D-B1-C1"), []byte(vial)))
}

// openTiny opens tiny-1 and adopts its plan made by hand: one FDG batch, one vial, six patients.
func (h *house) openTiny() {
	h.Helper()
	h.must(call{path: today + "/open", body: instance(h, "tiny-1.json")})
	h.must(call{path: today + "/plan", body: instance(h, "tiny-1.by-hand.json"), match: "1"})
}

// booking is a good body for one more patient of tiny-1.
const booking = `{"request":{"id":"R9","tracer":"FDG","weight_kg":70,"dose":210,"uptake":[60,70],"scan":20,"class":2,
 "value":900,"late_per_min":2,"centres":["C1"]},"wall":{"from":"09:00","to":"11:00","zone":"UTC"}}`
