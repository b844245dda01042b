package scheduler

// Site makes tracers: cyclotrons with targets, generators, lots, hot cells and QC lines.
type Site struct {
	ID         SiteID      `json:"id"`
	Open       Span        `json:"open"` // beam starts in it and QC ends in it
	Cyclotrons []Cyclotron `json:"cyclotrons"`
	HotCells   []HotCell   `json:"hot_cells"`
	QCLines    []QCLineID  `json:"qc_lines"`
	Processes  []Process   `json:"processes"`
	Generators []Generator `json:"generators,omitempty" since:"2"` // version 2
	Lots       []Lot       `json:"lots,omitempty" since:"2"`       // version 2
	Name       string      `json:"name,omitempty" since:"2"`       // version 2
}

// Cyclotron holds targets, at most MaxParallel of them in beam at once.
type Cyclotron struct {
	ID          CyclotronID `json:"id"`
	Open        []Span      `json:"open"` // a bombardment lies inside one
	MaxParallel int         `json:"max_parallel"`
	Targets     []Target    `json:"targets"`
}

// Target is where a beam makes an isotope.
type Target struct {
	ID      TargetID `json:"id"`
	Isotope string   `json:"isotope"`
	Asat    float64  `json:"asat"`   // MBq/µA saturation yield
	MaxUA   float64  `json:"max_ua"` // µA
	MinBeam Minute   `json:"min_beam"`
	MaxBeam Minute   `json:"max_beam"`
	Reload  Minute   `json:"reload"` // after beam end this target cannot be in beam
}

// Generator is a column whose daughter grows back after each elution (version 2). Planning counts on
// what Regrow minutes bring back, however long it has stood: careful, and independent of the order.
type Generator struct {
	ID         GeneratorID `json:"id"`
	Isotope    string      `json:"isotope"`
	Parent     float64     `json:"parent"`     // MBq of the parent on the day
	Efficiency float64     `json:"efficiency"` // share of the daughter that an elution washes out
	Elution    Minute      `json:"elution"`    // how long an elution takes
	Regrow     Minute      `json:"regrow"`     // least time from one elution's end to the next one's start
	Ready      Minute      `json:"ready"`      // first minute at which an elution may start
}

// Lot is a supplier's delivery of an isotope, drawn from until used up (version 2).
type Lot struct {
	ID       LotID   `json:"id"`
	Isotope  string  `json:"isotope"`
	Activity float64 `json:"activity"` // MBq
	At       Minute  `json:"at"`       // the minute Activity refers to
	Ready    Minute  `json:"ready"`    // first minute at which it may be opened
	Draw     Minute  `json:"draw"`     // how long a drawing takes
}

// HotCell shields a synthesis module that can make some tracers.
type HotCell struct {
	ID      HotCellID  `json:"id"`
	Tracers []TracerID `json:"tracers"`
	Cleanup Minute     `json:"cleanup"` // after EOS
}

// Process is how a site makes one tracer.
type Process struct {
	Tracer    TracerID `json:"tracer"`
	Transfer  Minute   `json:"transfer"` // end of beam to start of synthesis, exactly
	Synthesis Minute   `json:"synthesis"`
	Yield     float64  `json:"yield"` // decay-corrected fraction
	QC        Minute   `json:"qc"`
	QCMaxWait Minute   `json:"qc_max_wait"`
	Pack      Minute   `json:"pack"`       // release to earliest departure
	MaxBatch  float64  `json:"max_batch"`  // MBq nominal at EOS
	Margin    float64  `json:"margin"`     // share of the nominal activity that stays unallocated
	BatchCost float64  `json:"batch_cost"` // points
	FailProb  float64  `json:"fail_prob"`
	YieldSD   float64  `json:"yield_sd"` // relative
}
