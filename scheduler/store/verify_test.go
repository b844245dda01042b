package store

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"beamslot/scheduler"
)

// edit changes a journal's entries by hand, as somebody with bbolt's tools could.
func edit(t *testing.T, path string, f func(entries, meta *bolt.Bucket) error) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error { return f(tx.Bucket(entriesBucket), tx.Bucket(metaBucket)) })
	if err != nil || db.Close() != nil {
		t.Fatal(err)
	}
}

func TestVerifyNamesTheFirstBrokenEntry(t *testing.T) {
	// forged seals a changed entry anew, as somebody would who knows the format.
	forged := func(b *bolt.Bucket, n int, e scheduler.Entry) error {
		prev, _, _ := part(b.Get(key(uint64(n))))
		line, err := seal(e, prev)
		if err != nil {
			return err
		}
		return b.Put(key(uint64(n)), line)
	}
	for name, c := range map[string]struct {
		edit func(b, m *bolt.Bucket) error
		want string
	}{
		"a byte changed": {func(b, _ *bolt.Bucket) error {
			return b.Put(key(7), bytes.Replace(b.Get(key(7)), []byte("ill"), []byte("fit"), 1))
		}, "entry 7 is broken: its checksum"},
		"a reason changed and sealed anew": {func(b, _ *bolt.Bucket) error {
			e := entry(7)
			e.By.Name = "Somebody"
			return forged(b, 7, e)
		}, "entry 8 is broken: it does not follow"},
		"the last one sealed anew": {func(b, _ *bolt.Bucket) error {
			e := entry(20)
			e.By.Name = "Somebody"
			return forged(b, 20, e)
		}, "entry 20 is broken: it is not the one"},
		"taken out":           {func(b, _ *bolt.Bucket) error { return b.Delete(key(7)) }, "entry 7 is broken: it is not there"},
		"the first taken out": {func(b, _ *bolt.Bucket) error { return b.Delete(key(1)) }, "entry 1 is broken: it is not there"},
		"the tail cut off":    {func(b, _ *bolt.Bucket) error { return b.Delete(key(20)) }, "entry 20 is broken: the journal has 19"},
		"two swapped": {func(b, _ *bolt.Bucket) error {
			x, y := bytes.Clone(b.Get(key(5))), bytes.Clone(b.Get(key(6)))
			b.Put(key(5), y)
			return b.Put(key(6), x)
		}, "entry 5 is broken: it says that it is entry 6"},
		"one put in at the end": {func(b, _ *bolt.Bucket) error {
			line, _ := seal(entry(21), hashOf(b.Get(key(20))))
			return b.Put(key(21), line)
		}, "entry 21 is broken: the journal has 21"},
		"not a line":   {func(b, _ *bolt.Bucket) error { return b.Put(key(3), []byte("{}")) }, "entry 3 is broken: it is not a sealed line"},
		"head changed": {func(_, m *bolt.Bucket) error { return m.Put(headKey, []byte("x")) }, "its head record is damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filled(t, 20)
			edit(t, path, c.edit)
			r, err := Verify(path)
			if err != nil || !strings.HasPrefix(r.Broken, c.want) {
				t.Errorf("%+v, %v; want %q", r, err, c.want)
			}
			before, _ := os.ReadFile(path)
			if _, err := Open(path, Options{}); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the desk would have opened it, or is not told why: %v", err)
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("a broken journal was changed")
			}
		})
	}
}

func TestVerifyChangesNothing(t *testing.T) {
	path := filled(t, 100)
	before, _ := os.ReadFile(path)
	if r, err := Verify(path); err != nil || !r.Sound() || r.Entries != 100 {
		t.Fatalf("%+v, %v", r, err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("the file changed")
	}
}

// TestEveryBitFlipIsFoundOrHarmless flips single bits all over the file: either somebody says so, or every entry
// reads as before.
func TestEveryBitFlipIsFoundOrHarmless(t *testing.T) {
	path := filled(t, 600)
	whole, _ := os.ReadFile(path)
	want := contents(t, path)
	rnd := rand.New(rand.NewPCG(5, 6))
	found, harmless := 0, 0
	for i := range soak(60, 400) {
		at, bit := rnd.IntN(len(whole)), rnd.IntN(8)
		for i%4 != 0 && whole[at] == 0 { // three of four where something is written
			at = rnd.IntN(len(whole))
		}
		flipped := bytes.Clone(whole)
		flipped[at] ^= 1 << bit
		damaged := filepath.Join(t.TempDir(), "journal.db")
		os.WriteFile(damaged, flipped, 0o600)
		j, err := Open(damaged, Options{})
		if err != nil {
			found++
			continue
		}
		j.Close()
		if got := contents(t, damaged); got != want {
			t.Errorf("bit %d of byte %d flipped: nobody noticed, and the entries differ", bit, at)
		}
		harmless++
	}
	if found == 0 || harmless == 0 {
		t.Errorf("%d found, %d harmless: the flips do not reach the file", found, harmless)
	}
	t.Logf("%d flips: %d found, %d harmless", found+harmless, found, harmless)
}

// contents is every entry as text.
func contents(t *testing.T, path string) string {
	t.Helper()
	j := opened(t, path)
	defer j.Close()
	return readAll(t, j)
}
