package solve

import (
	"context"
	"math"
)

// moves are what a walker may do, with how often it does so.
var moves = []struct {
	name  string
	often uint32
	do    func(*walker)
}{
	{"ruin string", 44, ruinString},
	{"ruin two centres", 16, ruinTwo},
	{"ruin vial", 12, ruinVial},
	{"drop batch", 8, dropBatch},
	{"add batch", 10, addBatch},
	{"swap batch", 10, swapBatch},
	{"shift batch", 22, shiftBatch},
}

// walk is one walker's search: annealing in cycles.
type walk struct {
	*walker
	best   snapshot
	steps  int
	most   int
	hot    float64 // points: a loss accepted about one time in three at a cycle's start
	cold   float64
	better func(*walk) // told of a new best
}

func newWalk(w *walker) *walk {
	a := &walk{walker: w}
	scale := w.typicalValue()
	a.hot, a.cold = scale/8, scale/300
	w.save(&a.best)
	return a
}

func (w *walker) typicalValue() float64 {
	sum := 0.0
	for r := range w.requests {
		sum += w.requests[r].value
	}
	return sum / float64(max(len(w.requests), 1))
}

// run walks until the steps are used up (0: never) or ctx ends: rounds, each twice as long as the one before, of a
// few cycles from fresh starts and a longer, cooler one from the best so far.
func (a *walk) run(ctx context.Context, most int) {
	a.most = most
	fresh := false
	for length := a.firstCycle(); !a.over(ctx); length *= 2 {
		for range a.starts() {
			if fresh {
				a.startAfresh(ctx)
			}
			fresh = true
			a.cycle(ctx, length, a.hot)
		}
		a.load(&a.best)
		a.cycle(ctx, a.tail(2*length), a.hot/2)
	}
	a.load(&a.best)
}

// over reports whether the budget is used up.
func (a *walk) over(ctx context.Context) bool {
	return a.most > 0 && a.steps >= a.most || ctx.Err() != nil
}

// firstCycle gives each request a few tries.
func (a *walk) firstCycle() int { return 1000 + 8*len(a.requests) }

// starts is how many cycles of a round begin afresh: on small days a wrong choice of batches is the danger, on
// large ones wrong and right choices average out and the time is better spent on one plan.
func (a *walk) starts() int { return min(max(350/(len(a.requests)+1), 1), 4) }

func (a *walk) startAfresh(ctx context.Context) {
	a.strip()
	a.construct(ctx)
}

// tail lengthens a round's last cycle to the end when no other round is worth beginning.
func (a *walk) tail(length int) int {
	if left := a.most - a.steps; a.most > 0 && left < 4*length {
		return left
	}
	return length
}

func (a *walk) cycle(ctx context.Context, length int, heat float64) {
	cool := math.Pow(a.cold/heat, 1/float64(max(length, 1)))
	for i := range length {
		if i&15 == 0 && a.over(ctx) {
			return
		}
		a.step(heat)
		heat *= cool
	}
}

// step does one move, and keeps it or undoes it.
func (a *walk) step(heat float64) {
	before := a.worth
	a.someMove()(a.walker)
	a.steps++
	if a.worth < before && a.worth <= before+heat*math.Log(1-a.rng.Float64()) {
		a.undo(0)
		return
	}
	a.keep()
	if a.worth > a.best.worth+1e-6 {
		a.save(&a.best)
		if a.better != nil {
			a.better(a)
		}
	}
}

func (w *walker) someMove() func(*walker) {
	total := uint32(0)
	for i := range moves {
		total += moves[i].often
	}
	pick := w.rng.Uint32N(total)
	for i := range moves {
		if pick < moves[i].often {
			return moves[i].do
		}
		pick -= moves[i].often
	}
	return moves[0].do
}
