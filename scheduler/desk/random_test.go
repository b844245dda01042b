package desk_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
)

// TestWhateverIsAskedTheDayStaysLawful sends random commands, sensible and not, as the hours pass. After each the
// laws hold; at the end the patches have led to the view, and a restart knows the same.
func TestWhateverIsAskedTheDayStaysLawful(t *testing.T) {
	for seed := range uint64(16) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := newRoom(t)
			r.openTiny()
			rnd := rand.New(rand.NewPCG(seed, 7))
			done := 0
			for i := range 120 {
				r.minute(scheduler.Minute(245 + i*4))
				v, _, err := r.View(date)
				if err != nil {
					t.Fatal(err)
				}
				by, c := anything(r, rnd, v, i)
				_, err = r.Do(context.Background(), desk.Act{ID: scheduler.CommandID(fmt.Sprint(i)), By: by, Command: c})
				if _, refused := desk.IsRefusal(err); err != nil && !refused {
					t.Fatal(err)
				}
				if err == nil {
					done++
				}
				r.laws()
			}
			if done < 5 {
				t.Errorf("only %d of 120 commands were done: the test asks for nonsense", done)
			}
			before, _, _ := r.View(date)
			r.reopen()
			after, _, _ := r.View(date)
			if d := differs("view", asJSON(t, before), asJSON(t, after)); d != "" {
				t.Errorf("after the restart: %s", d)
			}
		})
	}
}

// anything picks a command; most go the day's way, so that it gets somewhere.
func anything(r *room, rnd *rand.Rand, v desk.View, i int) (scheduler.Actor, scheduler.Command) {
	batch := pick(rnd, slices.Sorted(maps.Keys(v.Batches)))
	vial := pick(rnd, slices.Sorted(maps.Keys(v.Vials)))
	visit := pick(rnd, slices.Sorted(maps.Keys(v.Visits)))
	low := []float64{4700, 4000, 3000, 5200}[rnd.IntN(4)]
	switch rnd.IntN(14) {
	case 0:
		return chemist, scheduler.Arm{About: about(), Batch: batch}
	case 1:
		return floor, scheduler.Begin{About: about(), Batch: batch, Stage: scheduler.Beam}
	case 2:
		return floor, scheduler.Begin{About: about(), Batch: batch, Stage: scheduler.Synthesizing}
	case 3:
		return floor, scheduler.Measure{About: about(), Batch: batch, Assay: r.fdg(low), Device: "DC-1"}
	case 4:
		return releaser, scheduler.Release{About: about(), Batch: batch, Meaning: "released"}
	case 5:
		return chemist, scheduler.Dispatch{About: about(), Vial: vial}
	case 6, 7:
		return nurse, scheduler.Receive{About: about(), Vial: vial}
	case 8, 9:
		return nurse, scheduler.Inject{About: about(), Request: visit, Vial: vial, Administered: r.fdg(150 + 300*rnd.Float64())}
	case 10:
		return nurse, scheduler.StartScan{About: about(), Request: visit}
	case 11:
		return nurse, scheduler.FinishScan{About: about(), Request: visit}
	case 12:
		if i > 80 && rnd.IntN(4) == 0 {
			return releaser, scheduler.Fail{About: about(), Batch: batch, Reason: "sterile filter"}
		}
		return nurse, scheduler.Cancel{About: about(), Request: visit, Reason: "ill"}
	default:
		return nurse, scheduler.Book{About: about(), Request: wish(fmt.Sprintf("N%d", i)), Wall: morning}
	}
}

func pick[T any](rnd *rand.Rand, from []T) T {
	var none T
	if len(from) == 0 {
		return none
	}
	return from[rnd.IntN(len(from))]
}
