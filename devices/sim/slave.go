package sim

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"sync"
	"time"
)

// slave is a Modbus TCP server: many units behind one listener.
type slave struct {
	answer func(unit byte, pdu []byte) []byte
	wire   *disturber
	mu     sync.Mutex
	conns  map[net.Conn]bool
	all    sync.WaitGroup
}

func newSlave(answer func(byte, []byte) []byte, w *disturber) *slave {
	return &slave{answer: answer, wire: w, conns: make(map[net.Conn]bool)}
}

// serve accepts until ctx ends, and then waits for every connection to be closed.
func (s *slave) serve(ctx context.Context, l net.Listener) error {
	defer s.all.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(ctx, func() { l.Close() })()
	for {
		conn, err := l.Accept()
		if ctx.Err() != nil {
			if conn != nil {
				conn.Close()
			}
			return nil
		}
		if err != nil {
			return err
		}
		s.all.Go(func() { s.talk(ctx, conn) })
	}
}

// talk answers one connection, a request at a time, until it is closed or not Modbus.
func (s *slave) talk(ctx context.Context, conn net.Conn) {
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	for {
		request, err := readRequest(conn)
		if err != nil {
			return
		}
		reply := s.answer(request[6], request[7:])
		f := s.wire.next(request[6])
		if !s.wire.send(ctx, conn, f, request, reply) {
			return
		}
	}
}

var errNotModbus = errors.New("not Modbus TCP")

// readRequest takes one frame: header, unit, function and data.
func readRequest(r io.Reader) ([]byte, error) {
	head := make([]byte, 7, 260)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, err
	}
	n := int(binary.BigEndian.Uint16(head[4:]))
	if binary.BigEndian.Uint16(head[2:]) != 0 || n < 2 || n > 254 {
		return nil, errNotModbus
	}
	frame := head[:6+n]
	_, err := io.ReadFull(r, frame[7:])
	return frame, err
}

// pack puts a PDU behind a header.
func pack(transaction uint16, unit byte, pdu []byte) []byte {
	f := make([]byte, 7, 7+len(pdu))
	binary.BigEndian.PutUint16(f, transaction)
	binary.BigEndian.PutUint16(f[4:], uint16(len(pdu)+1))
	f[6] = unit
	return append(f, pdu...)
}

// pause waits on the wall clock, and reports whether ctx still lives.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
