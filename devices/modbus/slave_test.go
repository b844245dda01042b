package modbus_test

import (
	"context"
	"encoding/binary"
	"hash/fnv"
	"net"
	"os"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"beamslot/devices/modbus"
	"beamslot/devices/sim"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// soak is how many times more a soak run does.
func soak(n int) int {
	if os.Getenv("BEAMSLOT_SOAK") == "1" {
		return 12 * n
	}
	return n
}

// register is what every register holds that was not written: no two are alike, so that a reply to another
// request can never pass for the right one.
func register(unit, function byte, address uint16) uint16 {
	h := fnv.New32a()
	h.Write([]byte{unit, function, byte(address >> 8), byte(address)})
	return uint16(h.Sum32())
}

// mill is a slave that remembers every write that reached it.
type mill struct {
	*sim.Slave
	address string
	mu      sync.Mutex
	writes  map[uint16]int // by value
}

func start(t *testing.T, faults ...sim.WireFault) *mill {
	t.Helper()
	m := &mill{writes: make(map[uint16]int)}
	m.Slave = sim.NewSlave(m.answer, 11, faults...)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m.address = l.Addr().String()
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- m.Serve(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return m
}

func (m *mill) answer(unit byte, pdu []byte) []byte {
	a, n := binary.BigEndian.Uint16(pdu[1:]), binary.BigEndian.Uint16(pdu[3:])
	switch pdu[0] {
	case 3, 4:
		reply := []byte{pdu[0], byte(2 * n)}
		for i := range n {
			reply = binary.BigEndian.AppendUint16(reply, register(unit, pdu[0], a+i))
		}
		return reply
	case 6:
		m.mu.Lock()
		defer m.mu.Unlock()
		m.writes[n]++
		return pdu[:5]
	}
	return []byte{pdu[0] | 0x80, 1}
}

func (m *mill) written(v uint16) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.writes[v]
}

// link is a link with short patience, closed with the test.
func (m *mill) link(t *testing.T) *modbus.Link {
	l := modbus.Open(m.address, modbus.Options{Timeout: 60 * time.Millisecond, Redial: time.Millisecond})
	t.Cleanup(l.Close)
	return l
}
