package rules

import (
	"beamslot/decay"
	"beamslot/scheduler"
)

// Visit is an appointment of the plan with its request, its scanner and its vial.
type Visit struct {
	scheduler.Appointment
	Request scheduler.Request
	Scanner scheduler.Scanner
	Centre  scheduler.Centre // where the scanner stands
	Load    *Load

	frozen bool
}

// visit resolves an appointment; false when it names an unknown thing, or its request is served already.
func (c *Case) visit(a scheduler.Appointment) (*Visit, bool) {
	request, asked := c.requests[a.Request]
	on, stands := c.scanners[a.Scanner]
	load, filled := c.loads[a.Vial]
	if !asked || !stands || !filled || c.served[a.Request] {
		return nil, false
	}
	return &Visit{Appointment: a, Request: request, Scanner: on.Scanner, Centre: on.centre, Load: load,
		frozen: c.keeps.appointment(a)}, true
}

// ScanEnd is when the patient is off the scanner.
func (v *Visit) ScanEnd() scheduler.Minute { return v.ScanStart + v.Request.Scan }

// InRoom is when the patient is in the uptake room.
func (v *Visit) InRoom() scheduler.Minute { return v.Injection - v.Centre.Prep }

// Takes is what the injection takes out of the batch, in MBq at EOS.
func (v *Visit) Takes() float64 {
	r := v.Load.Run
	return v.Request.Dose * decay.Factor(r.Tracer.HalfLife, float64(r.EOS()-v.Injection))
}

// Late is by how many minutes the injection comes after it was due.
func (v *Visit) Late() scheduler.Minute { return max(0, v.Injection-v.Request.Due) }

// Away reports whether the patient is not at the home centre.
func (v *Visit) Away() bool {
	return len(v.Request.Centres) > 0 && v.Centre.ID != v.Request.Centres[0]
}
