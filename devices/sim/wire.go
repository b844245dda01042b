package sim

import (
	"context"
	"encoding/binary"
	"math/rand/v2"
	"net"
	"sync"
	"time"
)

// WireFaults are what can be done to a reply on its way.
var WireFaults = []string{
	"timeout", "late", "reset", "wrong_id", "wrong_unit", "wrong_function", "short", "long", "cut", "garbage",
	"duplicate", "stray", "exception", "empty_exception", "frozen", "slow", "swapped_echo",
}

// WireFault disturbs replies: of a unit, or of all (0); to a function, or to all (0); from the request After on, for
// Count requests, or for ever (0); each with Probability, or always (0).
type WireFault struct {
	Unit        byte    `yaml:"unit,omitempty"`
	Function    byte    `yaml:"function,omitempty"`
	Fault       string  `yaml:"fault"`
	Probability float64 `yaml:"probability,omitempty"`
	After       int     `yaml:"after,omitempty"`
	Count       int     `yaml:"count,omitempty"`
}

// late is how long a late reply is late.
const late = 400 * time.Millisecond

// disturber decides which replies are disturbed, and disturbs them.
type disturber struct {
	mu     sync.Mutex
	rng    *rand.Rand
	faults []WireFault
	seen   []int             // requests that each fault has had the chance to disturb
	kept   map[string][]byte // the replies that a frozen device repeats
	hits   int
}

func newDisturber(seed uint64, faults []WireFault) *disturber {
	d := &disturber{rng: rand.New(rand.NewPCG(seed, 0x517e)), kept: make(map[string][]byte)}
	for _, f := range faults {
		d.add(f)
	}
	return d
}

func (d *disturber) add(f WireFault) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.faults, d.seen = append(d.faults, f), append(d.seen, 0)
}

func (d *disturber) calm() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.faults, d.seen = nil, nil
}

func (d *disturber) disturbed() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.hits
}

// next is the fault of the next reply of a unit to a function, or none.
func (d *disturber) next(unit, function byte) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i, f := range d.faults {
		if f.Unit != 0 && f.Unit != unit || f.Function != 0 && f.Function != function {
			continue
		}
		d.seen[i]++
		in := d.seen[i] > f.After && (f.Count == 0 || d.seen[i] <= f.After+f.Count)
		if in && (f.Probability == 0 || d.rng.Float64() < f.Probability) {
			d.hits++
			return f.Fault
		}
	}
	return ""
}

// remember keeps replies, so that a frozen device can repeat itself.
func (d *disturber) remember(fault string, request, pdu []byte) []byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	key := string(request[6:])
	if old, ok := d.kept[key]; ok && fault == "frozen" {
		return old
	}
	d.kept[key] = pdu
	return pdu
}

// send writes the reply as the fault has it, and reports whether the connection goes on.
func (d *disturber) send(ctx context.Context, conn net.Conn, fault string, request, pdu []byte) bool {
	pdu = d.remember(fault, request, pdu)
	id, unit := binary.BigEndian.Uint16(request), request[6]
	good := pack(id, unit, pdu)
	switch fault {
	case "timeout":
		return true
	case "late":
		return pause(ctx, late) && put(conn, good)
	case "reset":
		reset(conn)
		return false
	case "cut":
		put(conn, good[:len(good)-1])
		return false
	case "slow":
		return drip(ctx, conn, good)
	case "duplicate":
		return put(conn, append(good, good...))
	case "stray":
		return put(conn, pack(id-1, unit, pdu)) && put(conn, good)
	}
	return put(conn, spoilt(fault, id, unit, pdu))
}

// spoilt is a reply that is well formed enough to be believed by somebody careless.
func spoilt(fault string, id uint16, unit byte, pdu []byte) []byte {
	switch fault {
	case "wrong_id":
		return pack(id+1000, unit, pdu)
	case "wrong_unit":
		return pack(id, unit+1, pdu)
	case "wrong_function":
		return pack(id, unit, append([]byte{pdu[0]%4 + 1}, pdu[1:]...))
	case "short":
		return pack(id, unit, shorter(pdu))
	case "long":
		return pack(id, unit, append(append([]byte(nil), pdu...), 0, 0))
	case "garbage":
		return []byte("HTTP/1.1 400 Bad Request\r\n\r\n")
	case "exception":
		return pack(id, unit, []byte{pdu[0] | 0x80, 6})
	case "empty_exception":
		return pack(id, unit, []byte{pdu[0] | 0x80})
	case "swapped_echo":
		return pack(id, unit, swapped(pdu))
	}
	return pack(id, unit, pdu)
}

// shorter is the reply to a read of one register less, consistent in itself.
func shorter(pdu []byte) []byte {
	if pdu[0] > 4 || len(pdu) < 6 {
		return pdu[:len(pdu)-1]
	}
	s := append([]byte(nil), pdu[:len(pdu)-2]...)
	s[1] -= 2
	return s
}

// swapped echoes a write with another address; a read is left as it is.
func swapped(pdu []byte) []byte {
	s := append([]byte(nil), pdu...)
	if len(s) == 5 && s[0] > 4 {
		s[2] ^= 1
	}
	return s
}

func put(conn net.Conn, b []byte) bool {
	_, err := conn.Write(b)
	return err == nil
}

// drip sends a byte at a time.
func drip(ctx context.Context, conn net.Conn, b []byte) bool {
	for i := range b {
		if !put(conn, b[i:i+1]) || !pause(ctx, 5*time.Millisecond) {
			return false
		}
	}
	return true
}

// reset closes the connection so that the other side sees a reset.
func reset(conn net.Conn) {
	if c, ok := conn.(*net.TCPConn); ok {
		c.SetLinger(0)
	}
	conn.Close()
}
