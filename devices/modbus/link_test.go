package modbus_test

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"beamslot/devices/modbus"
	"beamslot/devices/sim"
)

var one = modbus.Range{Table: modbus.Input, Address: 3, Count: 1}

// Each fault of the wire is an error with its reason, and the link lives on.
func TestEachFault(t *testing.T) {
	for fault, says := range map[string]string{
		"timeout": "no answer within", "late": "no answer within", "wrong_id": "no answer within",
		"reset": "reset", "cut": "EOF", "wrong_unit": "answered for unit", "wrong_function": "answered function",
		"short": "bytes of data where", "long": "bytes of data where", "garbage": "not a Modbus TCP frame",
		"empty_exception": "not a Modbus TCP frame", "exception": "busy (exception 6)",
		"duplicate": "", "stray": "", "slow": "no answer within",
	} {
		t.Run(fault, func(t *testing.T) {
			m := start(t, sim.WireFault{Fault: fault, After: 1, Count: 1})
			l := m.link(t)
			if _, err := l.Unit(1).Read(t.Context(), one); err != nil {
				t.Fatal(err)
			}
			raw, err := l.Unit(1).Read(t.Context(), one)
			switch {
			case err == nil && (says != "" && fault != "slow" || !truth(raw, 1, 4, one)):
				t.Errorf("% x was accepted", raw)
			case err != nil && (says == "" || !strings.Contains(err.Error(), says)):
				t.Errorf("it says %q", err)
			}
			again(t, l)
		})
	}
}

// A link to nobody answers at once that it is down, and why; when somebody is there it comes up.
func TestDown(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	link := modbus.Open(address, modbus.Options{Timeout: time.Second, Redial: 5 * time.Millisecond})
	defer link.Close()
	if _, err = link.Unit(1).Read(t.Context(), one); !errors.Is(err, modbus.ErrDown) {
		t.Errorf("a read on a link that is down: %v", err)
	}
	err = link.Unit(1).WriteRegisters(t.Context(), 1, []byte{0, 1})
	if !errors.Is(err, modbus.ErrDown) || errors.Is(err, modbus.ErrUnknown) || link.Up() {
		t.Errorf("a write on a link that is down: %v", err)
	}
	if l, err = net.Listen("tcp", address); err != nil {
		t.Fatal(err)
	}
	m := &mill{writes: make(map[uint16]int)}
	ctx, stop := context.WithCancel(t.Context())
	var served sync.WaitGroup
	served.Go(func() { sim.NewSlave(m.answer, 1).Serve(ctx, l) })
	again(t, link)
	stop()
	served.Wait()
}

// A peer that talks without being asked is given up after a few frames.
func TestStrays(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var peer sync.WaitGroup
	peer.Go(func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		conn.Write([]byte(strings.Repeat("\xff\xff\x00\x00\x00\x05\x01\x04\x02\x00\x01", 9)))
		io.Copy(io.Discard, conn)
	})
	link := modbus.Open(l.Addr().String(), modbus.Options{Timeout: 10 * time.Second})
	_, err = link.Unit(1).Read(t.Context(), one)
	if err == nil || !strings.Contains(err.Error(), "9 replies in a row") {
		t.Errorf("nine strays: %v", err)
	}
	link.Close()
	l.Close()
	peer.Wait()
}

// A link that is closed ends what is under way, and says so to whoever comes later.
func TestClose(t *testing.T) {
	m := start(t, sim.WireFault{Fault: "timeout"})
	l := modbus.Open(m.address, modbus.Options{Timeout: time.Hour})
	var reads sync.WaitGroup
	for range 5 {
		reads.Go(func() {
			if _, err := l.Unit(1).Read(context.Background(), one); !errors.Is(err, modbus.ErrClosed) {
				t.Errorf("a read on a link being closed: %v", err)
			}
		})
	}
	time.AfterFunc(30*time.Millisecond, l.Close)
	reads.Wait()
	l.Close()
	if _, err := l.Unit(1).Read(t.Context(), one); !errors.Is(err, modbus.ErrClosed) {
		t.Errorf("a read on a closed link: %v", err)
	}
}

// Many callers and units share one wire, and each gets its own answer.
func TestManyUnits(t *testing.T) {
	m := start(t)
	l := modbus.Open(m.address, modbus.Options{Timeout: 10 * time.Second})
	defer l.Close()
	var all sync.WaitGroup
	for unit := range byte(8) {
		all.Go(func() {
			for i := range uint16(40) {
				r := modbus.Range{Table: modbus.Holding, Address: i * 3, Count: 3}
				if raw, err := l.Unit(unit+1).Read(t.Context(), r); err != nil || !truth(raw, unit+1, 3, r) {
					t.Errorf("unit %d: % x, %v", unit+1, raw, err)
				}
			}
		})
	}
	all.Wait()
}

// What cannot be asked is refused before anything is sent; what the device refuses is told apart.
func TestRefusals(t *testing.T) {
	m := start(t)
	u := m.link(t).Unit(1)
	var e modbus.Exception
	if _, err := u.Read(t.Context(), modbus.Range{Table: modbus.Coil, Count: 1}); !errors.As(err, &e) || e != modbus.IllegalFunction {
		t.Errorf("a function that the device does not have: %v", err)
	}
	if err := u.WriteCoil(t.Context(), 1, true); !errors.As(err, &e) || errors.Is(err, modbus.ErrUnknown) {
		t.Errorf("a coil that the device does not have: %v", err)
	}
	for name, err := range map[string]error{
		"no registers":  second(u.Read(t.Context(), modbus.Range{Table: modbus.Input})),
		"126 registers": second(u.Read(t.Context(), modbus.Range{Table: modbus.Input, Count: 126})),
		"no table":      second(u.Read(t.Context(), modbus.Range{Table: "output", Count: 1})),
		"half a word":   u.WriteRegisters(t.Context(), 1, []byte{1}),
		"124 words":     u.WriteRegisters(t.Context(), 1, make([]byte, 248)),
	} {
		if err == nil || errors.Is(err, modbus.ErrUnknown) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
