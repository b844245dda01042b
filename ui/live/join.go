package live

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/websocket"

	"beamslot/scheduler"
)

// refusal is why a board was not let in.
type refusal struct {
	status int
	says   string
}

func (r *refusal) Error() string { return r.says }

// ServeHTTP lets a board in: /live?day=DATE&after=N&epoch=E. It returns as soon as the connection is taken over.
func (h *Hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b, from, err := h.admit(r)
	if err != nil {
		var no *refusal
		if !errors.As(err, &no) {
			no = &refusal{http.StatusNotFound, err.Error()}
		}
		http.Error(w, no.says, no.status)
		return
	}
	up := websocket.Upgrader{
		ReadBufferSize: 512, WriteBufferSize: 512, // messages are written past them; small ones are all that is read
		CheckOrigin: h.o.allows,
	}
	if b.conn, err = up.Upgrade(taken{w, h.o.Stuck}, r, nil); err != nil {
		h.standUp()
		return // the upgrader has said why
	}
	h.begin(b, from)
}

// admit looks at everything that can be refused before the connection is taken over.
func (h *Hub) admit(r *http.Request) (*board, resume, error) {
	if !h.o.allows(r) {
		return nil, resume{}, &refusal{http.StatusForbidden, "a board is opened from a page of this server: the Origin header is missing or not allowed"}
	}
	date, from, err := wish(r.URL.Query())
	if err != nil {
		return nil, from, err
	}
	if err := h.sitDown(); err != nil {
		return nil, from, err
	}
	st, err := h.stream(date)
	if err != nil {
		h.standUp()
	}
	return &board{hub: h, date: date, stream: st, gone: make(chan struct{})}, from, err
}

// sitDown takes a seat; standUp gives it back.
func (h *Hub) sitDown() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.desk == nil || h.closed:
		return &refusal{http.StatusServiceUnavailable, "the server is starting or stopping; come back in a moment"}
	case h.seats >= h.o.Boards:
		return &refusal{http.StatusServiceUnavailable, fmt.Sprintf("%d boards are open, and no more are let in", h.o.Boards)}
	}
	h.seats++
	return nil
}

func (h *Hub) standUp() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.seats--
}

// begin hands the connection to its two goroutines.
func (h *Hub) begin(b *board, from resume) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		h.seats--
		b.bye(websocket.CloseGoingAway, "the server stops; come back in a moment")
		b.hangUp()
		return
	}
	h.boards[b] = true
	b.stream.watch(1)
	h.all.Go(b.listen)
	h.all.Go(func() {
		defer h.forget(b)
		b.speak(from)
	})
}

func (h *Hub) forget(b *board) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.boards, b)
	h.seats--
}

// wish reads the query strictly.
func wish(q url.Values) (date scheduler.Date, from resume, err error) {
	for name, values := range q {
		if len(values) != 1 {
			return "", from, bad("%q is said more than once", name)
		}
		switch name {
		case "day":
			date = scheduler.Date(values[0])
		case "epoch":
			from.epoch = values[0]
		case "after":
			n, err := strconv.ParseUint(values[0], 10, 63)
			if err != nil {
				return "", from, bad("after=%q is not the number of an entry", values[0])
			}
			from.after = scheduler.Seq(n)
		default:
			return "", from, bad("%q is not one of day, after and epoch", name)
		}
	}
	if date == "" {
		return "", from, bad("say which day: /live?day=2026-11-24")
	}
	return date, from, nil
}

func bad(format string, args ...any) error {
	return &refusal{http.StatusBadRequest, fmt.Sprintf(format, args...)}
}

// allows wants an Origin that is there, alone, and ours: browsers send one with every socket, from whatever page.
func (o Options) allows(r *http.Request) bool {
	origins := r.Header.Values("Origin")
	if len(origins) != 1 {
		return false
	}
	u, err := url.Parse(origins[0])
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	return strings.EqualFold(u.Host, r.Host) || slices.Contains(o.Origins, origins[0])
}

// taken hands out a connection that is cut when it takes nothing for too long.
type taken struct {
	http.ResponseWriter
	stuck time.Duration
}

// Hijack takes the connection over from the server.
func (t taken) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	c, rw, err := http.NewResponseController(t.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	return &paced{c, t.stuck}, rw, nil
}

// paced measures progress in small pieces: a slow line that moves is not a stuck one.
type paced struct {
	net.Conn
	stuck time.Duration
}

const piece = 16 << 10

// Write fails only after no piece has gone out for the time allowed.
func (p *paced) Write(b []byte) (n int, err error) {
	for n < len(b) && err == nil {
		var m int
		_ = p.Conn.SetWriteDeadline(time.Now().Add(p.stuck)) // a closed connection says so in Write
		m, err = p.Conn.Write(b[n:min(n+piece, len(b))])
		n += m
	}
	return n, err
}
