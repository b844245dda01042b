package modbus

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// A Modbus TCP frame: transaction (2), protocol 0 (2), length of what follows (2), unit (1), function (1), data.
const (
	headerSize = 7
	minLength  = 3   // unit, function and one byte of data
	maxLength  = 254 // so that a frame is at most 260 bytes
	exception  = 0x80
)

// frame is one whole Modbus TCP frame that was found well formed.
type frame []byte

func newFrame(transaction uint16, unit, function byte, data []byte) frame {
	f := make(frame, headerSize, headerSize+1+len(data))
	binary.BigEndian.PutUint16(f, transaction)
	binary.BigEndian.PutUint16(f[4:], uint16(2+len(data)))
	f[6] = unit
	return append(append(f, function), data...)
}

func (f frame) transaction() uint16 { return binary.BigEndian.Uint16(f) }
func (f frame) unit() byte          { return f[6] }
func (f frame) function() byte      { return f[headerSize] }
func (f frame) data() []byte        { return f[headerSize+1:] }

var errFraming = errors.New("not a Modbus TCP frame")

// readFrame takes the next frame from r; anything that cannot be one is an error, for the stream is lost then.
func readFrame(r io.Reader) (frame, error) {
	f := make(frame, headerSize, headerSize+maxLength)
	if _, err := io.ReadFull(r, f); err != nil {
		return nil, err
	}
	length := int(binary.BigEndian.Uint16(f[4:]))
	if protocol := binary.BigEndian.Uint16(f[2:]); protocol != 0 {
		return nil, fmt.Errorf("%w: protocol %d", errFraming, protocol)
	}
	if length < minLength || length > maxLength {
		return nil, fmt.Errorf("%w: length %d", errFraming, length)
	}
	f = f[:headerSize+length-1]
	if _, err := io.ReadFull(r, f[headerSize:]); err != nil {
		return nil, err
	}
	return f, nil
}

// answers holds a reply against the request with the same transaction: unit, function, and how much data.
func (f frame) answers(request frame) error {
	if f.unit() != request.unit() {
		return fmt.Errorf("%w: unit %d answered for unit %d", errFraming, f.unit(), request.unit())
	}
	if f.function() == request.function()|exception {
		return f.isException()
	}
	if f.function() != request.function() {
		return fmt.Errorf("%w: function %d answered function %d", errFraming, f.function(), request.function())
	}
	return f.fits(request)
}

func (f frame) isException() error {
	if len(f.data()) != 1 || f.data()[0] == 0 {
		return fmt.Errorf("%w: an exception without its code", errFraming)
	}
	return nil
}

// fits checks the data: a read returns exactly what was asked for, a write echoes what was written.
func (f frame) fits(request frame) error {
	data, asked := f.data(), request.data()
	switch request.function() {
	case 1, 2, 3, 4:
		want := bytesOf(request.function(), binary.BigEndian.Uint16(asked[2:]))
		if len(data) != want+1 || int(data[0]) != want {
			return fmt.Errorf("%w: %d bytes of data where %d were asked for", errFraming, len(data)-1, want)
		}
	default:
		if len(data) != 4 || [4]byte(data) != [4]byte(asked) {
			return fmt.Errorf("%w: the echo % x is not what was written, % x", errFraming, data, asked[:4])
		}
	}
	return nil
}

// bytesOf is how many bytes a read of count bits or registers returns.
func bytesOf(function byte, count uint16) int {
	if function <= 2 {
		return (int(count) + 7) / 8
	}
	return 2 * int(count)
}
