package live

import (
	"context"
	"encoding/json"
	"io"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"beamslot/scheduler"
)

// board is one browser. Two goroutines serve it: one writes, one listens for it leaving.
type board struct {
	hub    *Hub
	conn   *websocket.Conn
	date   scheduler.Date
	stream *stream
	place  place
	gone   chan struct{}
	once   sync.Once
}

// resume is how far a browser says it has come, and in which epoch.
type resume struct {
	after scheduler.Seq
	epoch string
}

// hangUp ends both goroutines.
func (b *board) hangUp() {
	b.once.Do(func() {
		close(b.gone)
		_ = b.conn.Close() // it is over either way
	})
}

// listen waits for the browser to leave or fall silent. It has nothing to say here: commands go over HTTP.
func (b *board) listen() {
	defer b.hangUp()
	b.conn.SetReadLimit(1 << 10)
	alive := func(string) error { return b.conn.SetReadDeadline(time.Now().Add(b.hub.o.Silent)) }
	b.conn.SetPongHandler(alive)
	if alive("") != nil {
		return
	}
	if _, _, err := b.conn.NextReader(); err == nil {
		b.bye(websocket.ClosePolicyViolation, "this socket only speaks; ask over HTTP")
	}
}

// speak sends what there is in order until the browser or the hub is gone.
func (b *board) speak(from resume) {
	defer b.hangUp()
	defer b.leave()
	if b.greet(from) != nil {
		return
	}
	most := b.hub.o.Ring * 2 // who comes back may take all that is kept
	for {
		f := b.stream.take(&b.place, most)
		most = b.hub.o.Behind
		var err error
		switch {
		case f.ended:
			err = b.moveOn()
		case f.behind:
			err = b.fresh()
		case len(f.entries)+len(f.others) > 0 || f.ping:
			err = b.send(f)
		default:
			err = b.wait(f.more)
		}
		if err != nil {
			return
		}
	}
}

// greet begins where the browser left off, or with a snapshot.
func (b *board) greet(from resume) error {
	if from.epoch != b.hub.o.Epoch || !b.stream.resumes(from.after) {
		return b.fresh()
	}
	b.place = b.stream.here(from.after)
	return b.sendNow(b.stream.pulseAt(from.after))
}

// fresh drops what waits and sends the whole day instead.
func (b *board) fresh() error {
	data, seq, err := b.stream.snapshot(context.Background()) // short, and shared by boards that come together
	if err != nil {
		b.hub.o.Log.Error("a day cannot be shown", "day", b.date, "error", err)
		b.bye(websocket.CloseInternalServerErr, "the day cannot be shown; come back in a moment")
		return err
	}
	b.place = b.stream.here(seq)
	return b.conn.WriteMessage(websocket.TextMessage, data)
}

// moveOn leaves a stream that ended for the one in its place.
func (b *board) moveOn() error {
	b.leave()
	st, err := b.hub.stream(b.date)
	if err != nil {
		b.stream = nil
		return err
	}
	b.stream = st
	st.watch(1)
	return b.fresh()
}

func (b *board) leave() {
	if b.stream != nil {
		b.stream.watch(-1)
	}
}

func (b *board) send(f sheaf) error {
	for _, m := range f.entries {
		if err := b.conn.WritePreparedMessage(m.data); err != nil {
			return err
		}
	}
	for _, m := range f.others {
		if err := b.conn.WritePreparedMessage(m); err != nil {
			return err
		}
	}
	if f.ping {
		return b.conn.WriteControl(websocket.PingMessage, nil, time.Time{})
	}
	return nil
}

func (b *board) sendNow(message any) error {
	data, err := json.Marshal(message)
	if err != nil {
		return err
	}
	return b.conn.WriteMessage(websocket.TextMessage, data)
}

// wait returns when there is more, and an error when it is over.
func (b *board) wait(more <-chan struct{}) error {
	select {
	case <-more:
		return nil
	case <-b.gone:
		return io.EOF
	case <-b.hub.stop:
		b.bye(websocket.CloseGoingAway, "the server stops; come back in a moment")
		return io.EOF
	}
}

// bye says why before the line is cut.
func (b *board) bye(code int, why string) {
	_ = b.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, why), time.Time{}) // it may have left
}
