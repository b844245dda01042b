package ui_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
	"beamslot/ui"
)

// running serves on a free port until the test calls stop, which gives what Serve returned.
func running(t *testing.T, o ui.Options) (addr string, stop func() error) {
	t.Helper()
	s, err := ui.New(o)
	if err != nil {
		t.Fatal(err)
	}
	l, err := s.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	return l.Addr().String(), func() error { cancel(); return <-ended }
}

// open opens an almost empty day, so that there is something to watch.
func open(t *testing.T, d interface {
	Do(context.Context, desk.Act) (desk.Receipt, error)
}) {
	t.Helper()
	_, err := d.Do(context.Background(), desk.Act{ID: "open", By: scheduler.Actor{Name: "Per", Role: scheduler.Coordinator},
		Command: scheduler.Open{About: scheduler.About{Date: "2026-11-24"}, Day: scheduler.Day{Format: scheduler.DayFormat2, Name: "empty", TimeStep: 5, Horizon: scheduler.Span{0, 1440}}}})
	if err != nil {
		t.Fatal(err)
	}
}

// Reverse proxies reuse a connection: a GET and then the upgrade come over the same one. When the server stops, the
// boards are told first.
func TestAnUpgradeAfterAGetAndAGoodbye(t *testing.T) {
	o := parts(t)
	open(t, o.Desk)
	addr, stop := running(t, o)
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET /healthz HTTP/1.1\r\nHost: %s\r\n\r\n", addr)
	in := bufio.NewReader(conn)
	resp, err := http.ReadResponse(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	d := websocket.Dialer{NetDial: func(string, string) (net.Conn, error) { return conn, nil }}
	board, _, err := d.Dial("ws://"+addr+"/live?day=2026-11-24", http.Header{"Origin": {"http://" + addr}})
	if err != nil {
		t.Fatal(err)
	}
	if _, m, err := board.ReadMessage(); err != nil || !strings.HasPrefix(string(m), `{"type":"snapshot"`) {
		t.Fatalf("%s, %v", m, err)
	}
	if err := stop(); err != nil {
		t.Errorf("the server did not stop cleanly: %v", err)
	}
	if _, _, err := board.ReadMessage(); !websocket.IsCloseError(err, websocket.CloseGoingAway) {
		t.Errorf("the board was left with %v", err)
	}
	if c, err := net.Dial("tcp", addr); err == nil {
		c.Close()
		t.Error("the port is still open")
	}
}

// slow is a desk whose answer waits for the test.
type slow struct {
	*desk.Desk
	asked, free chan struct{}
}

func (s slow) Days() []scheduler.Date {
	close(s.asked)
	<-s.free
	return s.Desk.Days()
}

// What is under way when the server stops is answered.
func TestWhatIsUnderWayIsAnswered(t *testing.T) {
	o := parts(t)
	s := slow{o.Desk.(*desk.Desk), make(chan struct{}), make(chan struct{})}
	o.Desk = s
	addr, stop := running(t, o)
	answered := make(chan string, 1)
	go func() {
		resp, err := http.Get("http://" + addr + "/api/days")
		if err != nil {
			answered <- err.Error()
			return
		}
		defer resp.Body.Close()
		body, _ := io.ReadAll(resp.Body)
		answered <- string(body)
	}()
	<-s.asked
	time.AfterFunc(50*time.Millisecond, func() { close(s.free) })
	if err := stop(); err != nil {
		t.Errorf("the server did not stop cleanly: %v", err)
	}
	if got := <-answered; got != `{"days":[]}` {
		t.Errorf("it was answered %q", got)
	}
	http.DefaultClient.CloseIdleConnections()
}

// A request that does not end is cut off after the grace, and Serve says so.
func TestTheGraceEnds(t *testing.T) {
	o := parts(t)
	s := slow{o.Desk.(*desk.Desk), make(chan struct{}), make(chan struct{})}
	o.Desk, o.Grace = s, 20*time.Millisecond
	addr, stop := running(t, o)
	go func() {
		if resp, err := http.Get("http://" + addr + "/api/days"); err == nil {
			resp.Body.Close()
		}
	}()
	<-s.asked
	if err := stop(); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Serve returned %v", err)
	}
	close(s.free)
}

func TestOverTLSWithHTTP2(t *testing.T) {
	o := parts(t)
	lender := httptest.NewTLSServer(nil)
	o.TLS = &tls.Config{Certificates: lender.TLS.Certificates}
	trust := lender.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	lender.Close()
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trust}, ForceAttemptHTTP2: true}}
	addr, stop := running(t, o)
	resp, err := client.Get("https://" + addr + "/api/days")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil || resp.ProtoMajor != 2 || string(body) != `{"days":[]}` || resp.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("%s %q %v, %v", resp.Proto, body, resp.Header, err)
	}
	client.CloseIdleConnections()
	if err := stop(); err != nil {
		t.Error(err)
	}
}
