package scheduler

// Formats of a day file. Version 2 is version 1 and what a running region has besides; docs/formats.md.
const (
	DayFormat1 = "pet-day-instance/1"
	DayFormat2 = "pet-day-instance/2"
)

// Day is the question: what may be made, carried and scanned on one day, and who asks for it.
// Times are minutes of the day, activities MBq, half-lives and shelf lives minutes, money points.
type Day struct {
	Format    string    `json:"format"`
	Name      string    `json:"name"`
	Size      string    `json:"size"`
	Seed      int64     `json:"seed"`
	TimeStep  Minute    `json:"time_step"`
	Horizon   Span      `json:"horizon"`
	Objective Objective `json:"objective"`
	Tracers   []Tracer  `json:"tracers"`
	Sites     []Site    `json:"sites"`
	Centres   []Centre  `json:"centres"`
	Links     []Link    `json:"links"`
	Requests  []Request `json:"requests"`
	Frozen    *Frozen   `json:"frozen,omitempty"`

	Date Date   `json:"date,omitempty" since:"2"` // version 2: which day it is
	Zone string `json:"zone,omitempty" since:"2"` // version 2: the region's time zone, such as Europe/Oslo
	Note string `json:"note,omitempty" since:"2"` // version 2: where the facts are from and what is invented
}

// Objective prices what a plan costs, in points.
type Objective struct {
	BeamPerMin     float64 `json:"beam_per_min"`
	ActivityPerGBq float64 `json:"activity_per_gbq"` // per GBq nominal at EOS
	Away           float64 `json:"away"`             // a patient not at the first centre listed
	Move           float64 `json:"move"`             // re-planning: an appointment that moves
}

// Tracer is a radiopharmaceutical; HalfLife is its nuclide's, in minutes.
type Tracer struct {
	ID        TracerID `json:"id"`
	Isotope   string   `json:"isotope"`
	HalfLife  float64  `json:"half_life"`
	ShelfLife Minute   `json:"shelf_life"`               // last injection after EOS
	VialLoss  float64  `json:"vial_loss"`                // MBq referenced to EOS that stay behind in a vial
	Name      string   `json:"name,omitempty" since:"2"` // version 2
}

// Frozen is what a re-plan may not touch, and what has gone wrong.
type Frozen struct {
	Now          Minute        `json:"now"`
	Batches      []Batch       `json:"batches,omitempty"`
	Vials        []Vial        `json:"dispatches,omitempty"`
	Appointments []Appointment `json:"appointments,omitempty"`
	LostBatches  []BatchID     `json:"lost_batches,omitempty"` // keep resources and cost, supply nothing
	DownScanners []Down        `json:"down_scanners,omitempty"`
	Reference    []Appointment `json:"reference,omitempty"`          // former appointments, for the cost of a move
	Measured     []MeasuredEOS `json:"measured,omitempty" since:"2"` // version 2: what calibrators said at EOS
}

// MeasuredEOS is a batch's activity as a calibrator read it: it replaces the nominal A_EOS and its margin.
type MeasuredEOS struct {
	Batch    BatchID `json:"batch"`
	Activity float64 `json:"activity"` // MBq
	At       Minute  `json:"at"`       // the minute Activity refers to
}
