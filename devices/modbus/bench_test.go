package modbus_test

import (
	"context"
	"net"
	"sync"
	"testing"

	gb "github.com/goburrow/modbus"

	"beamslot/devices/modbus"
	"beamslot/devices/sim"
)

// BenchmarkRead asks what a wire that never lies costs: ten registers over loopback, beside goburrow's own handler.
func BenchmarkRead(b *testing.B) {
	m := &mill{writes: make(map[uint16]int)}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(b.Context())
	var served sync.WaitGroup
	served.Go(func() { sim.NewSlave(m.answer, 1).Serve(ctx, l) })
	defer served.Wait()
	defer stop()
	b.Run("ours", func(b *testing.B) {
		link := modbus.Open(l.Addr().String(), modbus.Options{})
		defer link.Close()
		u := link.Unit(1)
		for b.Loop() {
			if _, err := u.Read(ctx, modbus.Range{Table: modbus.Input, Address: 1, Count: 10}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("goburrow", func(b *testing.B) {
		h := gb.NewTCPClientHandler(l.Addr().String())
		h.SlaveId = 1
		defer h.Close()
		c := gb.NewClient(h)
		for b.Loop() {
			if _, err := c.ReadInputRegisters(1, 10); err != nil {
				b.Fatal(err)
			}
		}
	})
}
