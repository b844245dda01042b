package modbus

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Type is what a run of registers means.
type Type string

// The types of a value.
const (
	Bool    Type = "bool"
	Uint16  Type = "uint16"
	Int16   Type = "int16"
	Uint32  Type = "uint32"
	Int32   Type = "int32"
	Uint64  Type = "uint64"
	Int64   Type = "int64"
	Float32 Type = "float32"
	Float64 Type = "float64"
	String  Type = "string" // ASCII, two characters a register, filled up with NUL
)

// Words is how many registers a value of the type takes, 0 for an unknown one; length is a string's characters.
func (t Type) Words(length int) int {
	switch t {
	case Bool, Uint16, Int16:
		return 1
	case Uint32, Int32, Float32:
		return 2
	case Uint64, Int64, Float64:
		return 4
	case String:
		return (length + 1) / 2
	}
	return 0
}

// Order is how a value's bytes A (highest) to D lie in its registers.
type Order string

// The orders, named as they appear on the wire: words swapped, bytes swapped in each word, both.
const (
	ABCD Order = "ABCD"
	CDAB Order = "CDAB"
	BADC Order = "BADC"
	DCBA Order = "DCBA"
)

// Known reports whether o is one of the four orders.
func (o Order) Known() bool { return o == ABCD || o == CDAB || o == BADC || o == DCBA }

// arrange turns wire order into ABCD and back again; a string's words keep their places.
func (o Order) arrange(t Type, b []byte) []byte {
	out := append([]byte(nil), b...)
	if (o == CDAB || o == DCBA) && t != String {
		for i, j := 0, len(out)-2; i < j; i, j = i+2, j-2 {
			out[i], out[i+1], out[j], out[j+1] = out[j], out[j+1], out[i], out[i+1]
		}
	}
	if o == BADC || o == DCBA {
		for i := 0; i+1 < len(out); i += 2 {
			out[i], out[i+1] = out[i+1], out[i]
		}
	}
	return out
}

// Value is what a point held: a number or a text.
type Value struct {
	Type   Type
	Number float64
	Text   string
	whole  uint64 // integers keep all their bits
}

// Uint is an integer value with all its bits.
func (v Value) Uint() uint64 { return v.whole }

// Int is a signed integer value with all its bits.
func (v Value) Int() int64 { return int64(v.whole) }

func (v Value) String() string {
	switch v.Type {
	case String:
		return v.Text
	case Float32:
		return strconv.FormatFloat(v.Number, 'g', -1, 32)
	case Float64:
		return strconv.FormatFloat(v.Number, 'g', -1, 64)
	case Uint64:
		return strconv.FormatUint(v.whole, 10)
	case Int64:
		return strconv.FormatInt(int64(v.whole), 10)
	}
	return strconv.FormatFloat(v.Number, 'f', -1, 64)
}

// Text is a string value.
func Text(s string) Value { return Value{Type: String, Text: s} }

// Number is a value of type t; an error if t cannot hold n.
func Number(t Type, n float64) (Value, error) {
	low, high := t.limits()
	if math.IsNaN(n) || n < low || n > high {
		return Value{}, fmt.Errorf("%v does not fit into %s", n, t)
	}
	v := Value{Type: t, Number: n}
	if t != Float32 && t != Float64 {
		if n != math.Trunc(n) {
			return Value{}, fmt.Errorf("%v is not a whole number, as %s asks", n, t)
		}
		v.whole = uint64(int64(n))
		if n >= 1<<63 {
			v.whole = uint64(n)
		}
	}
	return v, nil
}

// limits are the least and greatest numbers that the type holds exactly as such.
func (t Type) limits() (low, high float64) {
	switch t {
	case Bool:
		return 0, 1
	case Uint16:
		return 0, math.MaxUint16
	case Int16:
		return math.MinInt16, math.MaxInt16
	case Uint32:
		return 0, math.MaxUint32
	case Int32:
		return math.MinInt32, math.MaxInt32
	case Uint64:
		return 0, math.Nextafter(1<<64, 0)
	case Int64:
		return math.MinInt64, math.Nextafter(1<<63, 0)
	case Float32:
		return -math.MaxFloat32, math.MaxFloat32
	case Float64:
		return -math.MaxFloat64, math.MaxFloat64
	}
	return 1, 0 // nothing fits into a string or an unknown type
}

// Decode reads a value of type t from its registers' bytes.
func Decode(t Type, o Order, raw []byte) (Value, error) {
	if want := 2 * t.Words(len(raw)); want == 0 || want != len(raw) {
		return Value{}, fmt.Errorf("%d bytes are no %s", len(raw), t)
	}
	b := o.arrange(t, raw)
	if t == String {
		return decodeText(b)
	}
	v := Value{Type: t}
	switch t {
	case Bool, Uint16:
		v.whole = uint64(binary.BigEndian.Uint16(b))
	case Int16:
		v.whole = uint64(int16(binary.BigEndian.Uint16(b)))
	case Uint32:
		v.whole = uint64(binary.BigEndian.Uint32(b))
	case Int32:
		v.whole = uint64(int32(binary.BigEndian.Uint32(b)))
	case Uint64, Int64:
		v.whole = binary.BigEndian.Uint64(b)
	case Float32:
		v.Number = float64(math.Float32frombits(binary.BigEndian.Uint32(b)))
	case Float64:
		v.Number = math.Float64frombits(binary.BigEndian.Uint64(b))
	}
	return v.numbered()
}

func (v Value) numbered() (Value, error) {
	switch v.Type {
	case Int16, Int32, Int64:
		v.Number = float64(int64(v.whole))
	case Bool, Uint16, Uint32, Uint64:
		v.Number = float64(v.whole)
	}
	if v.Type == Bool && v.whole > 1 {
		return Value{}, fmt.Errorf("%d is neither 0 nor 1, as bool asks", v.whole)
	}
	return v, nil
}

func decodeText(b []byte) (Value, error) {
	s := strings.TrimRight(string(b), "\x00 ")
	if !printable(s) {
		return Value{}, fmt.Errorf("%q is not plain ASCII text", s)
	}
	return Text(s), nil
}

func printable(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// Encode writes the value into words registers, in the order of the wire.
func Encode(v Value, o Order, words int) ([]byte, error) {
	if v.Type != String && v.Type.Words(0) != words {
		return nil, fmt.Errorf("a %q does not fill %d registers", v.Type, words)
	}
	b := make([]byte, 2*words)
	switch v.Type {
	case String:
		if len(v.Text) > len(b) || !printable(v.Text) {
			return nil, fmt.Errorf("%q is not plain ASCII text of at most %d characters", v.Text, len(b))
		}
		copy(b, v.Text)
	case Bool, Uint16, Int16:
		binary.BigEndian.PutUint16(b, uint16(v.whole))
	case Uint32, Int32:
		binary.BigEndian.PutUint32(b, uint32(v.whole))
	case Uint64, Int64:
		binary.BigEndian.PutUint64(b, v.whole)
	case Float32:
		binary.BigEndian.PutUint32(b, math.Float32bits(float32(v.Number)))
	case Float64:
		binary.BigEndian.PutUint64(b, math.Float64bits(v.Number))
	}
	return o.arrange(v.Type, b), nil
}
