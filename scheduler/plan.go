package scheduler

// Formats of a plan file, one for each format of a day.
const (
	PlanFormat1 = "pet-day-plan/1"
	PlanFormat2 = "pet-day-plan/2"
)

// Plan is an answer to a Day.
type Plan struct {
	Format       string        `json:"format"`
	Instance     string        `json:"instance"` // the day's name
	Batches      []Batch       `json:"batches"`
	Vials        []Vial        `json:"dispatches"`
	Appointments []Appointment `json:"appointments"`
}

// Batch is one run to a tracer. Its activity comes from exactly one of a bombarded target, an eluted
// generator or an opened lot; BeamStart and BeamEnd bound whichever it is.
type Batch struct {
	ID             BatchID     `json:"id"`
	Site           SiteID      `json:"site"`
	Tracer         TracerID    `json:"tracer"`
	Target         TargetID    `json:"target,omitempty" v1:"required"`
	Generator      GeneratorID `json:"generator,omitempty" since:"2"` // version 2
	Lot            LotID       `json:"lot,omitempty" since:"2"`       // version 2
	BeamStart      Minute      `json:"beam_start"`
	BeamEnd        Minute      `json:"beam_end"`
	CurrentUA      float64     `json:"current_ua,omitempty" v1:"required"` // µA; targets only
	Share          float64     `json:"share,omitempty" since:"2"`          // version 2: share of the eluate, or of the lot's delivered activity, in (0,1]
	HotCell        HotCellID   `json:"hot_cell"`
	SynthesisStart Minute      `json:"synthesis_start"`
	QCLine         QCLineID    `json:"qc_line"`
	QCStart        Minute      `json:"qc_start"`
}

// EOB is the end of bombardment, or of the elution or drawing that stands in its place.
func (b Batch) EOB() Minute { return b.BeamEnd }

// EOS is the end of synthesis when the batch is made by p.
func (b Batch) EOS(p Process) Minute { return b.SynthesisStart + p.Synthesis }

// ReleaseAt is when QC ends and a qualified person can release.
func (b Batch) ReleaseAt(p Process) Minute { return b.QCStart + p.QC }

// Source names what the activity comes from: a target, a generator or a lot.
func (b Batch) Source() string {
	return string(b.Target) + string(b.Generator) + string(b.Lot)
}

// Vial is a share of a batch that one link carries to one centre; the format calls it a dispatch.
type Vial struct {
	ID       VialID  `json:"id"`
	Batch    BatchID `json:"batch"`
	Link     LinkID  `json:"link"`
	Depart   Minute  `json:"depart"`
	Activity float64 `json:"activity"` // MBq
	At       Minute  `json:"at"`       // the minute Activity refers to
}

// Appointment is the promise made to a request.
type Appointment struct {
	Request   RequestID `json:"request"`
	Scanner   ScannerID `json:"scanner"`
	Injection Minute    `json:"injection"`
	ScanStart Minute    `json:"scan_start"`
	Vial      VialID    `json:"dispatch"`
}

// Down is a scanner that stands still for a while; in files [id, from, to].
type Down struct {
	Scanner  ScannerID
	From, To Minute
}
