package solve

import (
	"context"
	"fmt"

	"beamslot/scheduler"
)

// Options of a search; the zero value works.
type Options struct {
	Seed      uint64
	Steps     int                        // stop after so many moves; 0: when ctx ends, or after a default where it never does
	Cores     int                        // how many may work at once; 0: two. The plan of a seed and steps does not depend on it
	Warm      *scheduler.Plan            // the running plan, to start from
	Used      map[scheduler.BatchID]bool // ids that mean something already
	UsedVials map[scheduler.VialID]bool  // likewise
	Progress  func(int, scheduler.Score) // told now and then: moves so far, the best score
}

// Result is the best plan found, its score and how many moves were tried.
type Result struct {
	Plan  scheduler.Plan
	Score scheduler.Score
	Steps int
}

// defaultSteps is the budget when neither steps nor a deadline is given.
const defaultSteps = 40_000

// Plan searches for the best plan of a day until its steps are used up or ctx ends, and gives the best it saw: an
// ended ctx is not an error once there is a plan. The error says what makes the day unplannable.
func Plan(ctx context.Context, day scheduler.Day, o Options) (Result, error) {
	if err := ctx.Err(); err != nil {
		return Result{}, fmt.Errorf("planning %s: cancelled before the first plan: %w", day.Name, err)
	}
	if _, ends := ctx.Deadline(); o.Steps <= 0 && !ends && ctx.Done() == nil {
		o.Steps = defaultSteps
	}
	p, err := compile(day)
	if err != nil {
		return Result{}, err
	}
	base := newState(p)
	if err := base.freeze(); err != nil {
		return Result{}, fmt.Errorf("planning %s: %w", day.Name, err)
	}
	return portfolio(ctx, p, o)
}
