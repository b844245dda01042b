package modbus

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"time"
)

// maxStrays is how many frames of other transactions are dropped before the stream is given up.
const maxStrays = 8

// longAgo as a deadline ends whatever the connection is doing.
var longAgo = time.Unix(1, 0)

// wire is a connection while it can be trusted.
type wire struct {
	conn net.Conn
	in   *bufio.Reader
}

// exchange sends one request and takes its reply. The deadline is the earlier of the context's and the
// time-out's; a cancelled context puts it in the past. After an error with sent the stream is not to be used.
func (w wire) exchange(ctx context.Context, request frame, timeout time.Duration) answer {
	if ctx.Err() != nil {
		return answer{err: context.Cause(ctx)}
	}
	ctx, cancel := context.WithTimeoutCause(ctx, timeout, errTimeout(timeout))
	defer cancel()
	defer w.until(ctx)()
	if _, err := w.conn.Write(request); err != nil {
		return answer{sent: true, err: because(ctx, err)}
	}
	f, err := w.reply(request)
	return answer{f, true, because(ctx, err)}
}

// until bounds the connection by ctx; what it returns must run before the next exchange sets its own bounds.
func (w wire) until(ctx context.Context) func() {
	deadline, _ := ctx.Deadline()
	w.conn.SetDeadline(deadline) // an error here is an error in the write that follows
	done := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		w.conn.SetDeadline(longAgo)
		close(done)
	})
	return func() {
		if !stop() {
			<-done
		}
	}
}

// reply takes frames until one has the request's transaction, and holds that one against the request.
func (w wire) reply(request frame) (frame, error) {
	for range maxStrays + 1 {
		f, err := readFrame(w.in)
		if err != nil {
			return nil, err
		}
		if f.transaction() == request.transaction() {
			return f, f.answers(request)
		}
	}
	return nil, fmt.Errorf("%w: %d replies in a row to requests that were not made", errFraming, maxStrays+1)
}

type errTimeout time.Duration

func (e errTimeout) Error() string { return fmt.Sprintf("no answer within %v", time.Duration(e)) }

// because prefers the context's reason over "i/o timeout".
func because(ctx context.Context, err error) error {
	if errors.Is(err, os.ErrDeadlineExceeded) {
		<-ctx.Done()
		return context.Cause(ctx)
	}
	return err
}
