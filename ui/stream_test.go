package ui

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// What is streamed arrives before the stream ends: the handler goes on only when the first half was read.
func TestStreamsAreNotBuffered(t *testing.T) {
	read := make(chan struct{})
	over(t, func(app *fiber.App) {
		app.Get("/", func(c *fiber.Ctx) error {
			c.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
				_, _ = w.WriteString("first")
				_ = w.Flush()
				<-read
				_, _ = w.WriteString("second")
			})
			return nil
		})
		app.Get("/known", func(c *fiber.Ctx) error { return c.SendStream(strings.NewReader("twelve bytes"), 12) })
		app.Get("/broken", func(c *fiber.Ctx) error {
			c.Context().SetBodyStream(io.MultiReader(strings.NewReader("half"), broken{}), -1)
			return nil
		})
	}, func(t *testing.T, c *http.Client, url string) {
		resp, err := c.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		first := make([]byte, 5)
		if _, err := io.ReadFull(resp.Body, first); err != nil || string(first) != "first" {
			t.Fatalf("%q, %v", first, err)
		}
		read <- struct{}{}
		if rest := text(t, resp); rest != "second" {
			t.Errorf("then came %q", rest)
		}
		if resp, got := get(t, c, url+"/known"); got != "twelve bytes" || resp.ContentLength != 12 {
			t.Errorf("%q of %d bytes", got, resp.ContentLength)
		}
		resp, err = c.Get(url + "/broken")
		if err != nil {
			return // cut off before the answer began
		}
		defer resp.Body.Close()
		if got, err := io.ReadAll(resp.Body); err == nil {
			t.Errorf("a broken stream passed for whole: %q", got)
		}
	})
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("the journal's disk is gone") }

// A stream whose reader leaves is closed, though its source has nothing more to say.
func TestAStreamEndsWhenTheCallerLeaves(t *testing.T) {
	var source *pause
	over(t, func(app *fiber.App) {
		source = &pause{strings.NewReader("first"), make(chan struct{})}
		app.Get("/", func(c *fiber.Ctx) error {
			c.Context().SetBodyStream(source, -1)
			return nil
		})
	}, func(t *testing.T, c *http.Client, url string) {
		ctx, leave := context.WithCancel(context.Background())
		defer leave()
		req, _ := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		resp, err := c.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		first := make([]byte, 5)
		if _, err := io.ReadFull(resp.Body, first); err != nil {
			t.Fatal(err)
		}
		leave()
		resp.Body.Close()
		<-source.closed
	})
}

// pause has something to say, and then nothing until it is closed.
type pause struct {
	*strings.Reader
	closed chan struct{}
}

func (p *pause) Read(b []byte) (int, error) {
	if p.Len() > 0 {
		return p.Reader.Read(b)
	}
	<-p.closed
	return 0, io.ErrClosedPipe
}

func (p *pause) Close() error { close(p.closed); return nil }
