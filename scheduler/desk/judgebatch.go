package desk

import (
	"time"

	"beamslot/decay"
	"beamslot/scheduler"
)

// clockTolerance is how far a calibrator's reference time may lie from the desk's clock.
const clockTolerance = 10 * time.Minute

// aheadTolerance is how far in the future an injection may be said to have been.
const aheadTolerance = 2 * time.Minute

func (c *Course) at(b scheduler.BatchID, verb string, stages ...scheduler.Stage) *Refusal {
	if _, ok := c.batch(b); !ok {
		return refuse(Unknown, "batch", "cannot %s %s: the plan for %s has no such batch", verb, b, c.Date)
	}
	now := c.stage(b)
	for _, s := range stages {
		if s == now {
			return nil
		}
	}
	return refuse(Unlawful, "batch-stage", "cannot %s %s: it is %s, and must be %s", verb, b, now, oneOf(stages))
}

func oneOf(stages []scheduler.Stage) string {
	s := string(stages[0])
	for _, x := range stages[1:] {
		s += " or " + string(x)
	}
	return s
}

func (c *Course) judgeArm(x scheduler.Arm, at time.Time) *Refusal {
	if no := c.at(x.Batch, "arm", scheduler.Planned); no != nil {
		return no
	}
	b, _ := c.batch(x.Batch)
	if c.Now(at) >= b.BeamStart+missed {
		return refuse(Unlawful, "armed-before-beam", "cannot arm %s: its beam was to start %d min ago; the next plan gives it a new time", x.Batch, c.Now(at)-b.BeamStart)
	}
	return nil
}

func (c *Course) judgeBegin(x scheduler.Begin) *Refusal {
	switch x.Stage {
	case scheduler.Beam:
		return c.at(x.Batch, "begin the beam of", scheduler.Armed)
	case scheduler.Synthesizing:
		return c.at(x.Batch, "begin the synthesis of", scheduler.Beam)
	}
	return refuse(Malformed, "stage", "a batch begins its beam or its synthesis, not %q", x.Stage)
}

func (c *Course) judgeMeasure(x scheduler.Measure, at time.Time) *Refusal {
	if no := c.at(x.Batch, "measure", scheduler.Synthesizing); no != nil {
		return no
	}
	b, _ := c.batch(x.Batch)
	want, err := decay.Lookup(c.nuclideOf(b.Tracer))
	if err != nil {
		return refuse(Malformed, "nuclide", "%v", err)
	}
	if got, err := decay.Lookup(string(x.Assay.Nuclide)); err != nil || got.Nuclide != want.Nuclide {
		return refuse(Unlawful, "nuclide-setting", "%s measured %s as %s, but it is %s: set the calibrator and measure again", x.Device, x.Batch, x.Assay.Nuclide, want.Nuclide)
	}
	if off := at.Sub(x.Assay.Reference); off.Abs() > clockTolerance {
		return refuse(Unlawful, "clock", "%s gave %s as reference time of %s, %s from the desk's clock: a wrong clock is a wrong dose; set it and measure again",
			x.Device, x.Assay.Reference.UTC().Format(time.RFC3339), x.Batch, off.Round(time.Second))
	}
	if a := float64(x.Assay.Activity); !(a >= 0) {
		return refuse(Malformed, "activity", "%s read %g Bq for %s, which is less than nothing", x.Device, a, x.Batch)
	}
	return c.judgeMuch(x, b)
}

// judgeMuch: more than a synthesis without any loss would give is a wrong reading. A generator that has stood for long
// gives more than the plan counts on, so of it nothing is said.
func (c *Course) judgeMuch(x scheduler.Measure, b scheduler.Batch) *Refusal {
	for _, r := range c.laid().Runs {
		if most := r.AEOS() / max(r.Process.Yield, tolerance); r.ID == b.ID && b.Generator == "" && c.atEOS(b, x.Assay).Activity > 1.2*most {
			return refuse(Unlawful, "not-more-than-was-made", "%s read %.0f MBq for %s, and all that was delivered to it would be %.0f MBq at EOS: check vessel and setting, and measure again",
				x.Device, x.Assay.Activity.MBq(), b.ID, most)
		}
	}
	return nil
}

func (c *Course) judgeRelease(x scheduler.Release) *Refusal {
	if x.Meaning == "" {
		return refuse(Malformed, "meaning", "a release says what it means; fill in meaning")
	}
	return c.at(x.Batch, "release", scheduler.InQC)
}

func (c *Course) judgeFail(x scheduler.Fail) *Refusal {
	if x.Reason == "" {
		return refuse(Malformed, "reason", "a failed batch needs a reason")
	}
	return c.at(x.Batch, "fail", scheduler.Armed, scheduler.Beam, scheduler.Synthesizing, scheduler.InQC, scheduler.Released)
}
