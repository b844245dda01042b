package store

import (
	"context"

	"beamslot/scheduler"
)

// Watch signals whenever entries were appended, until ctx ends. A signal that nobody has taken yet is replaced by
// the newer one: the writer never waits.
func (j *Journal) Watch(ctx context.Context) <-chan scheduler.Seq {
	ch := make(chan scheduler.Seq, 1)
	j.mu.Lock()
	j.watches[ch] = struct{}{}
	j.mu.Unlock()
	context.AfterFunc(ctx, func() {
		j.mu.Lock()
		defer j.mu.Unlock()
		delete(j.watches, ch)
		close(ch)
	})
	return ch
}

// signal tells the watchers where the journal ends; the lock is held.
func (j *Journal) signal() {
	for ch := range j.watches {
		select {
		case <-ch:
		default:
		}
		ch <- scheduler.Seq(j.head.Count)
	}
}
