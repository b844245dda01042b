package store

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"beamslot/scheduler"
)

// FuzzLine: a line that is believed is not believed any more with any one of its bits flipped; what stands for an
// entry in it is read or refused, never worse.
func FuzzLine(f *testing.F) {
	line, err := seal(entry(1), emptyHash())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(line, 0)
	f.Add([]byte(`{"prev":"","entry":{},"crc":"00000000"}`), 40)
	f.Add([]byte(`{"seq":1,"event":"Booked","data":null}`), 700)
	f.Add([]byte(`","crc":"00000000"}`), 8)
	f.Fuzz(func(t *testing.T, b []byte, bit int) {
		body := []byte(prevField + strings.Repeat("0", 64) + entryField + string(b))
		for _, line := range [][]byte{b, append(body, tail(body)...)} {
			if _, entry, err := part(line); err != nil {
				continue
			} else if n, err := numberIn(entry); err == nil && n == 0 && !bytes.HasPrefix(entry, []byte(`{"seq":0`)) {
				t.Errorf("number 0 in %q", entry)
			}
			if e, err := unseal(line); err == nil && e.Event.Command == nil {
				t.Errorf("an entry without a command came out of %q", line)
			}
			at := max(bit, 0) % (8 * len(line))
			flipped := bytes.Clone(line)
			flipped[at/8] ^= 1 << (at % 8)
			if _, _, err := part(flipped); err == nil {
				t.Errorf("bit %d of %q can be flipped", at, line)
			}
		}
	})
}

// FuzzPages damages a journal as the fuzzer likes: it is refused, or every entry reads as before.
func FuzzPages(f *testing.F) {
	path := filepath.Join(f.TempDir(), "whole.db")
	j, err := Open(path, Options{noSync: true})
	if err != nil {
		f.Fatal(err)
	}
	fence, _ := j.Lead(ctx)
	if err := j.Append(ctx, 0, fence, entries(1, 60)); err != nil {
		f.Fatal(err)
	}
	want := readAll(f, j)
	j.Close()
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	whole = bytes.TrimRight(whole, "\x00") // pages not used yet
	whole = append(whole, make([]byte, 4096-len(whole)%4096)...)
	if err := (&walker{f: bytes.NewReader(whole), size: int64(len(whole)), seen: map[uint64]bool{}}).walk(); err != nil {
		f.Fatalf("the file without damage: %v", err)
	}
	f.Add([]byte{}, uint32(0))
	f.Add([]byte{1}, uint32(4096*2+8))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff}, uint32(12))
	f.Fuzz(func(t *testing.T, x []byte, at uint32) {
		b := bytes.Clone(whole)
		for i, c := range x {
			b[(int(at)+i)%len(b)] ^= c
		}
		w := &walker{f: bytes.NewReader(b), size: int64(len(b)), seen: map[uint64]bool{}}
		if w.walk() != nil {
			return
		}
		damaged := filepath.Join(t.TempDir(), "journal.db")
		if err := os.WriteFile(damaged, b, 0o600); err != nil {
			t.Fatal(err)
		}
		j, err := Open(damaged, Options{noSync: true})
		if err != nil {
			return
		}
		defer j.Close()
		if got := readAll(t, j); got != want {
			t.Errorf("%d bytes changed from %d on: nobody noticed, and the entries differ", len(x), at)
		}
	})
}

// readAll is every entry as text.
func readAll(t testing.TB, j *Journal) string {
	t.Helper()
	var all []scheduler.Entry
	all, err := j.Read(ctx, 0, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
