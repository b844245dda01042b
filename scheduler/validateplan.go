package scheduler

import "github.com/go-json-experiment/json/jsontext"

// parts looks at a plan's objects by themselves, wherever they stand.
type parts struct {
	*finder
	base    jsontext.Pointer
	batches names[BatchID]
	vials   names[VialID]
}

// Problems says which numbers of a plan cannot be meant and which names are missing; everything else about
// a plan is a law of a day, and the rules' to say.
func (p Plan) Problems() []Problem {
	f := &finder{}
	if p.Instance == "" {
		f.bad("/instance", "a plan names the day that it answers")
	}
	(&parts{finder: f}).look(p.Batches, p.Vials, p.Appointments)
	return f.found
}

func (p *parts) look(batches []Batch, vials []Vial, visits []Appointment) {
	for i, b := range batches {
		p.batch(in(p.base, "batches", i), b)
	}
	for i, v := range vials {
		p.vial(in(p.base, "dispatches", i), v)
	}
	for i, a := range visits {
		p.appointment(in(p.base, "appointments", i), a)
	}
}

// unique says that nothing stands twice; in a plan that is a law, in frozen it is an error of the file.
func (p *parts) unique(batches []Batch, vials []Vial, visits []Appointment) {
	p.batches, p.vials = named[BatchID]("frozen batch"), named[VialID]("frozen dispatch")
	for i, b := range batches {
		p.batches.add(p.finder, in(p.base, "batches", i, "id"), b.ID)
	}
	for i, v := range vials {
		p.vials.add(p.finder, in(p.base, "dispatches", i, "id"), v.ID)
	}
	served := named[RequestID]("frozen appointment's request")
	for i, a := range visits {
		served.add(p.finder, in(p.base, "appointments", i, "request"), a.Request)
	}
}

func (p *parts) batch(at jsontext.Pointer, b Batch) {
	if b.ID == "" {
		p.bad(in(at, "id"), "a batch needs a name")
	}
	p.moment(in(at, "beam_start"), b.BeamStart)
	p.moment(in(at, "beam_end"), b.BeamEnd)
	p.moment(in(at, "synthesis_start"), b.SynthesisStart)
	p.moment(in(at, "qc_start"), b.QCStart)
	p.number(in(at, "current_ua"), b.CurrentUA)
	p.number(in(at, "share"), b.Share)
}

func (p *parts) vial(at jsontext.Pointer, v Vial) {
	if v.ID == "" {
		p.bad(in(at, "id"), "a dispatch needs a name")
	}
	p.moment(in(at, "depart"), v.Depart)
	p.number(in(at, "activity"), v.Activity)
	p.moment(in(at, "at"), v.At)
}

func (p *parts) appointment(at jsontext.Pointer, a Appointment) {
	if a.Request == "" {
		p.bad(in(at, "request"), "an appointment names its request")
	}
	p.moment(in(at, "injection"), a.Injection)
	p.moment(in(at, "scan_start"), a.ScanStart)
}
