package rules_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
)

// Whatever a plan says, the law answers, the same each time, in numbers that JSON can hold.
func FuzzCheck(f *testing.F) {
	for _, name := range []string{"tiny-1.by-hand", "theranostic.by-hand", "small-1.by-hand"} {
		text, err := scheduler.FormatPlan(readPlan(f, name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text, int64(0))
		f.Add(text, int64(400))
	}
	days := []scheduler.Day{readDay(f, "tiny-1"), readDay(f, "theranostic"), readDay(f, "small-1"), {}}
	f.Fuzz(func(t *testing.T, text []byte, now int64) {
		plan, err := scheduler.ParsePlan(text)
		if err != nil {
			return
		}
		for _, d := range days {
			answers(t, d, plan)
			d.Frozen = &scheduler.Frozen{Now: scheduler.Minute(now % 2000), Batches: plan.Batches, Vials: plan.Vials, Appointments: plan.Appointments, Reference: plan.Appointments}
			answers(t, d, plan)
		}
	})
}

func answers(t interface{ Fatalf(string, ...any) }, day scheduler.Day, plan scheduler.Plan) rules.Report {
	r := rules.Check(day, plan)
	if _, err := json.Marshal(r); err != nil {
		t.Fatalf("the report cannot be written: %v", err)
	}
	if again := rules.Check(day, plan); !reflect.DeepEqual(r, again) {
		t.Fatalf("the law says two things about one plan:\n%+v\n%+v", r, again)
	}
	return r
}

// Any number in any place of a plan: no panic, and an answer.
func TestAnyPlanGetsAnAnswer(t *testing.T) {
	day, plan := theranostic(t)
	rapid.Check(t, func(t *rapid.T) {
		minute := rapid.Custom(func(t *rapid.T) scheduler.Minute {
			return scheduler.Minute(rapid.OneOf(rapid.IntRange(-1_000_000, 1_000_000), rapid.IntRange(0, 1440)).Draw(t, "minute"))
		})
		p := plan
		p.Batches, p.Vials = append([]scheduler.Batch{}, plan.Batches...), append([]scheduler.Vial{}, plan.Vials...)
		p.Appointments = append([]scheduler.Appointment{}, plan.Appointments...)
		b := &p.Batches[rapid.IntRange(0, 2).Draw(t, "batch")]
		*rapid.SampledFrom([]*scheduler.Minute{&b.BeamStart, &b.BeamEnd, &b.SynthesisStart, &b.QCStart}).Draw(t, "time") = minute.Draw(t, "at")
		b.CurrentUA, b.Share = rapid.Float64().Draw(t, "current"), rapid.Float64().Draw(t, "share")
		v := &p.Vials[rapid.IntRange(0, 2).Draw(t, "vial")]
		v.Activity, v.At = rapid.Float64().Draw(t, "activity"), minute.Draw(t, "reference")
		p.Appointments[0].Injection = minute.Draw(t, "injection")
		if r := rules.Check(day, p); r.Score.Asked != len(day.Requests) {
			t.Fatalf("%+v", r.Score)
		}
	})
}

// The order in which a plan lists its things means nothing.
func TestTheOrderOfAPlanMeansNothing(t *testing.T) {
	for _, name := range []string{"small-1", "medium-1"} {
		day, plan := readDay(t, name), readPlan(t, name+".by-hand")
		want := rules.Check(day, plan)
		for seed := range uint64(20) {
			r := rand.New(rand.NewPCG(seed, 1))
			p := shuffled(r, plan)
			if got := rules.Check(day, p); !got.Lawful() || !near(got.J, want.J) || !near(got.Risk.ExpectedLoss, want.Risk.ExpectedLoss) {
				t.Fatalf("%s, seed %d: J %v, was %v; %v", name, seed, got.J, want.J, got.Breaches)
			}
		}
	}
}

func shuffled(r *rand.Rand, p scheduler.Plan) scheduler.Plan {
	p.Batches = append([]scheduler.Batch{}, p.Batches...)
	p.Vials = append([]scheduler.Vial{}, p.Vials...)
	p.Appointments = append([]scheduler.Appointment{}, p.Appointments...)
	r.Shuffle(len(p.Batches), func(i, j int) { p.Batches[i], p.Batches[j] = p.Batches[j], p.Batches[i] })
	r.Shuffle(len(p.Vials), func(i, j int) { p.Vials[i], p.Vials[j] = p.Vials[j], p.Vials[i] })
	r.Shuffle(len(p.Appointments), func(i, j int) {
		p.Appointments[i], p.Appointments[j] = p.Appointments[j], p.Appointments[i]
	})
	return p
}

// Sending a patient home breaks no law, and costs what the patient brought.
func TestFewerPatientsBreakNoLaw(t *testing.T) {
	day, plan := readDay(t, "medium-1"), readPlan(t, "medium-1.by-hand")
	whole := rules.NewCase(day, plan)
	all := rules.Weigh(whole).Total()
	for i, v := range whole.Visits {
		p := plan
		p.Appointments = append(append([]scheduler.Appointment{}, plan.Appointments[:i]...), plan.Appointments[i+1:]...)
		r := rules.Check(day, p)
		brought := v.Request.Value - v.Request.LatePerMin*float64(v.Late())
		if v.Away() {
			brought -= day.Objective.Away
		}
		if !r.Lawful() || !near(all-r.J, brought) {
			t.Fatalf("without %s: J falls by %v, it brought %v; %v", v.Request.ID, all-r.J, brought, r.Breaches)
		}
	}
}

// A vial's activity may refer to any minute: what matters is what it holds.
func TestAVialsReferenceMinuteMeansNothing(t *testing.T) {
	day, plan := readDay(t, "small-1"), readPlan(t, "small-1.by-hand")
	want := rules.Check(day, plan)
	rapid.Check(t, func(t *rapid.T) {
		p := plan
		p.Vials = append([]scheduler.Vial{}, plan.Vials...)
		i := rapid.IntRange(0, len(p.Vials)-1).Draw(t, "vial")
		v := &p.Vials[i]
		later := scheduler.Minute(5 * rapid.IntRange(-40, 40).Draw(t, "steps"))
		half := rules.NewCase(day, plan).Loads[i].Run.Tracer.HalfLife
		v.At += later
		v.Activity *= math.Exp2(-float64(later) / half)
		if r := rules.Check(day, p); !r.Lawful() || r.J != want.J {
			t.Fatalf("%+v: %v", *v, r.Breaches)
		}
	})
}
