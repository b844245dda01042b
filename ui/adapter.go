package ui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"beamslot/ui/api"
)

// adapter carries net/http's requests into a fiber app. Unlike fiber's own it keeps repeated headers, holds
// bodies to a limit, sends streams as they come, knows TLS, and passes on the context that ends when the caller leaves.
type adapter struct {
	app   *fiber.App
	serve fasthttp.RequestHandler
	limit int64         // bytes of a body
	pace  time.Duration // a reader that takes nothing for so long is given up
	quiet fasthttp.Logger
}

func newAdapter(app *fiber.App, limit int64, pace time.Duration) adapter {
	return adapter{app, app.Handler(), limit, pace, log.New(io.Discard, "", 0)}
}

func (a adapter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !slices.Contains(fiber.DefaultMethods, r.Method) { // fiber would answer in plain text
		api.WrongMethod().ServeHTTP(w, r)
		return
	}
	body, no := a.body(w, r)
	if no != nil {
		no.ServeHTTP(w, r)
		return
	}
	var ctx fasthttp.RequestCtx // never pooled: what a stream still reads is nobody else's
	ctx.Init2(wireOf(r), a.quiet, true)
	fill(&ctx.Request, r, body)
	a.lend(&ctx, r.Context())
	a.serve(&ctx)
	a.reply(w, r, &ctx.Response)
}

// body reads at most limit bytes.
func (a adapter) body(w http.ResponseWriter, r *http.Request) ([]byte, *api.Problem) {
	if r.ContentLength > a.limit {
		w.Header().Set("Connection", "close") // the rest is not worth reading
		return nil, api.TooLarge(a.limit)
	}
	var read bytes.Buffer
	_, err := read.ReadFrom(http.MaxBytesReader(w, r.Body, a.limit))
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over):
		return nil, api.TooLarge(a.limit)
	case err != nil:
		return nil, api.CutOff(err)
	}
	return read.Bytes(), nil
}

// lend puts the request's context where fiber's handlers look for it.
func (a adapter) lend(to *fasthttp.RequestCtx, ctx context.Context) {
	c := a.app.AcquireCtx(to)
	c.SetUserContext(ctx)
	a.app.ReleaseCtx(c)
}

// fill says the request in fasthttp's words.
func fill(to *fasthttp.Request, r *http.Request, body []byte) {
	to.Header.SetMethod(r.Method)
	to.Header.SetProtocol(r.Proto)
	to.SetRequestURI(r.URL.RequestURI())
	for name, values := range r.Header {
		switch name {
		case "Connection", "Content-Length", "Transfer-Encoding", "Trailer", "Upgrade", "Keep-Alive":
			// of this hop, not of the request
		case "Cookie": // HTTP/2 sends them apart, fasthttp keeps the last only
			to.Header.Set(name, strings.Join(values, "; "))
		default:
			for _, v := range values {
				to.Header.Add(name, v)
			}
		}
	}
	to.Header.SetHost(r.Host)
	if r.TLS != nil {
		to.URI().SetScheme("https")
	}
	if len(body) > 0 {
		to.SetBodyRaw(body)
		to.Header.SetContentLength(len(body))
	}
}

func (a adapter) reply(w http.ResponseWriter, r *http.Request, from *fasthttp.Response) {
	status := from.StatusCode()
	headers(w.Header(), from)
	if stream := from.BodyStream(); stream != nil {
		a.stream(w, r, stream, status, from.Header.ContentLength())
		return
	}
	body := from.Body()
	if status == http.StatusNoContent || status == http.StatusNotModified {
		w.Header().Del("Content-Type")
	} else {
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	}
	w.WriteHeader(status)
	_, _ = w.Write(body) // the caller may have left; a HEAD takes none
}

func headers(to http.Header, from *fasthttp.Response) {
	from.Header.VisitAll(func(name, value []byte) {
		switch n := string(name); n {
		case "Content-Length", "Transfer-Encoding", "Trailer", "Keep-Alive":
			// net/http says these itself
		default:
			to.Add(n, string(value))
		}
	})
}

// stream sends what comes when it comes, and closes the source as soon as the caller leaves. A source that breaks
// breaks the answer off, so that nobody takes it for whole.
func (a adapter) stream(w http.ResponseWriter, r *http.Request, from io.Reader, status, length int) {
	end := sync.OnceFunc(func() {
		if c, ok := from.(io.Closer); ok {
			_ = c.Close()
		}
	})
	defer end()
	defer context.AfterFunc(r.Context(), end)()
	if length >= 0 {
		w.Header().Set("Content-Length", strconv.Itoa(length))
	}
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return
	}
	if err := a.pour(w, from); err != nil || r.Context().Err() != nil {
		panic(http.ErrAbortHandler)
	}
}

func (a adapter) pour(w http.ResponseWriter, from io.Reader) error {
	out, chunk := http.NewResponseController(w), make([]byte, 32<<10)
	for {
		n, err := from.Read(chunk)
		if n > 0 {
			_ = out.SetWriteDeadline(time.Now().Add(a.pace)) // not every writer has deadlines
			if _, err := w.Write(chunk[:n]); err != nil {
				return err
			}
			if err := out.Flush(); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
