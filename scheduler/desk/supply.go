package desk

import (
	"beamslot/decay"
	"beamslot/scheduler"
	"beamslot/scheduler/rules"
)

// laid is the plan beside the day as it stands, whatever the clock says: what was lost and measured is in it.
func (c *Course) laid() *rules.Case {
	return rules.NewCase(c.Ask(c.Question.Horizon[0]), c.Plan)
}

// eos is the batch's end of synthesis.
func (c *Course) eos(b scheduler.Batch) scheduler.Minute { return b.EOS(c.process(b)) }

// atEOS refers what a calibrator said to the planned EOS.
func (c *Course) atEOS(b scheduler.Batch, m decay.Assay) scheduler.MeasuredEOS {
	eos := c.eos(b)
	at, err := m.At(eos.On(c.Midnight))
	if err != nil {
		at = m
	}
	return scheduler.MeasuredEOS{Batch: b.ID, Activity: at.Activity.MBq(), At: eos}
}
