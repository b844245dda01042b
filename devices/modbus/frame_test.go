package modbus

import (
	"bytes"
	"encoding/binary"
	"testing"
)

// A reply is held against its request: unit, function, length, echo.
func TestAnswers(t *testing.T) {
	read := newFrame(7, 1, 3, []byte{0, 10, 0, 2})
	write := newFrame(7, 1, 16, []byte{0, 10, 0, 1, 2, 9, 9})
	for _, c := range []struct {
		name    string
		request frame
		reply   frame
		good    bool
	}{
		{"two registers", read, newFrame(7, 1, 3, []byte{4, 1, 2, 3, 4}), true},
		{"an exception", read, newFrame(7, 1, 0x83, []byte{2}), true},
		{"one register", read, newFrame(7, 1, 3, []byte{2, 1, 2}), false},
		{"three registers", read, newFrame(7, 1, 3, []byte{6, 1, 2, 3, 4, 5, 6}), false},
		{"a byte count that lies", read, newFrame(7, 1, 3, []byte{4, 1, 2}), false},
		{"another unit", read, newFrame(7, 2, 3, []byte{4, 1, 2, 3, 4}), false},
		{"another function", read, newFrame(7, 1, 4, []byte{4, 1, 2, 3, 4}), false},
		{"another function's exception", read, newFrame(7, 1, 0x84, []byte{2}), false},
		{"an exception 0", read, newFrame(7, 1, 0x83, []byte{0}), false},
		{"a long exception", read, newFrame(7, 1, 0x83, []byte{2, 2}), false},
		{"the echo", write, newFrame(7, 1, 16, []byte{0, 10, 0, 1}), true},
		{"another address", write, newFrame(7, 1, 16, []byte{0, 11, 0, 1}), false},
		{"another quantity", write, newFrame(7, 1, 16, []byte{0, 10, 0, 2}), false},
		{"half an echo", write, newFrame(7, 1, 16, []byte{0, 10}), false},
	} {
		if err := c.reply.answers(c.request); (err == nil) != c.good {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// Whatever comes, it is refused, or a whole frame whose parts lie inside it.
func FuzzReadFrame(f *testing.F) {
	f.Add([]byte(newFrame(1, 1, 3, []byte{2, 0, 1})))
	f.Add([]byte{0, 1, 0, 0, 0, 0, 1})
	f.Add([]byte{0, 1, 0, 0, 255, 255, 1, 3})
	f.Add([]byte("HTTP/1.1 400 Bad Request\r\n\r\n"))
	request := newFrame(1, 1, 3, []byte{0, 0, 0, 1})
	write := newFrame(1, 1, 6, []byte{0, 0, 0, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := readFrame(bytes.NewReader(b))
		if err != nil {
			return
		}
		if len(got) > 260 || len(got) != 6+int(binary.BigEndian.Uint16(b[4:])) || !bytes.Equal(got, b[:len(got)]) {
			t.Fatalf("% x was read as % x", b, got)
		}
		if got.answers(request) == nil && got.function() == 3 && len(got.data()) != 3 {
			t.Fatalf("% x was taken for one register", got)
		}
		if got.answers(write) == nil && got.function() == 6 && !bytes.Equal(got[7:], write[7:]) {
			t.Fatalf("% x was taken for the echo of % x", got, write)
		}
	})
}
