package main

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"beamslot/decay"
	"beamslot/scheduler"
	"beamslot/scheduler/desk"
)

// The crew of a demonstration: invented people who do by the plan what people do. Real days have none of it.
var (
	demoChemist  = scheduler.Actor{Name: "Demo radiochemist", Role: scheduler.Radiochemist}
	demoReleaser = scheduler.Actor{Name: "Demo release person", Role: scheduler.ReleasePerson}
	demoStaff    = scheduler.Actor{Name: "Demo PET staff", Role: scheduler.PETStaff}
	armsAhead    = scheduler.Minute(25)
)

// crew acts for the people of the demonstration.
type crew struct {
	desk  *desk.Desk
	clock clock
	beat  time.Duration
	rand  *rand.Rand
	log   *slog.Logger
}

// work does what is due by the plan until ctx ends.
func (w *crew) work(ctx context.Context) {
	for ctx.Err() == nil {
		for _, date := range w.desk.Days() {
			v, _, err := w.desk.View(date)
			if err != nil {
				continue
			}
			now := scheduler.MinuteOf(v.Midnight, w.clock.Now())
			w.chemists(ctx, v, now)
			w.drivers(ctx, v, now)
			w.staff(ctx, v, now)
		}
		sleep(ctx, w.beat)
	}
}

func (w *crew) chemists(ctx context.Context, v desk.View, now scheduler.Minute) {
	about := scheduler.About{Date: v.Date}
	for id, b := range v.Batches {
		switch {
		case b.Stage == scheduler.Planned && b.BeamStart-armsAhead <= now && now < b.BeamStart:
			w.do(ctx, demoChemist, fmt.Sprintf("%s/arm/%d", id, b.BeamStart), scheduler.Arm{About: about, Batch: id})
		case b.Stage == scheduler.InQC && b.Release <= now:
			w.do(ctx, demoReleaser, string(id)+"/release", scheduler.Release{About: about, Batch: id, Meaning: "Demonstration: QC taken as passed"})
		}
	}
}

func (w *crew) drivers(ctx context.Context, v desk.View, now scheduler.Minute) {
	about := scheduler.About{Date: v.Date}
	for id, x := range v.Vials {
		b := v.Batches[x.Batch]
		switch {
		case x.Stage == "planned" && b != nil && b.Stage == scheduler.Released && x.Depart <= now:
			w.do(ctx, demoChemist, string(id)+"/dispatch", scheduler.Dispatch{About: about, Vial: id})
		case x.Stage == "dispatched" && x.Arrive <= now:
			w.do(ctx, demoStaff, string(id)+"/receive", scheduler.Receive{About: about, Vial: id})
		}
	}
}

func (w *crew) staff(ctx context.Context, v desk.View, now scheduler.Minute) {
	about := scheduler.About{Date: v.Date}
	for id, x := range v.Visits {
		vial := v.Vials[x.Vial]
		switch {
		case x.Stage == "promised" && x.Injection <= now && vial != nil && vial.Stage == "received":
			w.inject(ctx, about, id, x)
		case x.Stage == "injected" && x.ScanStart <= now:
			w.do(ctx, demoStaff, string(id)+"/scan", scheduler.StartScan{About: about, Request: id})
		case x.Stage == "scanning" && x.ScanEnd <= now:
			w.do(ctx, demoStaff, string(id)+"/scanned", scheduler.FinishScan{About: about, Request: id})
		}
	}
}

// inject gives what was prescribed, up to two per cent less: what stays in the syringe.
func (w *crew) inject(ctx context.Context, about scheduler.About, id scheduler.RequestID, x *desk.VisitView) {
	given := decay.Assay{
		Nuclide:   x.Prescribed.Nuclide,
		Activity:  x.Prescribed.Activity * decay.Activity(1-0.02*w.rand.Float64()),
		Reference: w.clock.Now(),
	}
	w.do(ctx, demoStaff, string(id)+"/inject", scheduler.Inject{About: about, Request: id, Vial: x.Vial, Administered: given})
}

// do asks the desk; the demonstration's people take no for an answer and try again when the plan has changed.
func (w *crew) do(ctx context.Context, by scheduler.Actor, what string, c scheduler.Command) {
	_, err := w.desk.Do(ctx, desk.Act{ID: scheduler.CommandID("demo/" + string(c.Of()) + "/" + what), By: by, Command: c})
	if err != nil && ctx.Err() == nil {
		w.log.Debug("the demonstration's crew was refused", "command", c.Kind(), "what", what, "error", err)
	}
}
