package modbus

import (
	"errors"
	"fmt"

	gb "github.com/goburrow/modbus"
)

// What can be wrong with a wire; tested with errors.Is.
var (
	ErrDown    = errors.New("link down")
	ErrClosed  = errors.New("link closed")
	ErrUnknown = errors.New("outcome unknown: the write may or may not have reached the device")
)

// Error says what was tried, on which wire and unit, and why it did not work.
type Error struct {
	Address string
	Unit    byte
	Tried   string // read holding 0…9, write holding 100…130
	Err     error
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s of unit %d at %s: %v", e.Tried, e.Unit, e.Address, e.Err)
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Exception is a device's own refusal; the wire is sound.
type Exception byte

// The exceptions of the Modbus specification that devices send.
const (
	IllegalFunction Exception = 1
	IllegalAddress  Exception = 2
	IllegalValue    Exception = 3
	DeviceFailure   Exception = 4
	Acknowledge     Exception = 5
	Busy            Exception = 6
	NoGatewayPath   Exception = 10
	NoGatewayAnswer Exception = 11
)

func (e Exception) Error() string {
	switch e {
	case IllegalFunction:
		return "the device does not know this function (exception 1): its profile is wrong"
	case IllegalAddress:
		return "the device has no such address (exception 2): its profile is wrong"
	case IllegalValue:
		return "the device refuses the value (exception 3)"
	case DeviceFailure:
		return "the device reports a failure (exception 4)"
	case Acknowledge:
		return "the device has accepted it and needs time (exception 5)"
	case Busy:
		return "the device is busy (exception 6)"
	case NoGatewayPath, NoGatewayAnswer:
		return fmt.Sprintf("the gateway answers, the device behind it does not (exception %d)", byte(e))
	}
	return fmt.Sprintf("the device answers with exception %d", byte(e))
}

// plain turns goburrow's exception into ours and leaves everything else as it is.
func plain(err error) error {
	var e *gb.ModbusError
	if errors.As(err, &e) {
		return Exception(e.ExceptionCode)
	}
	return err
}
