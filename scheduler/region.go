package scheduler

// RegionFormat names a region file: what stands in a region from day to day, in local wall time, with its sources.
const RegionFormat = "beamslot-region/1"

// Region is what does not change from day to day: who makes, who scans, and the ways between. Hours are wall
// time in Zone, as people say them; [Region.Day] turns them into the minutes of one day.
type Region struct {
	Format    string               `json:"format"`
	Name      string               `json:"name"`
	Zone      string               `json:"zone"` // such as Europe/Oslo
	Note      string               `json:"note"`
	Sources   map[SourceKey]string `json:"sources"`
	TimeStep  Minute               `json:"time_step"`
	Hours     Hours                `json:"hours"` // the day's horizon
	Objective RegionObjective      `json:"objective"`
	Classes   []RegionClass        `json:"classes"`
	Tracers   []RegionTracer       `json:"tracers"`
	Sites     []RegionSite         `json:"sites"`
	Centres   []RegionCentre       `json:"centres"`
	Links     []RegionLink         `json:"links"`
}

// SourceKey names one of a region's sources; Invented is the one that needs no other.
type SourceKey string

// Invented says that nobody published a fact: it is plausible, and made up.
const Invented SourceKey = "invented"

// Origin says where an object's facts are from. What lies inside an object without an origin of its own shares it.
type Origin struct {
	Source   SourceKey            `json:"source"`             // of all fields not named below
	From     map[string]SourceKey `json:"from,omitempty"`     // fields with another source
	Invented []string             `json:"invented,omitempty"` // fields that nobody published
	Why      string               `json:"why,omitempty"`      // how a number follows from its source
}

// Position is a point on the map in degrees, north and east positive.
type Position struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

// RegionObjective prices a plan, with where the prices are from.
type RegionObjective struct {
	Prices Objective `json:"prices"`
	Origin Origin    `json:"origin"`
}

// RegionClass is what a class of urgency is worth, in points.
type RegionClass struct {
	Class      int     `json:"class"` // 1 most urgent … 4
	Value      float64 `json:"value"`
	LatePerMin float64 `json:"late_per_min"`
	Means      string  `json:"means"`
	Origin     Origin  `json:"origin"`
}

// RegionTracer is a radiopharmaceutical and how it is given unless a patient's own line says otherwise.
type RegionTracer struct {
	ID        TracerID     `json:"id"`
	Name      string       `json:"name"`
	Nuclide   string       `json:"nuclide"` // F-18; its half-life is not the region's to say
	ShelfLife Minute       `json:"shelf_life"`
	VialLoss  float64      `json:"vial_loss"` // MBq at EOS
	Uptake    Span         `json:"uptake"`
	Scan      Minute       `json:"scan"` // or the time in the therapy room
	Activity  ActivityRule `json:"activity"`
	Origin    Origin       `json:"origin"`
}

// ActivityRule prescribes: a fixed activity, or so much per kilogram between Least and Most (0: no bound).
type ActivityRule struct {
	MBq      float64 `json:"mbq,omitempty"`
	MBqPerKg float64 `json:"mbq_per_kg,omitempty"`
	Least    float64 `json:"least_mbq,omitempty"`
	Most     float64 `json:"most_mbq,omitempty"`
	Origin   Origin  `json:"origin"`
}

// For is the activity in MBq prescribed to a patient of kg kilograms, before rounding.
func (r ActivityRule) For(kg float64) float64 {
	if r.MBq > 0 {
		return r.MBq
	}
	a := max(r.MBqPerKg*kg, r.Least)
	if r.Most > 0 {
		a = min(a, r.Most)
	}
	return a
}
