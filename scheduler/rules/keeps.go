package rules

import "beamslot/scheduler"

// keeps is what a re-plan may not touch, indexed; of a day that is planned for the first time it is empty.
type keeps struct {
	frozen       scheduler.Frozen
	replan       bool
	batches      map[scheduler.BatchID]scheduler.Batch
	vials        map[scheduler.VialID]scheduler.Vial
	appointments map[scheduler.RequestID]scheduler.Appointment
	lost         map[scheduler.BatchID]bool
	measured     map[scheduler.BatchID]*scheduler.MeasuredEOS
}

func keepsOf(f *scheduler.Frozen) keeps {
	if f == nil {
		return keeps{}
	}
	k := keeps{frozen: *f, replan: true, lost: map[scheduler.BatchID]bool{}, measured: map[scheduler.BatchID]*scheduler.MeasuredEOS{}}
	k.batches = by(f.Batches, func(b scheduler.Batch) scheduler.BatchID { return b.ID })
	k.vials = by(f.Vials, func(v scheduler.Vial) scheduler.VialID { return v.ID })
	k.appointments = by(f.Appointments, func(a scheduler.Appointment) scheduler.RequestID { return a.Request })
	for _, id := range f.LostBatches {
		k.lost[id] = true
	}
	for i := range f.Measured {
		k.measured[f.Measured[i].Batch] = &f.Measured[i]
	}
	return k
}

// A thing is frozen when the plan has it unchanged.
func (k keeps) batch(b scheduler.Batch) bool { f, ok := k.batches[b.ID]; return ok && f == b }
func (k keeps) vial(v scheduler.Vial) bool   { f, ok := k.vials[v.ID]; return ok && f == v }
func (k keeps) appointment(a scheduler.Appointment) bool {
	f, ok := k.appointments[a.Request]
	return ok && f == a
}
