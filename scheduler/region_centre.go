package scheduler

// RegionCentre scans and treats, in local wall time.
type RegionCentre struct {
	ID          CentreID        `json:"id"`
	Name        string          `json:"name"`
	Position    Position        `json:"position"`
	Open        Hours           `json:"open"`
	UptakeRooms int             `json:"uptake_rooms"`
	Prep        Minute          `json:"prep"`
	Receive     Minute          `json:"receive"`
	Scanners    []RegionScanner `json:"scanners"`
	Origin      Origin          `json:"origin"`
}

// RegionScanner is a scanner or a therapy room; an empty Open stands still.
type RegionScanner struct {
	ID         ScannerID  `json:"id"`
	Kind       string     `json:"kind"` // scanner or therapy_room
	Open       []Hours    `json:"open"`
	Turnaround Minute     `json:"turnaround"`
	Tracers    []TracerID `json:"tracers,omitempty"` // empty: all
}

// RegionLink is a way from a site to a centre: by road at any time, or by air on listed flights.
type RegionLink struct {
	ID      LinkID   `json:"id"`
	Site    SiteID   `json:"site"`
	Centre  CentreID `json:"centre"`
	By      string   `json:"by"`                // foot, road or air
	Km      float64  `json:"km"`                // of road, or of great circle by air
	Minutes Minute   `json:"minutes,omitempty"` // foot and road: door to door
	Cost    float64  `json:"cost"`              // points per dispatch
	Before  Minute   `json:"before,omitempty"`  // air: the site's door to take-off, road and handling
	After   Minute   `json:"after,omitempty"`   // air: landing to the centre's door
	Flights []Hours  `json:"flights,omitempty"` // air: take-off and landing
	Origin  Origin   `json:"origin"`
}
