package modbus

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// Options of a link; the zero value is one second a request and redials from 50 ms up to 5 s apart.
type Options struct {
	Timeout time.Duration // of one request, and of one dial
	Redial  time.Duration // pause before the first redial; doubles up to 100 times this, with jitter
}

func (o Options) withDefaults() Options {
	if o.Timeout <= 0 {
		o.Timeout = time.Second
	}
	if o.Redial <= 0 {
		o.Redial = 50 * time.Millisecond
	}
	return o
}

// Link is one wire: one TCP connection, owned by one goroutine, on which many units answer.
type Link struct {
	address string
	o       Options
	asks    chan ask
	ctx     context.Context
	stop    context.CancelFunc
	owner   sync.WaitGroup
	last    atomic.Uint32 // transaction
	up      atomic.Bool
	fails   int // dials and connections in a row without a good answer; the owner's
}

// ask is a request on its way to the owner, who always answers.
type ask struct {
	ctx    context.Context
	frame  frame
	answer chan answer
}

type answer struct {
	frame frame
	sent  bool // at least a part of the request may have reached the device
	err   error
}

// Open makes the link to a host:port and dials it in the background. Until the first dial has ended requests
// wait; afterwards a link that is down answers them at once with [ErrDown].
func Open(address string, o Options) *Link {
	l := &Link{address: address, o: o.withDefaults(), asks: make(chan ask)}
	l.ctx, l.stop = context.WithCancel(context.Background())
	l.owner.Go(l.own)
	return l
}

// Address is the host:port of the wire.
func (l *Link) Address() string { return l.address }

// Up reports whether the connection stands.
func (l *Link) Up() bool { return l.up.Load() }

// Close ends the link and a request under way, and waits for the owner to leave.
func (l *Link) Close() {
	l.stop()
	l.owner.Wait()
}

// send brings a request to the owner and waits for its answer.
func (l *Link) send(ctx context.Context, f frame) answer {
	a := ask{ctx, f, make(chan answer, 1)}
	select {
	case l.asks <- a:
		return <-a.answer
	case <-ctx.Done():
		return answer{err: context.Cause(ctx)}
	case <-l.ctx.Done():
		return answer{err: ErrClosed}
	}
}

// own is the life of the connection: dial, serve until something is wrong, close, dial again.
func (l *Link) own() {
	var why error
	for l.ctx.Err() == nil {
		conn := l.redial(why)
		if conn == nil {
			return
		}
		l.up.Store(true)
		why = l.serve(conn)
		l.up.Store(false)
		conn.Close()
		l.fails++
	}
}

// redial tries until there is a connection or the link is closed, and refuses requests meanwhile. why is nil
// the first time.
func (l *Link) redial(why error) net.Conn {
	for l.ctx.Err() == nil {
		conn, err := l.dial(why)
		if err == nil {
			return conn
		}
		why = err
		l.fails++
	}
	return nil
}

type dialed struct {
	conn net.Conn
	err  error
}

func (l *Link) dial(why error) (net.Conn, error) {
	done := make(chan dialed, 1)
	go func() { done <- l.dialAfter(l.pause()) }()
	asks := l.asks
	if why == nil {
		asks = nil // the first requests wait for the first dial
	}
	for {
		select {
		case d := <-done:
			return d.conn, d.err
		case a := <-asks:
			a.answer <- answer{err: fmt.Errorf("%w: %w", ErrDown, why)}
		}
	}
}

func (l *Link) dialAfter(pause time.Duration) dialed {
	t := time.NewTimer(pause)
	defer t.Stop()
	select {
	case <-t.C:
	case <-l.ctx.Done():
		return dialed{err: ErrClosed}
	}
	d := net.Dialer{Timeout: l.o.Timeout}
	conn, err := d.DialContext(l.ctx, "tcp", l.address)
	return dialed{conn, err}
}

// pause doubles with each failure up to 100 times the first; half of it is jitter, so that links lost together
// do not come back together.
func (l *Link) pause() time.Duration {
	if l.fails == 0 {
		return 0
	}
	p := min(l.o.Redial<<min(l.fails-1, 7), 100*l.o.Redial)
	return p/2 + rand.N(p/2+1)
}

// serve answers requests, one at a time, until the link is closed or the stream cannot be trusted any more.
func (l *Link) serve(conn net.Conn) error {
	defer context.AfterFunc(l.ctx, func() { conn.Close() })()
	w := wire{conn, bufio.NewReaderSize(conn, 512)}
	for {
		select {
		case <-l.ctx.Done():
			return ErrClosed
		case a := <-l.asks:
			got := w.exchange(a.ctx, a.frame, l.o.Timeout)
			if l.ctx.Err() != nil && got.err != nil {
				got.err = errors.Join(ErrClosed, got.err)
			}
			a.answer <- got
			if got.err != nil && got.sent {
				return got.err
			}
			l.fails = 0
		}
	}
}
