package live_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"beamslot/scheduler/desk"
	"beamslot/scheduler/store"
	"beamslot/ui/live"
)

// hall is a house without wires: connections are pipes, so that the time between messages is the test's.
type hall struct {
	*testing.T
	doors chan net.Conn
	shut  chan struct{}
	hub   *live.Hub
}

func (h *hall) Accept() (net.Conn, error) {
	select {
	case c := <-h.doors:
		return c, nil
	case <-h.shut:
		return nil, net.ErrClosed
	}
}

func (h *hall) Close() error {
	select {
	case <-h.shut:
	default:
		close(h.shut)
	}
	return nil
}

func (h *hall) Addr() net.Addr { return &net.TCPAddr{} }

func newHall(t *testing.T, o live.Options) *hall {
	j, err := store.Open(filepath.Join(t.TempDir(), "journal.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	h := &hall{T: t, doors: make(chan net.Conn), shut: make(chan struct{}), hub: live.NewHub(o)}
	d, err := desk.Open(context.Background(), j, desk.Options{Now: morning, Board: h.hub})
	if err != nil {
		t.Fatal(err)
	}
	h.hub.Attach(d)
	server := &http.Server{Handler: h.hub}
	go func() { _ = server.Serve(h) }()
	t.Cleanup(func() {
		if err := h.hub.Close(context.Background()); err != nil {
			t.Error(err)
		}
		server.Close()
		d.Close()
		j.Close()
	})
	fixture := house{TB: t, desk: d}
	fixture.open(today, "medium-1")
	return h
}

// dial opens a browser; its refusal is an error.
func (h *hall) dial() (*websocket.Conn, net.Conn, error) {
	var wire net.Conn
	d := websocket.Dialer{NetDialContext: func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		wire = ours
		h.doors <- theirs
		return ours, nil
	}}
	conn, _, err := d.Dial("ws://beamslot/live?day="+string(today), http.Header{"Origin": {"http://beamslot"}})
	return conn, wire, err
}

// stay reads until the line is cut, and says when each message came.
func stay(conn *websocket.Conn, start time.Time) (beats []time.Duration, cut time.Duration) {
	for {
		_, data, err := conn.ReadMessage()
		if err != nil {
			return beats, time.Since(start)
		}
		if string(data[:14]) == `{"type":"beat"` {
			beats = append(beats, time.Since(start))
		}
	}
}

func TestTheHeartBeats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHall(t, live.Options{})
		start := time.Now()
		conn, _, err := h.dial()
		if err != nil {
			t.Fatal(err)
		}
		pings := 0
		pong := conn.PingHandler()
		conn.SetPingHandler(func(s string) error { pings++; return pong(s) })
		time.AfterFunc(121*time.Second, func() { conn.Close() })
		beats, _ := stay(conn, start)
		var want []time.Duration
		for s := 5 * time.Second; s <= 2*time.Minute; s += 5 * time.Second {
			want = append(want, s)
		}
		if !slices.Equal(beats, want) {
			t.Errorf("beats came at %v, want one every 5 s for two minutes", beats)
		}
		if pings != 6 {
			t.Errorf("%d pings in two minutes, want 6", pings)
		}
	})
}

func TestWhoAnswersNoPingIsClosed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHall(t, live.Options{})
		start := time.Now()
		conn, _, err := h.dial()
		if err != nil {
			t.Fatal(err)
		}
		conn.SetPingHandler(func(string) error { return nil })
		if _, cut := stay(conn, start); cut != time.Minute {
			t.Errorf("the silent one was cut after %v, want 1 min", cut)
		}
	})
}

func TestWhoTakesNothingIsClosed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHall(t, live.Options{Boards: 1})
		stuck, _, err := h.dial()
		if err != nil {
			t.Fatal(err)
		}
		defer stuck.Close()
		time.Sleep(9 * time.Second)
		if _, _, err := h.dial(); !errors.Is(err, websocket.ErrBadHandshake) {
			t.Errorf("after 9 s the stuck one's place was given away (%v)", err)
		}
		time.Sleep(2 * time.Second)
		conn, _, err := h.dial()
		if err != nil {
			t.Fatalf("after 11 s the stuck one still has its place: %v", err)
		}
		conn.Close()
	})
}

// A line that is slow but moves is left alone, however long the day takes to get through.
func TestWhoTakesALittleIsLeftAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHall(t, live.Options{Beat: time.Hour, Silent: time.Hour})
		start := time.Now()
		_, wire, err := h.dial()
		if err != nil {
			t.Fatal(err)
		}
		defer wire.Close()
		got := 0
		for got < 40<<10 {
			time.Sleep(9 * time.Second)
			n, err := io.ReadFull(wire, make([]byte, 16<<10))
			got += n
			if err != nil {
				t.Fatalf("cut after %d bytes and %v: %v", got, time.Since(start), err)
			}
		}
	})
}

// A day that nobody watches is forgotten after a while, and found again.
func TestADayIsForgottenAndFound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHall(t, live.Options{Keep: 3})
		for range 2 {
			conn, _, err := h.dial()
			if err != nil {
				t.Fatal(err)
			}
			var m said
			if err := conn.ReadJSON(&m); err != nil || m.Type != "snapshot" || m.Seq != 2 {
				t.Errorf("%s %d, %v", m.Type, m.Seq, err)
			}
			conn.Close()
			time.Sleep(time.Minute)
		}
	})
}
