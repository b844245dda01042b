package rules_test

import (
	"fmt"
	"math"
	"testing"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
)

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Max(1, math.Abs(b)) }

// The theranostic day, reckoned here once more from the page of the format.
func TestActivitiesAsTheFormatDefinesThem(t *testing.T) {
	c := rules.NewCase(theranostic(t))
	beam := 12 * 4500 * (1 - math.Exp2(-20/109.77))
	elution := 1 * 0.7 * 1850 * (1 - math.Exp2(-240/67.71))
	drawing := 0.45 * 20000 * math.Exp2(-410/9571.68)
	for i, want := range []struct{ eob, eos, usable float64 }{
		{beam, beam * 0.7 * math.Exp2(-40/109.77), 0.9 * beam * 0.7 * math.Exp2(-40/109.77)},
		{elution, elution * 0.7 * math.Exp2(-20/67.71), 0.9 * elution * 0.7 * math.Exp2(-20/67.71)},
		{drawing, drawing * 0.95 * math.Exp2(-30/9571.68), 0.95 * drawing * 0.95 * math.Exp2(-30/9571.68)},
	} {
		r := c.Runs[i]
		if !near(r.Delivered(), want.eob) || !near(r.AEOS(), want.eos) || !near(r.Usable(), want.usable) {
			t.Errorf("%s: %v at EOB, %v at EOS, %v usable; want %+v", r.ID, r.Delivered(), r.AEOS(), r.Usable(), want)
		}
	}
	if l := c.Loads[0]; !near(l.Held(), 600) || !near(l.Needed(), 150+280*math.Exp2(65/109.77)) {
		t.Errorf("%s holds %v and needs %v", l.ID, l.Held(), l.Needed())
	}
}

func TestTheScoreTermByTerm(t *testing.T) {
	day, plan := theranostic(t)
	c := rules.NewCase(day, plan)
	made := c.Runs[0].AEOS() + c.Runs[1].AEOS() + c.Runs[2].AEOS()
	want := scheduler.Score{Value: 10500, Late: 20, Batch: 2800, Beam: 100, Activity: 2 * made / 1000, Dispatch: 135, Served: 3, Asked: 4}
	if got := rules.Weigh(c); got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	r := rules.Check(day, plan)
	if r.J != want.Total() || r.Tuple != (rules.Tuple{Value: 10500, Production: 3035 + want.Activity, Service: 20}) {
		t.Errorf("J %v, tuple %+v", r.J, r.Tuple)
	}
}

// Three batches: 3 % of 3000, 2 % of 2500 and 1 % of 5000 points.
func TestRiskByHand(t *testing.T) {
	day, plan := theranostic(t)
	r := rules.Check(day, plan).Risk
	if !near(r.ExpectedLoss, 190) || !near(r.UncoveredLoss, 190) || r.WorstBatchValue != 5000 {
		t.Errorf("%+v", r)
	}
	second(&plan, &day, 0, func(b *scheduler.Batch) { at(b, 340, 360, 365, 400); b.QCStart = 400 })
	day.Requests[0].Window[1] = 900
	plan.Vials = append(plan.Vials, scheduler.Vial{ID: "V4", Batch: "B4", Link: "LK1", Depart: 435, Activity: 600, At: 400})
	if r := rules.Check(day, plan).Risk; !near(r.UncoveredLoss, 190) {
		t.Errorf("a vial that comes after the injection covers nobody: %+v", r)
	}
	plan.Appointments[0].Injection, plan.Appointments[0].ScanStart = 465, 530
	plan.Vials[0].Activity = 800
	if r := rules.Check(day, plan); !r.Lawful() || !near(r.Risk.UncoveredLoss, 100) || !near(r.Risk.JRobust, r.J-100) {
		t.Errorf("a vial with activity to spare covers its patient: %+v %v", r.Risk, r.Breaches)
	}
	plan.Vials[3].Activity = 400
	if r := rules.Check(day, plan).Risk; !near(r.UncoveredLoss, 190) {
		t.Errorf("a vial without activity to spare covers nobody: %+v", r)
	}
}

func TestTheProbabilityOfFallingShort(t *testing.T) {
	day, plan := theranostic(t)
	made := rules.NewCase(day, plan).Runs[0].AEOS()
	for _, c := range []struct{ share, sd, p float64 }{
		{1, 0.05, 0.5}, {0.9, 0.05, 0.022750131948179}, {1.05, 0.05, 0.841344746068543}, {0.9, 0, 0}, {1.1, 0, 1}, {1, 0, 0},
	} {
		plan.Vials[0].Activity = c.share * made
		day.Sites[0].Processes[0].YieldSD = c.sd
		if got := rules.Check(day, plan).Risk.Short[0]; got.Batch != "B1" || math.Abs(got.P-c.p) > 1e-12 {
			t.Errorf("%v of what is made, spread %v: %+v, want %v", c.share, c.sd, got, c.p)
		}
	}
}

func ExampleCheck() {
	travel := scheduler.Minute(20)
	day := scheduler.Day{Name: "monday", TimeStep: 5, Horizon: scheduler.Span{0, 1440},
		Links: []scheduler.Link{{ID: "road", Travel: &travel}}}
	r := rules.Check(day, scheduler.Plan{Instance: "monday", Vials: []scheduler.Vial{{ID: "V1", Batch: "B1", Link: "road", Depart: 432}}})
	for _, b := range r.Breaches {
		fmt.Printf("%s: %s: %s\n", b.Law, b.On, b.Says)
	}
	// Output:
	// known-names: V1: there is no batch "B1"
	// time-grid: V1: depart is minute 432, not a multiple of 5
}
