package desk_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"beamslot/decay"
	"beamslot/scheduler"
	"beamslot/scheduler/desk"
)

func asJSON(t *testing.T, v any) any {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var doc any
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

func wish(id string) scheduler.Request {
	return scheduler.Request{ID: scheduler.RequestID(id), Tracer: "FDG", WeightKg: 70, Dose: 200, Uptake: scheduler.Span{60, 70},
		Scan: 20, Class: 3, Value: 1200, LatePerMin: 1, Centres: []scheduler.CentreID{"C1"}}
}

var morning = scheduler.Wall{From: "08:00", To: "12:00", Zone: "Europe/Oslo"}

func TestWhatABookingMustSay(t *testing.T) {
	r := newRoom(t)
	r.openTiny()
	bad := map[string]func(*scheduler.Book){
		"no such tracer":  func(b *scheduler.Book) { b.Request.Tracer = "GOLD" },
		"negative weight": func(b *scheduler.Book) { b.Request.WeightKg = -70 },
		"no activity":     func(b *scheduler.Book) { b.Request.Dose = 0 },
		"no such centre":  func(b *scheduler.Book) { b.Request.Centres = []scheduler.CentreID{"C9"} },
		"no centre":       func(b *scheduler.Book) { b.Request.Centres = nil },
		"no such zone":    func(b *scheduler.Book) { b.Wall.Zone = "Europe/Atlantis" },
		"no zone":         func(b *scheduler.Book) { b.Wall.Zone = "" },
		"no such time":    func(b *scheduler.Book) { b.Wall.From = "8 o'clock" },
		"window reversed": func(b *scheduler.Book) { b.Wall.To = "07:00" },
		"class":           func(b *scheduler.Book) { b.Request.Class = 5 },
		"uptake reversed": func(b *scheduler.Book) { b.Request.Uptake = scheduler.Span{70, 60} },
	}
	for name, spoil := range bad {
		t.Run(name, func(t *testing.T) {
			b := scheduler.Book{About: about(), Request: wish("R9"), Wall: morning}
			spoil(&b)
			r.no(nurse, b, desk.Malformed, "request")
		})
	}
	r.must(nurse, scheduler.Book{About: about(), Request: wish("R9"), Wall: morning})
	r.no(nurse, scheduler.Book{About: about(), Request: wish("R9"), Wall: morning}, desk.Unlawful, "request-booked-once")
	day, _, _ := r.Day(date)
	got := day.Requests[len(day.Requests)-1]
	if got.ID != "R9" || got.Window != (scheduler.Span{420, 660}) || got.Due != 660 {
		t.Errorf("08:00–12:00 in Oslo in November is %v due %d for %s; want [420 660] due 660", got.Window, got.Due, got.ID)
	}
}

func TestNobodyDoesWhatIsNotTheirs(t *testing.T) {
	r := newRoom(t)
	r.openTiny()
	r.no(nurse, scheduler.Arm{About: about(), Batch: "B1"}, desk.Forbidden, "people")
	r.no(chemist, scheduler.Release{About: about(), Batch: "B1", Meaning: "x"}, desk.Forbidden, "people")
	r.no(scheduler.Actor{Name: "Eva", Role: scheduler.Viewer}, scheduler.Cancel{About: about(), Request: "R1"}, desk.Forbidden, "people")
	r.no(scheduler.Actor{Role: scheduler.Coordinator}, scheduler.Cancel{About: about(), Request: "R1"}, desk.Forbidden, "people")
}

func TestABatchGoesStepByStep(t *testing.T) {
	r := newRoom(t)
	r.openTiny()
	r.no(chemist, scheduler.Arm{About: about(), Batch: "B9"}, desk.Unknown, "batch")
	r.no(floor, scheduler.Begin{About: about(), Batch: "B1", Stage: scheduler.Beam}, desk.Unlawful, "batch-stage")
	r.no(releaser, scheduler.Release{About: about(), Batch: "B1", Meaning: "released"}, desk.Unlawful, "batch-stage")
	r.no(chemist, scheduler.Dispatch{About: about(), Vial: "D-B1-C1"}, desk.Unlawful, "released-before-dispatch")
	r.must(chemist, scheduler.Arm{About: about(), Batch: "B1"})
	r.no(chemist, scheduler.Arm{About: about(), Batch: "B1"}, desk.Unlawful, "batch-stage")
	r.no(floor, scheduler.Begin{About: about(), Batch: "B1", Stage: scheduler.InQC}, desk.Malformed, "stage")
	r.minute(250)
	r.must(floor, scheduler.Begin{About: about(), Batch: "B1", Stage: scheduler.Beam})
	r.minute(280)
	r.must(floor, scheduler.Begin{About: about(), Batch: "B1", Stage: scheduler.Synthesizing})
	r.minute(315)
	measure := func(a decay.Assay) scheduler.Measure {
		return scheduler.Measure{About: about(), Batch: "B1", Assay: a, Device: "DC-1"}
	}
	wrong := r.fdg(4000)
	wrong.Nuclide = "Ga-68"
	r.no(floor, measure(wrong), desk.Unlawful, "nuclide-setting")
	late := r.fdg(4000)
	late.Reference = late.Reference.Add(-time.Hour) // summer time's old trick
	r.no(floor, measure(late), desk.Unlawful, "clock")
	r.no(floor, measure(r.fdg(-1)), desk.Malformed, "activity")
	r.must(floor, measure(r.fdg(4650)))
	r.no(floor, measure(r.fdg(4650)), desk.Unlawful, "batch-stage")
	r.no(releaser, scheduler.Release{About: about(), Batch: "B1"}, desk.Malformed, "meaning")
	r.no(releaser, scheduler.Fail{About: about(), Batch: "B1"}, desk.Malformed, "reason")
}

func TestWhatMustNotBeInjected(t *testing.T) {
	r := newRoom(t)
	r.openTiny()
	r.toQC(4650)
	inject := func(a decay.Assay) scheduler.Inject {
		return scheduler.Inject{About: about(), Request: "R1", Vial: "D-B1-C1", Administered: a}
	}
	r.no(nurse, inject(r.fdg(300)), desk.Unlawful, "released-before-injection")
	r.minute(340)
	r.must(releaser, scheduler.Release{About: about(), Batch: "B1", Meaning: "released"})
	r.no(nurse, inject(r.fdg(300)), desk.Unlawful, "received-before-injection")
	r.minute(350)
	r.must(chemist, scheduler.Dispatch{About: about(), Vial: "D-B1-C1"})
	r.no(chemist, scheduler.Dispatch{About: about(), Vial: "D-B1-C1"}, desk.Unlawful, "dispatched-once")
	r.minute(355)
	r.must(nurse, scheduler.Receive{About: about(), Vial: "D-B1-C1"})
	r.no(nurse, scheduler.Receive{About: about(), Vial: "D-B1-C1"}, desk.Unlawful, "dispatched-before-receipt")
	r.minute(370)
	r.no(nurse, inject(r.fdg(9000)), desk.Unlawful, "vial-holds")
	r.no(nurse, inject(r.fdg(0)), desk.Malformed, "activity")
	r.no(nurse, scheduler.StartScan{About: about(), Request: "R1"}, desk.Unlawful, "scan-in-order")
	r.must(nurse, inject(r.fdg(325)))
	r.no(nurse, inject(r.fdg(325)), desk.Unlawful, "injected-once")
	r.no(nurse, scheduler.Cancel{About: about(), Request: "R1", Reason: "went home"}, desk.Unlawful, "not-after-injection")
	r.minute(315 + 600 + 1) // a minute past the shelf life
	expired := scheduler.Inject{About: about(), Request: "R3", Vial: "D-B1-C1", Administered: r.fdg(20)}
	r.no(nurse, expired, desk.Unlawful, "shelf-life")
}

func TestAMoveIsAllOrNothing(t *testing.T) {
	r := newRoom(t)
	plan := r.openTiny()
	a := plan.Appointments[5]
	clash := a
	clash.Injection, clash.ScanStart = plan.Appointments[4].Injection, plan.Appointments[4].ScanStart
	before, _, _ := r.Plan(date)
	no := r.no(nurse, scheduler.Move{About: about(), Appointment: clash, Reason: "asked to"}, desk.Unlawful, "scanner-free")
	if no.Says == "" {
		t.Error("the refusal says nothing")
	}
	after, _, _ := r.Plan(date)
	if d := differs("plan", asJSON(t, before), asJSON(t, after)); d != "" {
		t.Errorf("the refused move changed the plan: %s", d)
	}
	later := a
	later.Injection, later.ScanStart = a.Injection+30, a.ScanStart+30
	r.no(nurse, scheduler.Move{About: about(), Appointment: later, Reason: "asked to"}, desk.Unlawful, "vial-activity")
	r.must(nurse, scheduler.Cancel{About: about(), Request: plan.Appointments[4].Request, Reason: "ill"})
	r.must(nurse, scheduler.Move{About: about(), Appointment: clash, Reason: "asked to"})
	v, _, _ := r.View(date)
	if got := v.Visits[a.Request].Injection; got != clash.Injection {
		t.Errorf("injection at %d, want %d", got, clash.Injection)
	}
}

func TestADayIsOpenedOnceAndWhole(t *testing.T) {
	r := newRoom(t)
	r.no(chemist, scheduler.Arm{About: about(), Batch: "B1"}, desk.Unknown, "day")
	day := fixture(t, "tiny-1.json", scheduler.ParseDay)
	r.no(coord, scheduler.Open{About: scheduler.About{Date: "24.11.2026"}, Day: day}, desk.Malformed, "date")
	r.openTiny()
	r.no(coord, scheduler.Open{About: about(), Day: day}, desk.Unlawful, "day-opened-once")
	lost := fixture(t, "medium-1-lost-batch.json", scheduler.ParseDay)
	r.no(coord, scheduler.Open{About: scheduler.About{Date: "2026-11-25"}, Day: lost}, desk.Malformed, "nothing-frozen")
}

func TestAPlanThatEventsOvertookIsStale(t *testing.T) {
	r := newRoom(t)
	plan := r.openTiny()
	basis := r.Seq()
	r.no(planner, scheduler.Adopt{About: about(), Plan: plan, Basis: basis}, desk.Stale, "plan-differs")
	r.must(nurse, scheduler.Cancel{About: about(), Request: "R6", Reason: "moved away"})
	r.no(planner, scheduler.Adopt{About: about(), Plan: plan, Basis: basis}, desk.Stale, "known-names")
	r.must(chemist, scheduler.Arm{About: about(), Batch: "B1"})
	without := plan
	without.Batches, without.Vials, without.Appointments = nil, nil, nil
	r.no(planner, scheduler.Adopt{About: about(), Plan: without, Basis: r.Seq() - 1}, desk.Stale, "frozen")
	r.no(planner, scheduler.Adopt{About: about(), Plan: without, Basis: r.Seq()}, desk.Unlawful, "frozen")
}

func TestWhatTheProgramsOwnPartsAreCalledIsTheirs(t *testing.T) {
	r := newRoom(t)
	r.openTiny()
	for _, id := range []scheduler.CommandID{"floor/2026-11-24/B1/assayed", "round/open/2026-11-25", "plan/2026-11-24/1/1"} {
		_, err := r.Do(t.Context(), desk.Act{ID: id, By: nurse, Command: scheduler.Cancel{About: about(), Request: "R1", Reason: "ill"}})
		if no, ok := desk.IsRefusal(err); !ok || no.Law != "command-id" {
			t.Errorf("somebody took the id %s: %v", id, err)
		}
	}
}

func TestAnIDOfSomebodyElseTellsNothing(t *testing.T) {
	r := newRoom(t)
	r.openTiny()
	act := desk.Act{ID: "mine", By: nurse, Command: scheduler.Cancel{About: about(), Request: "R1", Reason: "ill"}}
	if _, err := r.Do(t.Context(), act); err != nil {
		t.Fatal(err)
	}
	act.By = scheduler.Actor{Name: "Eva", Role: scheduler.Viewer}
	if no, ok := desk.IsRefusal(last(r.Do(t.Context(), act))); !ok || no.Why != desk.Forbidden {
		t.Errorf("a viewer got the receipt of another's command: %v", no)
	}
}

func TestALostNameIsNotUsedAgain(t *testing.T) {
	r := newRoom(t)
	plan := r.openTiny()
	r.must(chemist, scheduler.Arm{About: about(), Batch: "B1"})
	r.must(chemist, scheduler.Fail{About: about(), Batch: "B1", Reason: "target foil"})
	r.no(planner, scheduler.Adopt{About: about(), Plan: plan, Basis: r.Seq()}, desk.Unlawful, "name-used-once")
	r.no(planner, scheduler.Adopt{About: about(), Plan: plan, Basis: r.Seq() - 1}, desk.Stale, "name-used-once")
	many := scheduler.Plan{Format: plan.Format, Instance: plan.Instance, Batches: make([]scheduler.Batch, 4000)}
	r.no(planner, scheduler.Adopt{About: about(), Plan: many, Basis: r.Seq()}, desk.Malformed, "plan-size")
}

func TestMoreThanWasMadeIsNotMeasured(t *testing.T) {
	r := newRoom(t)
	r.openTiny()
	r.must(chemist, scheduler.Arm{About: about(), Batch: "B1"})
	r.must(floor, scheduler.Begin{About: about(), Batch: "B1", Stage: scheduler.Beam})
	r.must(floor, scheduler.Begin{About: about(), Batch: "B1", Stage: scheduler.Synthesizing})
	r.minute(315)
	r.no(floor, scheduler.Measure{About: about(), Batch: "B1", Assay: r.fdg(1e7), Device: "DC-1"}, desk.Unlawful, "not-more-than-was-made")
}

func TestAReferenceCanBeSaid(t *testing.T) {
	r := newRoom(t)
	r.openTiny()
	for _, id := range []string{"", ".", "..", "a\nb", "a\x00", "\u202eabc", strings.Repeat("x", 101)} {
		w := wish("R9")
		w.ID = scheduler.RequestID(id)
		r.no(nurse, scheduler.Book{About: about(), Request: w, Wall: morning}, desk.Malformed, "request")
	}
}
