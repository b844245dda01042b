package ui_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/goleak"

	"beamslot/scheduler/desk"
	"beamslot/scheduler/store"
	"beamslot/ui"
	"beamslot/ui/live"
)

// parts are a real desk and hub, and a page.
func parts(t *testing.T) ui.Options {
	t.Helper()
	t.Cleanup(func() { goleak.VerifyNone(t, goleak.IgnoreAnyFunction("testing.tRunner")) })
	j, err := store.Open(filepath.Join(t.TempDir(), "journal.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	hub := live.NewHub(live.Options{})
	d, err := desk.Open(context.Background(), j, desk.Options{Now: time.Now, Board: hub})
	if err != nil {
		t.Fatal(err)
	}
	hub.Attach(d)
	t.Cleanup(func() {
		if err := hub.Close(context.Background()); err != nil {
			t.Error(err)
		}
		d.Close()
		j.Close()
	})
	return ui.Options{Desk: d, Hub: hub, Web: fstest.MapFS{
		"index.html":    {Data: []byte("<!doctype html><title>Beamslot</title>")},
		"assets/app.js": {Data: []byte("export {}")},
	}}
}

func serve(t *testing.T, o ui.Options) *httptest.Server {
	t.Helper()
	s, err := ui.New(o)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(func() { server.Close(); http.DefaultClient.CloseIdleConnections() })
	return server
}

func ask(t *testing.T, method, url string, header http.Header) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range header {
		req.Header[name] = values
	}
	req.Host = header.Get("Host")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

func TestThePage(t *testing.T) {
	s := serve(t, parts(t))
	resp, body := ask(t, "GET", s.URL+"/", nil)
	if resp.StatusCode != 200 || !strings.Contains(body, "Beamslot") || resp.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("%d %v %q", resp.StatusCode, resp.Header, body)
	}
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
	} {
		if got := resp.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	policy := resp.Header.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"} {
		if !strings.Contains(policy, part) {
			t.Errorf("the policy %q lacks %s", policy, part)
		}
	}
	for _, hole := range []string{"unsafe", "*", "http", "data:"} {
		if strings.Contains(policy, hole) {
			t.Errorf("the policy %q lets %s through", policy, hole)
		}
	}
	resp, _ = ask(t, "GET", s.URL+"/assets/app.js", nil)
	if kind := resp.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/javascript") {
		t.Errorf("the script is %s", kind)
	}
	again, _ := ask(t, "GET", s.URL+"/assets/app.js", http.Header{"If-None-Match": {resp.Header.Get("ETag")}})
	if resp.Header.Get("ETag") == "" || again.StatusCode != 304 {
		t.Errorf("tag %q, then %d", resp.Header.Get("ETag"), again.StatusCode)
	}
}

func TestAddresses(t *testing.T) {
	s := serve(t, parts(t))
	for _, c := range []struct {
		method, path string
		status       int
		says         string
	}{
		{"GET", "/healthz", 200, "ok"},
		{"HEAD", "/", 200, ""},
		{"GET", "/api/days", 200, `{"days":[]}`},
		{"GET", "/nothing.js", 404, ""},
		{"GET", "/assets/", 404, ""},
		{"POST", "/", 405, "only read"},
		{"GET", "/live?day=2026-11-24", 403, "Origin"},
		{"BREW", "/api/days", 405, "method"},
		{"GET", "/api/nothing", 404, "no-such-address"},
	} {
		if resp, body := ask(t, c.method, s.URL+c.path, nil); resp.StatusCode != c.status || !strings.Contains(body, c.says) {
			t.Errorf("%s %s: %d %q, want %d and %q", c.method, c.path, resp.StatusCode, body, c.status, c.says)
		}
	}
}

// A foreign name that was made to point at this machine is not ours.
func TestHosts(t *testing.T) {
	for name, c := range map[string]struct {
		o    ui.Options
		host string
		ours bool
	}{
		"by number":                 {ui.Options{}, "127.0.0.1:8080", true},
		"by another loopback":       {ui.Options{}, "127.9.9.9", true},
		"by six":                    {ui.Options{}, "[::1]:8080", true},
		"by six without port":       {ui.Options{}, "[::1]", true},
		"localhost":                 {ui.Options{}, "LocalHost:8080", true},
		"a foreign name":            {ui.Options{}, "evil.example:8080", false},
		"a name that looks like us": {ui.Options{}, "127.0.0.1.evil.example", false},
		"localhost's neighbour":     {ui.Options{}, "localhost.evil.example", false},
		"an address of the network": {ui.Options{}, "192.0.2.7", false},
		"and when it is trusted":    {ui.Options{TrustNetwork: true}, "192.0.2.7:80", true},
		"but still no name":         {ui.Options{TrustNetwork: true}, "evil.example", false},
		"a name that was allowed":   {ui.Options{Hosts: []string{"board.example"}}, "Board.example:443", true},
		"and no other":              {ui.Options{Hosts: []string{"board.example"}}, "evil.example", false},
	} {
		t.Run(name, func(t *testing.T) {
			o := parts(t)
			o.Hosts, o.TrustNetwork = c.o.Hosts, c.o.TrustNetwork
			s := serve(t, o)
			for _, path := range []string{"/", "/api/days", "/healthz"} {
				resp, body := ask(t, "GET", s.URL+path, http.Header{"Host": {c.host}})
				if c.ours != (resp.StatusCode == 200) || !c.ours && (resp.StatusCode != 421 || !strings.Contains(body, "wrong-host")) {
					t.Errorf("%s as %s: %d %s", path, c.host, resp.StatusCode, body)
				}
			}
		})
	}
}

func TestOrigins(t *testing.T) {
	o := parts(t)
	o.Origins = []string{"https://board.example"}
	s := serve(t, o)
	for name, c := range map[string]struct {
		header http.Header
		status int
	}{
		"no browser":               {nil, 401}, // let in, and then asked who
		"our own page":             {http.Header{"Origin": {s.URL}, "Sec-Fetch-Site": {"same-origin"}}, 401},
		"a page of another origin": {http.Header{"Origin": {"http://evil.example"}, "Sec-Fetch-Site": {"cross-site"}}, 403},
		"by an old browser":        {http.Header{"Origin": {"http://evil.example"}}, 403},
		"our neighbour's":          {http.Header{"Origin": {"http://127.0.0.1:1"}, "Sec-Fetch-Site": {"same-site"}}, 403},
		"an allowed origin":        {http.Header{"Origin": {"https://board.example"}, "Sec-Fetch-Site": {"cross-site"}}, 401},
	} {
		resp, body := ask(t, "POST", s.URL+"/api/days/2026-11-24/open", c.header)
		if resp.StatusCode != c.status || resp.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s", name, resp.StatusCode, body)
		}
		if resp.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: may read", name)
		}
	}
	o.Origins = []string{"board.example"}
	if _, err := ui.New(o); err == nil {
		t.Error("an origin without a scheme is allowed")
	}
}

func TestOnlyLoopbackUnlessTold(t *testing.T) {
	o := parts(t)
	careful, err := ui.New(o)
	if err != nil {
		t.Fatal(err)
	}
	for addr, ok := range map[string]bool{"127.0.0.1:0": true, "localhost:0": true, "0.0.0.0:0": false, ":0": false} {
		l, err := careful.Listen(addr)
		if (err == nil) != ok {
			t.Errorf("%s: %v", addr, err)
		}
		if err == nil {
			l.Close()
		} else if !strings.Contains(err.Error(), "127.0.0.1") {
			t.Errorf("%s: %v says not what to do", addr, err)
		}
	}
	l, err := net.Listen("tcp", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := careful.Serve(context.Background(), l); err == nil {
		t.Error("it served the whole network")
	}
	o.TrustNetwork = true
	trusting, err := ui.New(o)
	if err != nil {
		t.Fatal(err)
	}
	if l, err = trusting.Listen("0.0.0.0:0"); err != nil {
		t.Fatal(err)
	}
	l.Close()
	if _, err := ui.New(ui.Options{}); err == nil {
		t.Error("a server without a desk was made")
	}
}
