package devices

import (
	"context"
	"sync"

	"beamslot/scheduler"
)

// maxTraces is how many readings may wait before traces are dropped; signs never are.
const maxTraces = 1024

// outbox keeps a slow listener from slowing the machines down.
type outbox struct {
	mu    sync.Mutex
	queue []scheduler.Reading
	wake  chan struct{}
	out   chan scheduler.Reading
}

func newOutbox() *outbox {
	return &outbox{wake: make(chan struct{}, 1), out: make(chan scheduler.Reading)}
}

func (b *outbox) put(r scheduler.Reading) {
	b.mu.Lock()
	if r.Sign != scheduler.Trace || len(b.queue) < maxTraces {
		b.queue = append(b.queue, r)
	}
	b.mu.Unlock()
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

func (b *outbox) take() []scheduler.Reading {
	b.mu.Lock()
	defer b.mu.Unlock()
	q := b.queue
	b.queue = nil
	return q
}

// run hands readings over in order until ctx ends, and then closes the channel.
func (b *outbox) run(ctx context.Context) {
	defer close(b.out)
	for {
		select {
		case <-ctx.Done():
			return
		case <-b.wake:
		}
		for _, r := range b.take() {
			select {
			case b.out <- r:
			case <-ctx.Done():
				return
			}
		}
	}
}
