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

// Answer is what a unit says to a PDU, function first; an exception is the function with its highest bit set.
type Answer func(unit byte, pdu []byte) []byte

// Slave is a Modbus TCP server, many units behind one listener, that can be told to disturb its replies.
type Slave struct {
	answer Answer
	wire   *disturber
}

// NewSlave makes a server; seed decides which replies faults with a probability hit.
func NewSlave(answer Answer, seed uint64, faults ...WireFault) *Slave {
	return &Slave{answer, newDisturber(seed, faults)}
}

// Disturb adds a fault of the wire while the server runs.
func (s *Slave) Disturb(f WireFault) { s.wire.add(f) }

// Calm takes every fault of the wire away.
func (s *Slave) Calm() { s.wire.calm() }

// Disturbed counts the replies that were disturbed.
func (s *Slave) Disturbed() int { return s.wire.disturbed() }

// Serve accepts until ctx ends, and then waits for every connection to be closed.
func (s *Slave) Serve(ctx context.Context, l net.Listener) error {
	var all sync.WaitGroup
	defer all.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(ctx, func() { l.Close() })()
	for {
		conn, err := l.Accept()
		if err != nil && ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		all.Go(func() { s.talk(ctx, conn) })
	}
}

// talk answers one connection, a request at a time, until it is closed or not Modbus.
func (s *Slave) talk(ctx context.Context, conn net.Conn) {
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	for {
		request, err := readRequest(conn)
		if err != nil {
			return
		}
		reply := s.answer(request[6], request[7:])
		f := s.wire.next(request[6], request[7])
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
