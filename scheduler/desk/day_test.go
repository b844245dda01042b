package desk_test

import (
	"context"
	"strings"
	"testing"

	"beamslot/decay"
	"beamslot/scheduler"
	"beamslot/scheduler/desk"
)

// fdg is an assay of F-18 at the room's clock.
func (r *room) fdg(mbq float64) decay.Assay {
	return decay.Assay{Nuclide: "F-18", Activity: decay.MBq(mbq), Reference: r.clock()}
}

// toQC takes batch B1 of tiny-1 through beam and synthesis to a measured EOS (its EOS is minute 315).
func (r *room) toQC(mbq float64) scheduler.Entry {
	r.Helper()
	r.must(chemist, scheduler.Arm{About: about(), Batch: "B1"})
	r.minute(250)
	r.must(floor, scheduler.Begin{About: about(), Batch: "B1", Stage: scheduler.Beam})
	r.minute(280)
	r.must(floor, scheduler.Begin{About: about(), Batch: "B1", Stage: scheduler.Synthesizing})
	r.minute(315)
	return r.must(floor, scheduler.Measure{About: about(), Batch: "B1", Assay: r.fdg(mbq), Device: "DC-1"})
}

// toPatient takes the vial to the centre.
func (r *room) toPatient() {
	r.Helper()
	r.minute(340)
	r.must(releaser, scheduler.Release{About: about(), Batch: "B1", Meaning: "released"})
	r.minute(350)
	r.must(chemist, scheduler.Dispatch{About: about(), Vial: "D-B1-C1"})
	r.minute(355)
	r.must(nurse, scheduler.Receive{About: about(), Vial: "D-B1-C1"})
}

func TestADayFromBeamToSlot(t *testing.T) {
	r := newRoom(t)
	r.openTiny()
	r.toQC(4650)
	r.toPatient()
	r.minute(370)
	r.must(nurse, scheduler.Inject{About: about(), Request: "R1", Vial: "D-B1-C1", Administered: r.fdg(320)})
	r.minute(430)
	r.must(nurse, scheduler.StartScan{About: about(), Request: "R1"})
	r.minute(460)
	r.must(nurse, scheduler.FinishScan{About: about(), Request: "R1"})

	v, _, err := r.View(date)
	if err != nil {
		t.Fatal(err)
	}
	if got := v.Visits["R1"].Stage; got != "scanned" {
		t.Errorf("R1 is %s, want scanned", got)
	}
	if b := v.Batches["B1"]; b.Stage != scheduler.Released || b.Measured == nil {
		t.Errorf("B1 is %s, measured %v", b.Stage, b.Measured)
	}
	if v.Score.Served != 6 {
		t.Errorf("%d served, want 6", v.Score.Served)
	}
}

func TestALowReadingCostsTheLeastUrgentFirst(t *testing.T) {
	r := newRoom(t)
	r.openTiny()
	e := r.toQC(0.7 * 4640)
	if len(e.Event.Lost) == 0 {
		t.Fatal("30 % of the activity is missing and nobody lost an appointment")
	}
	for _, u := range e.Event.Lost {
		if u.Request == "R1" || u.Request == "R2" {
			t.Errorf("%s, who is most urgent, lost: %s", u.Request, u.Says)
		}
		if u.Law != "batch-activity" || !strings.Contains(u.Says, "MBq") {
			t.Errorf("%s lost by %s: %q says no numbers", u.Request, u.Law, u.Says)
		}
	}
	v, _, _ := r.View(date)
	if v.Alarms["low:B1"] == nil || v.Alarms["bumped"] == nil {
		t.Errorf("alarms are %v; want one for the batch and one for the patients", v.Alarms)
	}
	var promised float64
	for _, x := range v.Vials {
		promised += x.Filled.Activity.MBq()
	}
	if promised > 0.7*4640*1.000001 {
		t.Errorf("the vials are to hold %.0f MBq of %.0f", promised, 0.7*4640)
	}
}

func TestALostBatchCostsEverybodyWhoWasNotInjected(t *testing.T) {
	r := newRoom(t)
	r.openTiny()
	r.toQC(4650)
	r.toPatient()
	r.minute(370)
	r.must(nurse, scheduler.Inject{About: about(), Request: "R1", Vial: "D-B1-C1", Administered: r.fdg(325)})
	e := r.must(releaser, scheduler.Fail{About: about(), Batch: "B1", Reason: "filter integrity failed"})
	if len(e.Event.Lost) != 5 {
		t.Errorf("%d lost their appointment, want the five who were not injected", len(e.Event.Lost))
	}
	r.no(nurse, scheduler.Inject{About: about(), Request: "R3", Vial: "D-B1-C1", Administered: r.fdg(280)}, desk.Unlawful, "appointment")
	v, _, _ := r.View(date)
	if v.Visits["R1"] == nil || v.Unserved["R3"] == nil || !strings.Contains(v.Unserved["R3"].Says, "filter integrity") {
		t.Errorf("R1 %v, R3 %v", v.Visits["R1"], v.Unserved["R3"])
	}
}

func TestABatchThatNeverBeganLeavesThePlan(t *testing.T) {
	r := newRoom(t)
	r.openTiny()
	r.must(chemist, scheduler.Arm{About: about(), Batch: "B1"})
	r.must(chemist, scheduler.Fail{About: about(), Batch: "B1", Reason: "target foil"})
	p, _, _ := r.Plan(date)
	if len(p.Batches)+len(p.Vials)+len(p.Appointments) != 0 {
		t.Errorf("the plan still holds %v", p)
	}
}

func TestARestartKnowsTheSame(t *testing.T) {
	r := newRoom(t)
	r.openTiny()
	r.toQC(0.7 * 4640)
	before, seq, _ := r.View(date)
	r.reopen()
	after, again, _ := r.View(date)
	if d := differs("view", asJSON(t, before), asJSON(t, after)); d != "" || seq != again {
		t.Errorf("after the restart: %s (entry %d, then %d)", d, seq, again)
	}
}

func TestTheSameIDIsTheSameCommand(t *testing.T) {
	r := newRoom(t)
	r.openTiny()
	arm := desk.Act{ID: "arm-1", By: chemist, Command: scheduler.Arm{About: about(), Batch: "B1"}}
	first, err := r.Do(context.Background(), arm)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		again, err := r.Do(context.Background(), arm)
		if err != nil || !again.Again || again.Entry.Seq != first.Entry.Seq {
			t.Fatalf("sent again: %+v, %v; want entry %d", again, err, first.Entry.Seq)
		}
		r.reopen()
	}
	arm.Command = scheduler.Cancel{About: about(), Request: "R1", Reason: "moved away"}
	arm.By = nurse
	if no, ok := desk.IsRefusal(last(r.Do(context.Background(), arm))); !ok || no.Why != desk.Misused {
		t.Errorf("another command under the same id: %v", no)
	}
}

func last(_ desk.Receipt, err error) error { return err }

func TestTheLastPatientMayHaveWhatWasToStayInTheVial(t *testing.T) {
	r := newRoom(t)
	plan := r.openTiny()
	r.toQC(4640)
	r.toPatient()
	for _, a := range plan.Appointments[:5] { // five of six go home
		r.must(nurse, scheduler.Cancel{About: about(), Request: a.Request, Reason: "ill"})
	}
	last := plan.Appointments[5]
	v, _, _ := r.View(date)
	r.minute(last.Injection)
	held, err := v.Vials["D-B1-C1"].Filled.At(r.clock())
	if err != nil {
		t.Fatal(err)
	}
	r.must(nurse, scheduler.Inject{About: about(), Request: last.Request, Vial: "D-B1-C1", Administered: held})
	v, _, _ = r.View(date)
	if got := v.Visits[last.Request]; got.Administered.Activity != held.Activity || v.Alarms["given:"+string(last.Request)] == nil {
		t.Errorf("%v was given, alarms %v; want it written down as it was, and an alarm", got.Administered, v.Alarms)
	}
}

func TestAVialThatLeavesLateCostsWhoWouldWait(t *testing.T) {
	r := newRoom(t)
	r.openTiny()
	r.toQC(4650)
	r.must(releaser, scheduler.Release{About: about(), Batch: "B1", Meaning: "released"})
	onTime := newRoom(t)
	onTime.openTiny()
	onTime.toQC(4650)
	onTime.must(releaser, scheduler.Release{About: about(), Batch: "B1", Meaning: "released"})
	onTime.minute(353) // within the plan's grid of five
	if e := onTime.must(chemist, scheduler.Dispatch{About: about(), Vial: "D-B1-C1"}); len(e.Event.Lost) != 0 {
		t.Errorf("three minutes late cost %v", e.Event.Lost)
	}
	r.minute(362)
	e := r.must(chemist, scheduler.Dispatch{About: about(), Vial: "D-B1-C1"})
	if len(e.Event.Lost) != 1 || e.Event.Lost[0].Request != "R1" || e.Event.Lost[0].Law != "vial-arrives-in-time" {
		t.Errorf("twelve minutes late cost %v; want R1, who was to be injected at 370", e.Event.Lost)
	}
}
