package scheduler

import (
	"fmt"
	"math"
	"time"
)

// RequestsFormat names a file of patients for one date, their windows in local wall time.
const RequestsFormat = "beamslot-requests/1"

// Requests is who asks on a date. Patients are references only; a name is never in it.
type Requests struct {
	Format   string    `json:"format"`
	Name     string    `json:"name"`
	Note     string    `json:"note"`
	Date     Date      `json:"date"`
	Seed     int64     `json:"seed"` // of the invention; 0 when nothing was drawn
	Patients []Patient `json:"patients"`
}

// Patient is one need; whatever is left out follows the tracer's own rule in the region.
type Patient struct {
	ID       RequestID   `json:"id"`
	Tracer   TracerID    `json:"tracer"`
	WeightKg float64     `json:"weight_kg"`
	Class    int         `json:"class"`
	Window   Hours       `json:"window"`
	Due      *Clock      `json:"due,omitempty"` // nil: the window's end
	Centres  []CentreID  `json:"centres"`
	Scanners []ScannerID `json:"scanners,omitempty"`
	MBq      float64     `json:"mbq,omitempty"` // prescribed otherwise than by the tracer's rule
	Rule     string      `json:"rule,omitempty"`
	Scan     Minute      `json:"scan,omitempty"`
	Uptake   *Span       `json:"uptake,omitempty"`
	Pathway  string      `json:"pathway,omitempty"`
}

// request is the patient's line as the day asks it, in minutes, megabecquerels and points.
func (r Region) request(p Patient, date Date, zone *time.Location) (Request, error) {
	t, ok := r.tracer(p.Tracer)
	if !ok {
		return Request{}, fmt.Errorf("patient %s asks for %q, a tracer that %s does not have", p.ID, p.Tracer, r.Name)
	}
	class, ok := r.class(p.Class)
	if !ok {
		return Request{}, fmt.Errorf("patient %s is of class %d, which %s does not have", p.ID, p.Class, r.Name)
	}
	window, err := p.Window.On(date, zone)
	if err != nil {
		return Request{}, fmt.Errorf("patient %s: %w", p.ID, err)
	}
	q := Request{ID: p.ID, Tracer: p.Tracer, WeightKg: p.WeightKg, Dose: p.MBq, Uptake: t.Uptake, Scan: t.Scan,
		Class: p.Class, Value: class.Value, Window: r.inward(window), LatePerMin: class.LatePerMin,
		Centres: p.Centres, Scanners: p.Scanners, Pathway: p.Pathway}
	q.Due = q.Window[1]
	return q, p.overrule(&q, t, date, zone)
}

// overrule puts in what the patient's own line says otherwise.
func (p Patient) overrule(q *Request, t RegionTracer, date Date, zone *time.Location) (err error) {
	if p.MBq == 0 {
		q.Dose = math.Round(t.Activity.For(p.WeightKg)*10) / 10
	}
	if p.Uptake != nil {
		q.Uptake = *p.Uptake
	}
	if p.Scan != 0 {
		q.Scan = p.Scan
	}
	if p.Due != nil {
		q.Due, err = p.Due.On(date, zone)
	}
	return err
}

func (r Region) tracer(id TracerID) (RegionTracer, bool) {
	for _, t := range r.Tracers {
		if t.ID == id {
			return t, true
		}
	}
	return RegionTracer{}, false
}

func (r Region) class(class int) (RegionClass, bool) {
	for _, c := range r.Classes {
		if c.Class == class {
			return c, true
		}
	}
	return RegionClass{}, false
}
