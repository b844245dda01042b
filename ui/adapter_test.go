package ui

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
	"go.uber.org/goleak"
)

const limit = 64 << 10

// doors are the ways in over which the adapter must promise the same.
var doors = []struct {
	name        string
	tls, second bool
}{
	{"HTTP/1.1", false, false},
	{"HTTP/1.1 over TLS", true, false},
	{"HTTP/2", true, true},
}

// over runs a test behind each door, with a fiber app behind the adapter.
func over(t *testing.T, routes func(*fiber.App), test func(t *testing.T, c *http.Client, url string)) {
	for _, d := range doors {
		t.Run(d.name, func(t *testing.T) {
			t.Cleanup(func() { goleak.VerifyNone(t, goleak.IgnoreAnyFunction("testing.tRunner")) })
			app := fiber.New(fiber.Config{Immutable: true, DisableStartupMessage: true})
			routes(app)
			s := httptest.NewUnstartedServer(newAdapter(app, limit, time.Minute))
			s.EnableHTTP2 = d.second
			s.Config.ErrorLog = log.New(io.Discard, "", 0) // of callers that leave, as they do here
			if d.tls {
				s.StartTLS()
			} else {
				s.Start()
			}
			c := s.Client()
			t.Cleanup(func() { c.CloseIdleConnections(); s.Close() })
			test(t, c, s.URL)
		})
	}
}

func get(t *testing.T, c *http.Client, url string) (*http.Response, string) {
	t.Helper()
	resp, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	return resp, text(t, resp)
}

func text(t *testing.T, resp *http.Response) string {
	t.Helper()
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestRepeatedHeadersAreKept(t *testing.T) {
	over(t, func(app *fiber.App) {
		app.Get("/", func(c *fiber.Ctx) error {
			for _, v := range c.Request().Header.PeekAll("X-Often") {
				c.Response().Header.Add("X-Back", string(v))
			}
			c.Cookie(&fiber.Cookie{Name: "one", Value: "1"})
			c.Cookie(&fiber.Cookie{Name: "two", Value: "2"})
			return c.SendString(c.Cookies("a") + c.Cookies("b") + c.Get("User-Agent") + c.Hostname())
		})
	}, func(t *testing.T, c *http.Client, url string) {
		req, _ := http.NewRequest(http.MethodGet, url, nil)
		req.Header["X-Often"] = []string{"first", "second", "first"}
		req.Header["Cookie"] = []string{"a=1", "b=2"}
		req.Header.Set("User-Agent", "me")
		req.Host = "board.example"
		resp, err := c.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if got := text(t, resp); got != "12meboard.example" {
			t.Errorf("cookies, agent and host came as %q", got)
		}
		if got := resp.Header["X-Back"]; !slices.Equal(got, []string{"first", "second", "first"}) {
			t.Errorf("the header came back as %v", got)
		}
		if got := resp.Header["Set-Cookie"]; len(got) != 2 {
			t.Errorf("cookies set: %v", got)
		}
	})
}

func TestAddressesStayEscaped(t *testing.T) {
	over(t, func(app *fiber.App) {
		app.All("/vials/:id/:verb", func(c *fiber.Ctx) error {
			return c.SendString(c.Method() + " " + c.Params("id") + " " + c.Params("verb") + " " + c.Query("q"))
		})
	}, func(t *testing.T, c *http.Client, url string) {
		req, _ := http.NewRequest(http.MethodPut, url+"/vials/B1%2FRAD%231%3F%25/send?q=%C3%B8%26", nil)
		resp, err := c.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if got := text(t, resp); got != "PUT B1%2FRAD%231%3F%25 send ø&" {
			t.Errorf("it came as %q", got)
		}
	})
}

func TestBodiesAreHeldToTheLimit(t *testing.T) {
	var served atomic.Int64
	over(t, func(app *fiber.App) {
		app.Post("/", func(c *fiber.Ctx) error {
			served.Add(1)
			return c.SendString(fmt.Sprint(len(c.Body())))
		})
	}, func(t *testing.T, c *http.Client, url string) {
		for name, x := range map[string]struct {
			size   int
			said   bool // its length is said in advance
			status int
		}{
			"nothing":               {0, true, 200},
			"just within":           {limit, true, 200},
			"just within, unsaid":   {limit, false, 200},
			"one over":              {limit + 1, true, 413},
			"one over, unsaid":      {limit + 1, false, 413},
			"a day file of 200 MB":  {200 << 20, true, 413},
			"200 MB without saying": {200 << 20, false, 413},
		} {
			t.Run(name, func(t *testing.T) {
				before := served.Load()
				var body io.Reader = io.LimitReader(zeros{}, int64(x.size))
				req, _ := http.NewRequest(http.MethodPost, url, body)
				if x.said {
					req.ContentLength = int64(x.size)
				}
				resp, err := c.Do(req)
				if err != nil && x.status == 413 && x.size > 1<<20 {
					return // cut off while sending: refused as well
				}
				if err != nil {
					t.Fatal(err)
				}
				got := text(t, resp)
				if resp.StatusCode != x.status {
					t.Errorf("answered %d: %s", resp.StatusCode, got)
				}
				if x.status == 413 && (resp.Header.Get("Content-Type") != "application/problem+json" || !strings.Contains(got, "65536 bytes")) {
					t.Errorf("the refusal is %s %s", resp.Header.Get("Content-Type"), got)
				}
				if x.status == 413 && served.Load() != before {
					t.Error("the handler saw it")
				}
			})
		}
	})
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestABodyThatIsCutOffIsRefused(t *testing.T) {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Post("/", func(*fiber.Ctx) error { t.Error("the handler saw half a body"); return nil })
	s := httptest.NewServer(newAdapter(app, limit, time.Minute))
	defer s.Close()
	conn, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"half\":")
	conn.(*net.TCPConn).CloseWrite()
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := text(t, resp); resp.StatusCode != 400 || !strings.Contains(got, "cut-off") {
		t.Errorf("answered %d %s", resp.StatusCode, got)
	}
}

func TestTLSIsKnown(t *testing.T) {
	over(t, func(app *fiber.App) {
		app.Get("/", func(c *fiber.Ctx) error {
			state := c.Context().TLSConnectionState()
			if state == nil {
				return c.SendString(fmt.Sprint(c.Protocol(), " ", c.Secure(), " ", string(c.Request().URI().Scheme())))
			}
			return c.SendString(fmt.Sprint(c.Protocol(), " ", c.Secure(), " ", string(c.Request().URI().Scheme()), " ", state.Version == tls.VersionTLS13))
		})
	}, func(t *testing.T, c *http.Client, url string) {
		want := "http false http"
		if strings.HasPrefix(url, "https") {
			want = "https true https true"
		}
		if _, got := get(t, c, url); got != want {
			t.Errorf("the handler sees %q, want %q", got, want)
		}
	})
}

// The handler's context is the request's, and it ends when the caller leaves.
func TestTheContextEndsWhenTheCallerLeaves(t *testing.T) {
	began, ended := make(chan struct{}), make(chan error)
	over(t, func(app *fiber.App) {
		app.Get("/", func(c *fiber.Ctx) error {
			if _, ok := c.UserContext().Value(http.ServerContextKey).(*http.Server); !ok {
				t.Error("the context is not the request's")
			}
			began <- struct{}{}
			<-c.UserContext().Done()
			ended <- c.UserContext().Err()
			return nil
		})
	}, func(t *testing.T, c *http.Client, url string) {
		ctx, leave := context.WithCancel(context.Background())
		req, _ := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		go func() {
			<-began
			leave()
		}()
		if resp, err := c.Do(req); err == nil {
			resp.Body.Close()
			t.Error("who left was answered")
		}
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("the context ended with %v", err)
		}
	})
}

// Values that are kept after the handler are not overwritten by later requests.
func TestWhatIsKeptStaysAsItWas(t *testing.T) {
	var mu sync.Mutex
	kept := map[string]string{}
	over(t, func(app *fiber.App) {
		app.Post("/:id", func(c *fiber.Ctx) error {
			mu.Lock()
			defer mu.Unlock()
			kept[c.Params("id")] = c.Get("X-Same") + string(c.Body())
			return nil
		})
	}, func(t *testing.T, c *http.Client, url string) {
		var all sync.WaitGroup
		for w := range 8 {
			all.Go(func() {
				for i := range 25 {
					id := fmt.Sprintf("id-%d-%d", w, i)
					req, _ := http.NewRequest(http.MethodPost, url+"/"+id, strings.NewReader("b"+id))
					req.Header.Set("X-Same", "h"+id)
					resp, err := c.Do(req)
					if err != nil {
						t.Error(err)
						return
					}
					resp.Body.Close()
				}
			})
		}
		all.Wait()
		mu.Lock()
		defer mu.Unlock()
		if len(kept) != 200 {
			t.Errorf("%d of 200 kept", len(kept))
		}
		for id, v := range kept {
			if v != "h"+id+"b"+id {
				t.Errorf("%s is kept as %s", id, v)
			}
		}
		clear(kept)
	})
}

func TestSmallThingsOfHTTP(t *testing.T) {
	over(t, func(app *fiber.App) {
		app.Get("/hello", func(c *fiber.Ctx) error { return c.SendString("hello") })
		app.Get("/nothing", func(c *fiber.Ctx) error { return c.SendStatus(fiber.StatusNoContent) })
		app.Get("/who", func(c *fiber.Ctx) error { return c.SendString(c.IP()) })
		app.Get("/log", func(c *fiber.Ctx) error { c.Context().Logger().Printf("quiet"); return nil })
		app.Get("/wire", func(c *fiber.Ctx) error {
			_, err := c.Context().Conn().Write([]byte("HTTP/1.1 200 OK\r\n\r\nsmuggled"))
			if !errors.Is(err, net.ErrClosed) {
				t.Errorf("a handler may write past the server: %v", err)
			}
			if c.Context().LocalAddr().String() == (&net.TCPAddr{}).String() {
				t.Error("the handler does not know where it was reached")
			}
			return nil
		})
	}, func(t *testing.T, c *http.Client, url string) {
		resp, err := c.Head(url + "/hello")
		if err != nil {
			t.Fatal(err)
		}
		if got := text(t, resp); got != "" || resp.ContentLength != 5 {
			t.Errorf("HEAD: %q of %d bytes", got, resp.ContentLength)
		}
		if resp, got := get(t, c, url+"/nothing"); resp.StatusCode != 204 || got != "" || resp.Header.Get("Content-Type") != "" {
			t.Errorf("204: %d %q %v", resp.StatusCode, got, resp.Header)
		}
		if _, got := get(t, c, url+"/who"); got != "127.0.0.1" {
			t.Errorf("the caller is %q", got)
		}
		get(t, c, url+"/log")
		get(t, c, url+"/wire")
	})
}

// FuzzFill: whatever net/http lets in goes through without a panic and keeps method and path.
func FuzzFill(f *testing.F) {
	f.Add("GET", "/a?b=c", "X-A: 1\r\nX-A: 2\r\nCookie: a=1\r\n", "body")
	f.Add("POST", "/vials/B1%2FR%231/dispatch", "Content-Type: application/json\r\n", "{}")
	f.Fuzz(func(t *testing.T, method, target, headers, body string) {
		text := fmt.Sprintf("%s %s HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n%s\r\n%s", method, target, len(body), headers, body)
		r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(text)))
		if err != nil {
			return
		}
		var to fasthttp.Request
		fill(&to, r, []byte(body))
		if string(to.Header.Method()) != r.Method {
			t.Fatalf("method %q came as %q", r.Method, to.Header.Method())
		}
		if string(to.Body()) != body {
			t.Fatalf("body %q came as %q", body, to.Body())
		}
	})
}
