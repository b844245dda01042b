package desk

import (
	"context"

	"beamslot/scheduler"
)

// Journal is the record of what happened. An embedded file and a cluster can both promise this much.
type Journal interface {
	// Append writes the entries as one, durably, right after the entry numbered after, or writes nothing.
	// [ErrConflict]: the journal's end is elsewhere. [ErrFenced]: somebody else leads.
	Append(ctx context.Context, after scheduler.Seq, fence scheduler.Fence, entries []scheduler.Entry) error
	// Read gives at most limit entries that follow after; fewer only at the end.
	Read(ctx context.Context, after scheduler.Seq, limit int) ([]scheduler.Entry, error)
	// Watch signals (capacity one, never blocking the writer) whenever entries were appended, until ctx ends.
	Watch(ctx context.Context) <-chan scheduler.Seq
	// Lead takes the lead and gives the fence that Append asks for.
	Lead(ctx context.Context) (scheduler.Fence, error)
	// Last is the number of the newest entry, 0 in an empty journal.
	Last() scheduler.Seq
}
