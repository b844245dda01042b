package modbus_test

import (
	"bytes"
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"beamslot/devices/modbus"
)

var orders = []modbus.Order{modbus.ABCD, modbus.CDAB, modbus.BADC, modbus.DCBA}

// The bytes of 0x01020304 on the wire, in each order, as other masters name them.
func TestOrders(t *testing.T) {
	want := map[modbus.Order][]byte{
		modbus.ABCD: {1, 2, 3, 4}, modbus.CDAB: {3, 4, 1, 2}, modbus.BADC: {2, 1, 4, 3}, modbus.DCBA: {4, 3, 2, 1},
	}
	v, err := modbus.Number(modbus.Uint32, 0x01020304)
	if err != nil {
		t.Fatal(err)
	}
	for o, wire := range want {
		if got, err := modbus.Encode(v, o, 2); err != nil || !bytes.Equal(got, wire) {
			t.Errorf("%s: % x, %v, not % x", o, got, err, wire)
		}
		if back, err := modbus.Decode(modbus.Uint32, o, wire); err != nil || back.Uint() != 0x01020304 {
			t.Errorf("%s: decoded %x, %v", o, back.Uint(), err)
		}
	}
}

// Values of which others have published the registers.
func TestDecode(t *testing.T) {
	for _, c := range []struct {
		t    modbus.Type
		o    modbus.Order
		raw  []byte
		want string
	}{
		{modbus.Float32, modbus.ABCD, []byte{0x40, 0x49, 0x0f, 0xdb}, "3.1415927"},
		{modbus.Float32, modbus.CDAB, []byte{0x0f, 0xdb, 0x40, 0x49}, "3.1415927"},
		{modbus.Float64, modbus.ABCD, []byte{0x40, 0x09, 0x21, 0xfb, 0x54, 0x44, 0x2d, 0x18}, "3.141592653589793"},
		{modbus.Float64, modbus.DCBA, []byte{0x18, 0x2d, 0x44, 0x54, 0xfb, 0x21, 0x09, 0x40}, "3.141592653589793"},
		{modbus.Int16, modbus.ABCD, []byte{0xff, 0xfe}, "-2"},
		{modbus.Int32, modbus.CDAB, []byte{0xff, 0xfe, 0xff, 0xff}, "-2"},
		{modbus.Uint64, modbus.ABCD, []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, "18446744073709551615"},
		{modbus.Int64, modbus.ABCD, []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, "-1"},
		{modbus.Bool, modbus.ABCD, []byte{0, 1}, "1"},
		{modbus.String, modbus.ABCD, []byte("DC-1\x00\x00"), "DC-1"},
		{modbus.String, modbus.CDAB, []byte("DC-1"), "DC-1"},
		{modbus.String, modbus.BADC, []byte("CD1-"), "DC-1"},
	} {
		v, err := modbus.Decode(c.t, c.o, c.raw)
		if err != nil || v.String() != c.want {
			t.Errorf("%s %s % x is %q, %v, not %q", c.t, c.o, c.raw, v, err, c.want)
		}
	}
}

func TestWhatCannotBe(t *testing.T) {
	for name, err := range map[string]error{
		"a bool of 2":          second(modbus.Decode(modbus.Bool, modbus.ABCD, []byte{0, 2})),
		"three bytes":          second(modbus.Decode(modbus.Uint16, modbus.ABCD, []byte{0, 2, 3})),
		"an unknown type":      second(modbus.Decode("bcd", modbus.ABCD, []byte{0, 2})),
		"binary in a text":     second(modbus.Decode(modbus.String, modbus.ABCD, []byte{1, 2})),
		"70000 in 16 bits":     second(modbus.Number(modbus.Uint16, 70000)),
		"half in an integer":   second(modbus.Number(modbus.Int32, 0.5)),
		"not a number":         second(modbus.Number(modbus.Float32, math.NaN())),
		"2^63 in int64":        second(modbus.Number(modbus.Int64, 1<<63)),
		"too long a text":      second(modbus.Encode(modbus.Text("abc"), modbus.ABCD, 1)),
		"an umlaut":            second(modbus.Encode(modbus.Text("ü"), modbus.ABCD, 4)),
		"one register for two": second(modbus.Encode(modbus.Value{Type: modbus.Uint32}, modbus.ABCD, 1)),
	} {
		if err == nil {
			t.Errorf("%s went through", name)
		}
	}
}

func second[V any](_ V, err error) error { return err }

// Every number of every type comes back from the wire as it went, in every order.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := rapid.SampledFrom(orders).Draw(t, "order")
		typ := rapid.SampledFrom([]modbus.Type{
			modbus.Bool, modbus.Uint16, modbus.Int16, modbus.Uint32, modbus.Int32, modbus.Uint64, modbus.Int64, modbus.Float32, modbus.Float64, modbus.String,
		}).Draw(t, "type")
		raw := rapid.SliceOfN(rapid.Byte(), 2*typ.Words(8), 2*typ.Words(8)).Draw(t, "raw")
		v, err := modbus.Decode(typ, o, raw)
		if err != nil || v.Number != v.Number || typ == modbus.String {
			return
		}
		back, err := modbus.Encode(v, o, typ.Words(8))
		if err != nil || !bytes.Equal(back, raw) {
			t.Fatalf("%s %s: % x became % x (%v)", typ, o, raw, back, err)
		}
		if n, err := modbus.Number(typ, v.Number); err != nil && typ != modbus.Uint64 && typ != modbus.Int64 {
			t.Fatalf("%v does not fit into the %s it came from: %v", n, typ, err)
		}
	})
}

func ExampleDecode() {
	v, err := modbus.Decode(modbus.Float32, modbus.CDAB, []byte{0x0f, 0xdb, 0x40, 0x49})
	fmt.Println(v, err)
	// Output: 3.1415927 <nil>
}
