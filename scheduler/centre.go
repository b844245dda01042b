package scheduler

// Centre scans and treats: scanners, therapy rooms, uptake rooms.
type Centre struct {
	ID          CentreID  `json:"id"`
	Open        Span      `json:"open"` // a patient is in a room from its start, a scan ends in it
	UptakeRooms int       `json:"uptake_rooms"`
	Prep        Minute    `json:"prep"`    // in the room before injection
	Receive     Minute    `json:"receive"` // arrival to first use of the vial
	Scanners    []Scanner `json:"scanners"`
	Name        string    `json:"name,omitempty" since:"2"` // version 2
}

// Scanner is a PET scanner, or in version 2 a therapy room, which is booked the same way.
type Scanner struct {
	ID         ScannerID  `json:"id"`
	Open       []Span     `json:"open"` // a scan lies inside one
	Turnaround Minute     `json:"turnaround"`
	Tracers    []TracerID `json:"tracers,omitempty"`        // empty: all
	Kind       string     `json:"kind,omitempty" since:"2"` // version 2: "" or "scanner", "therapy_room"
}

// TherapyRoom reports whether treatments are given here rather than scans.
func (s Scanner) TherapyRoom() bool { return s.Kind == "therapy_room" }

// Link carries vials from a site to a centre: by road at any time, or by listed departures.
type Link struct {
	ID         LinkID      `json:"id"`
	Site       SiteID      `json:"site"`
	Centre     CentreID    `json:"centre"`
	Cost       float64     `json:"cost"` // points per dispatch
	Travel     *Minute     `json:"travel,omitempty"`
	Departures [][2]Minute `json:"departures,omitempty"` // [leave, arrive]
}

// Arrive says when vials that leave at depart arrive, and whether the link leaves then at all.
func (l Link) Arrive(depart Minute) (Minute, bool) {
	if l.Travel != nil {
		return depart + *l.Travel, true
	}
	for _, d := range l.Departures {
		if d[0] == depart {
			return d[1], true
		}
	}
	return 0, false
}

// Request is a need: who asks for which tracer, how much, when and where.
type Request struct {
	ID         RequestID   `json:"id"`
	Tracer     TracerID    `json:"tracer"`
	WeightKg   float64     `json:"weight_kg"`
	Dose       float64     `json:"dose"`   // MBq prescribed at injection; the format's word
	Uptake     Span        `json:"uptake"` // least and most from injection to scan start
	Scan       Minute      `json:"scan"`
	Class      int         `json:"class"` // 1 most urgent … 4
	Value      float64     `json:"value"` // points
	Window     Span        `json:"window"`
	Due        Minute      `json:"due"` // an injection after this is late
	LatePerMin float64     `json:"late_per_min"`
	Centres    []CentreID  `json:"centres"`                     // first is home
	Scanners   []ScannerID `json:"scanners,omitempty"`          // empty: any
	Pathway    string      `json:"pathway,omitempty" since:"2"` // version 2: the theranostic course and its step
}
