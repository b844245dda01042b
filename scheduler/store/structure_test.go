package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"
)

// soundAt walks the file at path.
func soundAt(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(sound(f), f.Close())
}

// TestTheWalkBelievesWhateverBboltWrites: a walk that cries wolf would keep a good journal shut. So files are made by
// random puts and deletes, small and over many pages, with and without a list of free pages.
func TestTheWalkBelievesWhateverBboltWrites(t *testing.T) {
	dir, n := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		path := filepath.Join(dir, fmt.Sprint(n, ".db"))
		db, err := bolt.Open(path, 0o600, &bolt.Options{
			NoSync: true, NoGrowSync: true, NoFreelistSync: rapid.Bool().Draw(t, "no free list"),
			PageSize: rapid.SampledFrom([]int{1024, 4096}).Draw(t, "page size"),
		})
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 12).Draw(t, "commits") {
			if err := db.Update(func(tx *bolt.Tx) error { return scribble(t, tx) }); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if err := soundAt(path); err != nil {
			t.Fatalf("a file that bbolt wrote: %v", err)
		}
		os.Remove(path)
	})
}

// scribble changes one of three buckets at random.
func scribble(t *rapid.T, tx *bolt.Tx) error {
	b, err := tx.CreateBucketIfNotExists([]byte(rapid.SampledFrom([]string{"a", "bucket", "z"}).Draw(t, "bucket")))
	if err != nil {
		return err
	}
	b.FillPercent = rapid.SampledFrom([]float64{0.5, 1}).Draw(t, "fill")
	size := rapid.SampledFrom([]int{0, 1, 200, 4000, 30000}).Draw(t, "size")
	rnd := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	for range rapid.IntRange(1, 150).Draw(t, "changes") {
		k := key(rnd.Uint64N(300))
		if rnd.IntN(3) == 0 {
			err = b.Delete(k)
		} else {
			err = b.Put(k, make([]byte, rnd.IntN(size+1)))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// listed is a file whose list of free pages is in it, as other tools leave one, and the byte where the list begins.
func listed(t *testing.T) (file []byte, at int) {
	t.Helper()
	path := filled(t, 300)
	edit(t, path, func(entries, _ *bolt.Bucket) error { return entries.Put(key(1), entries.Get(key(1))) })
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	w := &walker{f: strings.NewReader(string(file)), size: int64(len(file)), seen: map[uint64]bool{}}
	m, err := w.liveMeta()
	if err != nil || m.free == noFree {
		t.Fatalf("no list of free pages in the file: %v", err)
	}
	return file, int(m.free) * int(w.pageSize)
}

func TestAListOfFreePagesIsNotBelieved(t *testing.T) {
	for name, c := range map[string]struct {
		damage func(list []byte)
		want   string
	}{
		"as it was written":       {func([]byte) {}, ""},
		"another page's number":   {func(l []byte) { l[0] ^= 1 }, "is not the list"},
		"another kind":            {func(l []byte) { l[8] = leafPage }, "is not the list"},
		"more than there is":      {func(l []byte) { binary.LittleEndian.PutUint16(l[10:], 60_000) }, "is cut off"},
		"more than can be":        {func(l []byte) { copy(l[10:], "\xff\xff\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\x7f") }, "is cut off"},
		"a page in use":           {func(l []byte) { binary.LittleEndian.PutUint64(l[16:], 4) }, "page 4 is in use"},
		"a page that is not":      {func(l []byte) { binary.LittleEndian.PutUint64(l[16:], 1<<40) }, "is in use and on"},
		"the head as a free page": {func(l []byte) { binary.LittleEndian.PutUint64(l[16:], 1) }, "page 1 is in use"},
	} {
		t.Run(name, func(t *testing.T) {
			file, at := listed(t)
			c.damage(file[at:])
			path := filepath.Join(t.TempDir(), "journal.db")
			if err := os.WriteFile(path, file, 0o600); err != nil {
				t.Fatal(err)
			}
			r, err := Verify(path)
			if err != nil || r.Sound() != (c.want == "") || !strings.Contains(r.Broken, c.want) {
				t.Errorf("%+v, %v; want %q", r, err, c.want)
			}
		})
	}
}

// TestNoDamageToAPageGetsThrough sets bytes in the parts of the file that carry its form to anything: heads, page
// heads, elements. Whatever is let through holds the same entries, also after more is written.
func TestNoDamageToAPageGetsThrough(t *testing.T) {
	path := filled(t, 400)
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, rnd := contents(t, path), rand.New(rand.NewPCG(7, 8))
	through := 0
	for i := range soak(150, 2000) {
		b := append([]byte(nil), file...)
		pageAt := rnd.IntN(len(b)/4096) * 4096
		for range 1 + rnd.IntN(2) {
			b[pageAt+rnd.IntN(160)] = byte(rnd.IntN(256))
		}
		damaged := filepath.Join(t.TempDir(), "journal.db")
		if err := os.WriteFile(damaged, b, 0o600); err != nil {
			t.Fatal(err)
		}
		j, err := Open(damaged, Options{noSync: true})
		if err != nil {
			continue
		}
		through++
		fence, err := j.Lead(ctx)
		if err == nil {
			err = j.Append(ctx, 400, fence, entries(401, 3))
		}
		if err = errors.Join(err, j.Close()); err != nil {
			t.Fatalf("damage %d was let through and stopped a write: %v", i, err)
		}
		if got := contents(t, damaged); !strings.HasPrefix(got, strings.TrimSuffix(want, "]")) {
			t.Fatalf("damage %d in page %d was let through, and the entries differ", i, pageAt/4096)
		}
	}
	if through == 0 {
		t.Error("nothing was let through: no page is without use, or good files are refused")
	}
}
