package desk

import (
	"time"

	"beamslot/scheduler"
)

// missed is how long after its planned minute an armed batch that did not begin is given up.
const missed scheduler.Minute = 15

// Due says what the floor is asked at t: the beams that were armed and whose minute has come, and the syntheses
// of batches whose beam has ended. Asking twice is harmless: a device that already runs the batch says so.
func (c *Course) Due(t time.Time) []scheduler.Order {
	now := c.Now(t)
	var due []scheduler.Order
	for _, b := range c.Plan.Batches {
		switch stage := c.stage(b.ID); {
		case stage == scheduler.Armed && b.BeamStart <= now && now < b.BeamStart+missed:
			due = append(due, c.beamOrder(b))
		case stage == scheduler.Beam && b.SynthesisStart <= now:
			due = append(due, c.synthesisOrder(b))
		}
	}
	return due
}

// Missed are the armed batches that did not begin though their minute is long past.
func (c *Course) Missed(t time.Time) []scheduler.BatchID {
	now := c.Now(t)
	var gone []scheduler.BatchID
	for _, b := range c.Plan.Batches {
		if c.stage(b.ID) == scheduler.Armed && now >= b.BeamStart+missed {
			gone = append(gone, b.ID)
		}
	}
	return gone
}

func (c *Course) beamOrder(b scheduler.Batch) scheduler.Order {
	o := c.order(b)
	o.Until = b.EOB().On(c.Midnight)
	switch {
	case b.Generator != "":
		o.Verb = scheduler.Elute
	case b.Lot != "":
		o.Verb = scheduler.Draw
	default:
		o.Verb = scheduler.StartBeam
	}
	return o
}

func (c *Course) synthesisOrder(b scheduler.Batch) scheduler.Order {
	o := c.order(b)
	o.Verb = scheduler.Synthesize
	o.Until = b.EOS(c.process(b)).On(c.Midnight)
	return o
}

func (c *Course) order(b scheduler.Batch) scheduler.Order {
	return scheduler.Order{
		Date: c.Date, Batch: b.ID, Site: b.Site, Tracer: b.Tracer, Isotope: c.nuclideOf(b.Tracer),
		Target: b.Target, Generator: b.Generator, Lot: b.Lot, HotCell: b.HotCell,
		CurrentUA: b.CurrentUA, Share: b.Share,
	}
}

// Overtaken reports whether the clock has passed something that did not happen: a beam that nobody armed, a vial
// that nobody sent, a patient whom nobody injected. The plan is then no longer one that can be carried out.
func (c *Course) Overtaken(t time.Time) bool {
	now := c.Now(t)
	for _, b := range c.Plan.Batches {
		if c.stage(b.ID) == scheduler.Planned && b.BeamStart < now {
			return true
		}
	}
	for _, v := range c.Plan.Vials {
		if c.vialStage(v.ID) == vialPlanned && v.Depart+grace <= now {
			return true
		}
	}
	for _, a := range c.Plan.Appointments {
		if c.visitStage(a.Request) == visitPromised && a.Injection+grace <= now {
			return true
		}
	}
	return false
}
