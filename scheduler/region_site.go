package scheduler

// RegionSite makes tracers, in local wall time.
type RegionSite struct {
	ID         SiteID            `json:"id"`
	Name       string            `json:"name"`
	Position   Position          `json:"position"`
	Open       Hours             `json:"open"`
	Cyclotrons []RegionCyclotron `json:"cyclotrons"`
	Generators []RegionGenerator `json:"generators,omitempty"`
	Lots       []RegionLot       `json:"lots,omitempty"`
	HotCells   []RegionHotCell   `json:"hot_cells"`
	QCLines    []QCLineID        `json:"qc_lines"`
	Processes  []RegionProcess   `json:"processes"`
	Origin     Origin            `json:"origin"`
}

// RegionCyclotron is a cyclotron with its beam hours; an empty Open stands still.
type RegionCyclotron struct {
	ID          CyclotronID    `json:"id"`
	Model       string         `json:"model"`
	ProtonMeV   float64        `json:"proton_mev"`
	Open        []Hours        `json:"open"`
	MaxParallel int            `json:"max_parallel"`
	Targets     []RegionTarget `json:"targets"`
	Origin      Origin         `json:"origin"`
}

// RegionTarget is a target; Why says how Asat follows from the yield tables at the cyclotron's energy.
type RegionTarget struct {
	Target Target `json:"target"`
	Origin Origin `json:"origin"`
}

// RegionGenerator is a generator in use from Calibrated until Retired, its parent decaying from day to day.
type RegionGenerator struct {
	ID         GeneratorID `json:"id"`
	Isotope    string      `json:"isotope"`
	ParentIs   string      `json:"parent_nuclide"` // Ge-68
	ParentMBq  float64     `json:"parent_mbq"`     // at 00:00 UTC of Calibrated
	Calibrated Date        `json:"calibrated"`
	Retired    Date        `json:"retired"` // the first day without it
	Efficiency float64     `json:"efficiency"`
	Elution    Minute      `json:"elution"`
	Regrow     Minute      `json:"regrow"`
	ReadyAt    Clock       `json:"ready"`
	Origin     Origin      `json:"origin"`
}

// RegionLot is a delivery that comes on given days of the week.
type RegionLot struct {
	ID       LotID    `json:"id"`
	Isotope  string   `json:"isotope"`
	Activity float64  `json:"activity"` // MBq
	At       Clock    `json:"at"`       // the moment Activity refers to
	Ready    Clock    `json:"ready"`
	Draw     Minute   `json:"draw"`
	Days     []string `json:"days"` // Tuesday
	Origin   Origin   `json:"origin"`
}

// RegionHotCell is a hot cell and the synthesis module in it.
type RegionHotCell struct {
	Cell   HotCell `json:"cell"`
	Module string  `json:"module"`
}

// RegionProcess is how the site makes a tracer.
type RegionProcess struct {
	Process Process `json:"process"`
	Origin  Origin  `json:"origin"`
}
