package store

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
)

// model is a journal as a slice, beside the real one.
type model struct {
	path  string
	j     *Journal
	fence scheduler.Fence
	held  []scheduler.Entry
}

func (m *model) open(t *rapid.T) {
	j, err := Open(m.path, Options{noSync: true})
	if err != nil {
		t.Fatal(err)
	}
	m.j = j
}

// reopen closes the file and opens it again: everything stands, the fence too.
func (m *model) reopen(t *rapid.T) {
	if err := m.j.Close(); err != nil {
		t.Fatal(err)
	}
	m.open(t)
}

func (m *model) lead(t *rapid.T) {
	fence, err := m.j.Lead(ctx)
	if err != nil || fence <= m.fence {
		t.Fatalf("fence %d after %d, %v", fence, m.fence, err)
	}
	m.fence = fence
}

// grow appends where the journal ends, or elsewhere, with the leader's fence or another.
func (m *model) grow(t *rapid.T) {
	n := rapid.OneOf(rapid.IntRange(0, 5), rapid.IntRange(0, 5), rapid.IntRange(0, 5), rapid.IntRange(400, 600)).Draw(t, "entries")
	after := len(m.held) + rapid.SampledFrom([]int{0, 0, 0, -1, 1}).Draw(t, "off by")
	fence := int(m.fence) + rapid.SampledFrom([]int{0, 0, 0, -1, 1}).Draw(t, "fence off by")
	if after < 0 || fence < 0 {
		return
	}
	more := entries(after+1, n)
	var want error
	switch {
	case fence != int(m.fence):
		want = desk.ErrFenced
	case after != len(m.held):
		want = desk.ErrConflict
	default:
		m.held = append(m.held, more...)
	}
	if err := m.j.Append(ctx, scheduler.Seq(after), scheduler.Fence(fence), more); !errors.Is(err, want) {
		t.Fatalf("appending %d after %d of %d: %v, want %v", n, after, len(m.held), err, want)
	}
}

func (m *model) read(t *rapid.T) {
	after := rapid.OneOf(rapid.IntRange(0, len(m.held)+3), rapid.Just(math.MaxInt)).Draw(t, "after")
	limit := rapid.OneOf(rapid.IntRange(-1, len(m.held)+3), rapid.Just(math.MaxInt)).Draw(t, "limit")
	var want []scheduler.Entry
	if after < len(m.held) && limit > 0 {
		want = m.held[after:min(len(m.held), after+min(limit, len(m.held)))]
	}
	got, err := m.j.Read(ctx, scheduler.Seq(after), limit)
	if err != nil || cmp.Diff(want, got) != "" {
		t.Fatalf("%d after %d, %v: %s", limit, after, err, cmp.Diff(want, got))
	}
}

// TestAJournalIsASlice: whatever is appended in whatever portions, refused, led and opened again, what is read is
// what the slice holds.
func TestAJournalIsASlice(t *testing.T) {
	dir, n := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		m := &model{path: filepath.Join(dir, fmt.Sprint(n, ".db"))}
		m.open(t)
		defer func() { m.j.Close() }()
		t.Repeat(map[string]func(*rapid.T){
			"lead": m.lead, "append": m.grow, "read": m.read, "reopen": m.reopen,
			"": func(t *rapid.T) {
				if int(m.j.Last()) != len(m.held) {
					t.Fatalf("the last is %d of %d", m.j.Last(), len(m.held))
				}
			},
		})
	})
}
