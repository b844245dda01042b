package decay

import "time"

// Nuclide names a species in one way of writing: F-18, Ga-68, Tc-99m.
type Nuclide string

// Activity is in becquerel.
type Activity float64

// MBq is an activity of v megabecquerel.
func MBq(v float64) Activity { return Activity(v * 1e6) }

// MBq is the activity in megabecquerel.
func (a Activity) MBq() float64 { return float64(a) / 1e6 }

// Assay is an activity with the nuclide and the moment that make it mean something.
type Assay struct {
	Nuclide   Nuclide   `json:"nuclide"`
	Activity  Activity  `json:"activity_bq"`
	Reference time.Time `json:"reference"` // UTC
}
