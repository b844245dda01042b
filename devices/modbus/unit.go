package modbus

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	gb "github.com/goburrow/modbus"
)

// Unit is one device on a link.
type Unit struct {
	link *Link
	id   byte
}

// Unit addresses the device with this unit id.
func (l *Link) Unit(id byte) Unit { return Unit{l, id} }

// Read gives the range's bytes as they came: two a register, or eight bits a byte from the lowest bit on.
// Every error is an [*Error]; nothing is tried again.
func (u Unit) Read(ctx context.Context, r Range) ([]byte, error) {
	c := &call{ctx: ctx, unit: u}
	b, err := c.read(r)
	return b, u.failed("read "+r.String(), err)
}

func (c *call) read(r Range) ([]byte, error) {
	client := gb.NewClient2(c, c)
	switch r.Table {
	case Coil:
		return client.ReadCoils(r.Address, r.Count)
	case Discrete:
		return client.ReadDiscreteInputs(r.Address, r.Count)
	case Input:
		return client.ReadInputRegisters(r.Address, r.Count)
	case Holding:
		return client.ReadHoldingRegisters(r.Address, r.Count)
	}
	return nil, fmt.Errorf("%q is not a table", r.Table)
}

// WriteRegisters writes the bytes, two a register, into holding registers from address on, in one frame, once.
// An error that is [ErrUnknown] leaves open whether it arrived: read back, and do not send it again.
func (u Unit) WriteRegisters(ctx context.Context, address uint16, value []byte) error {
	c := &call{ctx: ctx, unit: u}
	r := Range{Holding, address, uint16(len(value) / 2)}
	err := c.writeRegisters(r, value)
	return u.failed("write "+r.String(), c.outcome(err))
}

func (c *call) writeRegisters(r Range, value []byte) error {
	if len(value) == 0 || len(value)%2 != 0 || len(value) > 2*MaxWrite {
		return fmt.Errorf("%d bytes are not 1…%d registers", len(value), MaxWrite)
	}
	client := gb.NewClient2(c, c)
	if r.Count == 1 {
		_, err := client.WriteSingleRegister(r.Address, binary.BigEndian.Uint16(value))
		return err
	}
	_, err := client.WriteMultipleRegisters(r.Address, r.Count, value)
	return err
}

// WriteCoil sets one coil, once; see [Unit.WriteRegisters] for its errors.
func (u Unit) WriteCoil(ctx context.Context, address uint16, on bool) error {
	c := &call{ctx: ctx, unit: u}
	value := uint16(0)
	if on {
		value = 0xFF00
	}
	_, err := gb.NewClient2(c, c).WriteSingleCoil(address, value)
	return u.failed("write "+Range{Coil, address, 1}.String(), c.outcome(err))
}

func (u Unit) failed(tried string, err error) error {
	if err == nil {
		return nil
	}
	return &Error{u.link.address, u.id, tried, plain(err)}
}

// call is one request of goburrow's client: its packager and its transporter, with the caller's context.
type call struct {
	ctx  context.Context
	unit Unit
	sent bool
}

// Encode puts the PDU into a frame with a transaction of its own.
func (c *call) Encode(p *gb.ProtocolDataUnit) ([]byte, error) {
	return newFrame(uint16(c.unit.link.last.Add(1)), c.unit.id, p.FunctionCode, p.Data), nil
}

// Send exchanges the frame over the link; the reply it returns has been held against the request.
func (c *call) Send(adu []byte) ([]byte, error) {
	a := c.unit.link.send(c.ctx, frame(adu))
	c.sent = a.sent
	return a.frame, a.err
}

// Verify has nothing left to do: the link trusts no frame that was not verified.
func (c *call) Verify(_, _ []byte) error { return nil }

// Decode takes the PDU out of the frame.
func (c *call) Decode(adu []byte) (*gb.ProtocolDataUnit, error) {
	f := frame(adu)
	return &gb.ProtocolDataUnit{FunctionCode: f.function(), Data: f.data()}, nil
}

// outcome marks a write that failed after it may have been sent, unless the device itself refused it.
func (c *call) outcome(err error) error {
	var refused *gb.ModbusError
	if err == nil || !c.sent || errors.As(err, &refused) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrUnknown, err)
}
