package modbus_test

import (
	"context"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	gb "github.com/goburrow/modbus"

	"beamslot/devices/modbus"
	"beamslot/devices/sim"
)

// everything disturbs one reply in four, with each fault that a wire can have.
func everything() []sim.WireFault {
	var all []sim.WireFault
	for _, f := range sim.WireFaults {
		if f != "frozen" { // the registers of this slave never change
			all = append(all, sim.WireFault{Fault: f, Probability: 0.02})
		}
	}
	return all
}

// Whatever the wire does, a read is an error or the truth.
func TestChaosReads(t *testing.T) {
	m := start(t, everything()...)
	l := m.link(t)
	rng := rand.New(rand.NewPCG(1, 2))
	good, wrong := 0, 0
	for range soak(350) {
		unit, r := byte(1+rng.IntN(3)), modbus.Range{Table: modbus.Input, Address: uint16(rng.IntN(1000)), Count: uint16(1 + rng.IntN(4))}
		function := byte(4)
		if rng.IntN(2) == 0 {
			r.Table, function = modbus.Holding, 3
		}
		raw, err := l.Unit(unit).Read(t.Context(), r)
		awaitUp(l)
		if err != nil {
			continue
		}
		good++
		if !truth(raw, unit, function, r) {
			wrong++
		}
	}
	t.Logf("%d good, %d wrong, %d replies disturbed", good, wrong, m.Disturbed())
	if wrong > 0 || good < soak(350)/3 || m.Disturbed() < soak(350)/10 {
		t.Errorf("%d good reads, %d wrong ones, %d replies disturbed", good, wrong, m.Disturbed())
	}
}

// awaitUp lets a link come back, so that not all that follows is refused.
func awaitUp(l *modbus.Link) {
	for n := 0; !l.Up() && n < 1000; n++ {
		time.Sleep(time.Millisecond)
	}
}

func truth(raw []byte, unit, function byte, r modbus.Range) bool {
	for i := range r.Count {
		if len(raw) != 2*int(r.Count) || binary.BigEndian.Uint16(raw[2*i:]) != register(unit, function, r.Address+i) {
			return false
		}
	}
	return true
}

// A write is sent once, and what is said about it is true: done means once, down means not at all, unknown
// means at most once.
func TestChaosWrites(t *testing.T) {
	m := start(t, everything()...)
	l := m.link(t)
	said := map[string]int{}
	for v := range uint16(soak(250)) {
		err := l.Unit(1).WriteRegisters(t.Context(), 9, binary.BigEndian.AppendUint16(nil, v))
		n := m.written(v)
		if v%4 != 0 {
			awaitUp(l)
		}
		var refused modbus.Exception
		switch {
		case err == nil:
			said["done"]++
			if n != 1 {
				t.Errorf("write %d is said to be done and was made %d times", v, n)
			}
		case errors.Is(err, modbus.ErrUnknown):
			said["unknown"]++
			if n > 1 {
				t.Errorf("write %d of unknown outcome was made %d times", v, n)
			}
		case errors.Is(err, modbus.ErrDown):
			said["down"]++
			if n != 0 {
				t.Errorf("write %d was made on a link that was down", v)
			}
		case errors.As(err, &refused):
			said["refused"]++
			if n > 1 {
				t.Errorf("write %d that was refused was made %d times", v, n)
			}
		default:
			t.Errorf("write %d: %v", v, err)
		}
	}
	for v := range uint16(soak(250)) {
		if n := m.written(v); n > 1 {
			t.Errorf("write %d was made %d times in the end", v, n)
		}
	}
	if said["done"] < soak(50) || said["unknown"] < 5 {
		t.Errorf("the wire was not disturbed as it should be: %v", said)
	}
}

// One late reply, and the next read is the truth again. goburrow's own handler is the control: it never recovers,
// and were it to pass, this test would be too weak.
func TestLateReply(t *testing.T) {
	late := sim.WireFault{Fault: "late", After: 1, Count: 1}
	ours, theirs := start(t, late), start(t, late)
	l := ours.link(t)
	handler := gb.NewTCPClientHandler(theirs.address)
	handler.Timeout, handler.SlaveId = 60*time.Millisecond, 1
	defer handler.Close()
	client := gb.NewClient(handler)

	r := modbus.Range{Table: modbus.Input, Address: 5, Count: 2}
	recovered, lost := 0, 0
	for i := range 14 {
		raw, err := l.Unit(1).Read(t.Context(), r)
		if i >= 2 && err == nil && truth(raw, 1, 4, r) {
			recovered++
		}
		if _, err = client.ReadInputRegisters(5, 2); i >= 2 && err != nil {
			lost++
		}
		time.Sleep(40 * time.Millisecond)
	}
	if recovered < 11 {
		t.Errorf("only %d of 12 reads after a late reply were right", recovered)
	}
	if lost != 12 {
		t.Errorf("the control lost only %d of 12 reads: the late reply came too early or too late", lost)
	}
}

// A context that is cancelled ends its read at once, and the link serves the next one.
func TestCancel(t *testing.T) {
	m := start(t, sim.WireFault{Fault: "timeout", Count: 1})
	l := modbus.Open(m.address, modbus.Options{Timeout: time.Hour, Redial: time.Millisecond})
	defer l.Close()
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	if _, err := l.Unit(1).Read(ctx, modbus.Range{Table: modbus.Input, Count: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled read: %v", err)
	}
	again(t, l)
}

// again reads until the link is up again; it must come back.
func again(t *testing.T, l *modbus.Link) {
	t.Helper()
	r := modbus.Range{Table: modbus.Input, Address: 3, Count: 1}
	for range 400 {
		raw, err := l.Unit(2).Read(t.Context(), r)
		if err == nil {
			if !truth(raw, 2, 4, r) {
				t.Error("a wrong value after the link came back")
			}
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Error("the link did not come back")
}
