package live_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"go.uber.org/goleak"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
	"beamslot/scheduler/store"
	"beamslot/ui/live"
)

const today = scheduler.Date("2026-11-24")

var (
	coordinator = scheduler.Actor{Name: "Per", Role: scheduler.Coordinator}
	planner     = scheduler.Actor{Name: "planner", Role: scheduler.Planner}
)

// house is a real desk on a real journal with a hub as its board, behind a real port.
type house struct {
	testing.TB
	desk *desk.Desk
	hub  *live.Hub
	url  string
	n    atomic.Int64
	// narrow gives small buffers to who connects while it is on.
	narrow atomic.Bool
}

func morning() time.Time { return time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC) }

func newHouse(t testing.TB, o live.Options) *house {
	t.Helper()
	return houseOn(t, o, func(d live.Desk) live.Desk { return d })
}

// houseOn is a house whose hub sees the desk through something.
func houseOn(t testing.TB, o live.Options, through func(live.Desk) live.Desk) *house {
	t.Helper()
	t.Cleanup(func() {
		goleak.VerifyNone(t, goleak.IgnoreAnyFunction("testing.tRunner"), goleak.IgnoreAnyFunction("testing.(*B).run1"), goleak.IgnoreAnyFunction("testing.(*B).doBench"))
	})
	if o.Now == nil {
		o.Now = morning
	}
	j, err := store.Open(filepath.Join(t.TempDir(), "journal.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	hub := live.NewHub(o)
	d, err := desk.Open(context.Background(), j, desk.Options{Now: morning, Board: hub})
	if err != nil {
		t.Fatal(err)
	}
	hub.Attach(through(d))
	server := httptest.NewUnstartedServer(hub)
	h := &house{TB: t, desk: d, hub: hub}
	server.Listener = narrowing{server.Listener, &h.narrow}
	server.Start()
	h.url = server.URL
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := hub.Close(ctx); err != nil {
			t.Error(err)
		}
		server.Close()
		d.Close()
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// narrowing gives connections small buffers while it is on, so that a browser that does not read is felt at once.
type narrowing struct {
	net.Listener
	on *atomic.Bool
}

func (n narrowing) Accept() (net.Conn, error) {
	c, err := n.Listener.Accept()
	if t, ok := c.(*net.TCPConn); ok && n.on.Load() {
		err = t.SetWriteBuffer(16 << 10)
	}
	return c, err
}

func read[T any](t testing.TB, name string, parse func([]byte) (T, error)) T {
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

// open opens a day and adopts its plan made by hand.
func (h *house) open(date scheduler.Date, name string) {
	h.Helper()
	h.must(coordinator, scheduler.Open{About: scheduler.About{Date: date}, Day: read(h, name+".json", scheduler.ParseDay)})
	h.must(planner, scheduler.Adopt{About: scheduler.About{Date: date}, Plan: read(h, name+".by-hand.json", scheduler.ParsePlan)})
}

func (h *house) must(by scheduler.Actor, c scheduler.Command) scheduler.Entry {
	h.Helper()
	r, err := h.do(by, c)
	if err != nil {
		h.Fatalf("%s: %v", c.Kind(), err)
	}
	return r.Entry
}

func (h *house) do(by scheduler.Actor, c scheduler.Command) (desk.Receipt, error) {
	return h.desk.Do(context.Background(), desk.Act{ID: scheduler.CommandID(fmt.Sprint("t", h.n.Add(1))), By: by, Command: c})
}

// book asks for one more FDG patient in tiny-1.
func (h *house) book(date scheduler.Date, id string) scheduler.Entry {
	h.Helper()
	return h.must(coordinator, booking(h, date, id))
}

func booking(t testing.TB, date scheduler.Date, id string) scheduler.Book {
	r := read(t, "tiny-1.json", scheduler.ParseDay).Requests[0]
	r.ID, r.Window, r.Due = scheduler.RequestID(id), scheduler.Span{}, 0
	return scheduler.Book{About: scheduler.About{Date: date}, Request: r, Wall: scheduler.Wall{From: "09:00", To: "15:00", Zone: "UTC"}}
}

// said is any message of the protocol, as a browser reads it.
type said struct {
	Type    string
	Epoch   string
	Seq     scheduler.Seq
	After   scheduler.Seq
	Now     time.Time
	Speed   float64
	View    any
	Journal []scheduler.Entry
	Entry   json.RawMessage
	Patch   any
	Device  string
	Point   string
	Value   float64
	Unit    string
	Batch   scheduler.BatchID
	raw     []byte
}

// browser is a client of the protocol, and its replica of the day.
type browser struct {
	testing.TB
	conn    *websocket.Conn
	epoch   string
	seq     scheduler.Seq
	view    any
	entries []scheduler.Seq
	fresh   int // snapshots it was given
}

func dial(base, query, origin string) (*websocket.Conn, *http.Response, error) {
	header := http.Header{}
	if origin != "" {
		header.Set("Origin", origin)
	}
	return websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(base, "http")+"/live?"+query, header)
}

// watch opens a new browser on a day.
func (h *house) watch(date scheduler.Date) *browser {
	h.Helper()
	b := &browser{TB: h}
	if err := b.connect(h.url, date); err != nil {
		h.Fatal(err)
	}
	h.Cleanup(func() { b.conn.Close() })
	return b
}

// connect goes on from what the browser has.
func (b *browser) connect(base string, date scheduler.Date) error {
	q := url.Values{"day": {string(date)}}
	if b.epoch != "" {
		q.Set("after", fmt.Sprint(b.seq))
		q.Set("epoch", b.epoch)
	}
	conn, resp, err := dial(base, q.Encode(), base)
	if err != nil {
		return fmt.Errorf("%w (%v)", err, resp)
	}
	b.conn = conn
	return nil
}

// next reads one message and follows it; a gap or a repetition is an error.
func (b *browser) next() (m said, err error) {
	_, data, err := b.conn.ReadMessage()
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, fmt.Errorf("%s: %w", data, err)
	}
	m.raw = data
	return m, b.follow(m)
}

func (b *browser) follow(m said) error {
	switch m.Type {
	case "snapshot":
		if m.Seq < b.seq {
			return fmt.Errorf("a snapshot of %d came after %d", m.Seq, b.seq)
		}
		b.epoch, b.seq, b.view, b.fresh = m.Epoch, m.Seq, m.View, b.fresh+1
	case "entry":
		if m.After > b.seq || m.Seq <= b.seq {
			return fmt.Errorf("entry %d after %d came when %d was the last: missed or repeated", m.Seq, m.After, b.seq)
		}
		b.seq, b.view = m.Seq, mergePatch(b.view, m.Patch)
		b.entries = append(b.entries, m.Seq)
	case "beat":
		if m.Seq > b.seq {
			return fmt.Errorf("the beat is at %d, and the last that came was %d", m.Seq, b.seq)
		}
	}
	return nil
}

// until reads until the browser has come to an entry, or a message for which found says yes.
func (b *browser) until(seq scheduler.Seq, found func(said) bool) said {
	b.Helper()
	for {
		if found == nil && b.seq >= seq {
			return said{}
		}
		m, err := b.next()
		if err != nil {
			b.Fatal(err)
		}
		if found != nil && found(m) {
			return m
		}
	}
}

func is(kind string) func(said) bool { return func(m said) bool { return m.Type == kind } }

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

// plain is v as a browser has it; a field that is null is one that is not there.
func plain(t testing.TB, v any) any {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return mergePatch(nil, out)
}

// equalsDesk holds the browser's replica to what the desk shows now. Sections that became empty may be there or not.
func (b *browser) equalsDesk(d *desk.Desk, date scheduler.Date) {
	b.Helper()
	v, _, err := d.View(date)
	if err != nil {
		b.Fatal(err)
	}
	if diff := differs("view", withoutEmpty(plain(b, b.view)), withoutEmpty(plain(b, v))); diff != "" {
		b.Errorf("the replica is not the day: %s", diff)
	}
}

func withoutEmpty(v any) any {
	top := v.(map[string]any)
	for name, section := range top {
		if m, ok := section.(map[string]any); ok && len(m) == 0 {
			delete(top, name)
		}
	}
	return top
}

// differs names the first place where two documents differ.
func differs(at string, a, b any) string {
	x, ok1 := a.(map[string]any)
	y, ok2 := b.(map[string]any)
	if !ok1 || !ok2 {
		if reflect.DeepEqual(a, b) {
			return ""
		}
		return fmt.Sprintf("%s is %v, not %v", at, a, b)
	}
	for k := range y {
		if _, ok := x[k]; !ok {
			return fmt.Sprintf("%s.%s is missing", at, k)
		}
	}
	for k, v := range x {
		if d := differs(at+"."+k, v, y[k]); d != "" {
			return d
		}
	}
	return ""
}
