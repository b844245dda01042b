package solve

import (
	"context"
	"sync"
)

// members is how many walks share a budget of steps, however many cores there are.
const members = 2

// portfolio lets the members walk apart and takes the best, the first of equals.
func portfolio(ctx context.Context, p *problem, o Options) (Result, error) {
	found := make([]*member, members)
	for i := range found {
		found[i] = &member{problem: p, o: o, number: uint64(i), steps: share(o.Steps, i)}
	}
	if o.Cores == 1 {
		for i := 0; i < members && (i == 0 || ctx.Err() == nil); i++ {
			found[i].walk(ctx)
		}
	} else {
		together(ctx, found)
	}
	return bestOf(found)
}

// share is a member's part of the steps; 0 stays without end.
func share(steps, i int) int {
	if steps <= 0 {
		return 0
	}
	return max((steps+members-1-i)/members, 1)
}

func together(ctx context.Context, found []*member) {
	var all sync.WaitGroup
	for _, m := range found {
		all.Go(func() { m.walk(ctx) })
	}
	all.Wait()
}

// member is one walk of the portfolio and what it found.
type member struct {
	*problem
	o      Options
	number uint64
	steps  int
	result Result
	err    error
	done   bool
}

func (m *member) walk(ctx context.Context) {
	s := newState(m.problem)
	if m.err = s.freeze(); m.err != nil {
		return
	}
	w := newWalker(s, m.o.Seed, m.number)
	if m.o.Warm != nil {
		w.warm(*m.o.Warm)
	}
	a := newWalk(w)
	if !w.idle() {
		w.construct(ctx)
		w.save(&a.best)
		a.better = m.told()
		a.better(a)
		a.run(ctx, m.steps)
	}
	m.result.Steps = a.steps
	m.result.Plan = s.export(newNaming(m.day, m.o))
	m.result.Score = s.score(m.result.Plan)
	m.done = true
}

// often is after how many moves at the least the next progress is told.
const often = 2000

// told reports the first member's bests, now and then.
func (m *member) told() func(*walk) {
	next := 0
	return func(a *walk) {
		if m.o.Progress == nil || m.number != 0 || a.steps < next {
			return
		}
		next = a.steps + often
		m.o.Progress(a.steps, a.score(a.export(newNaming(m.day, m.o))))
	}
}

func bestOf(found []*member) (Result, error) {
	var best Result
	steps, some := 0, false
	for _, m := range found {
		if m.err != nil {
			return Result{}, m.err
		}
		steps += m.result.Steps
		if m.done && (!some || m.result.Score.Better(best.Score)) {
			best, some = m.result, true
		}
	}
	best.Steps = steps
	return best, nil
}
