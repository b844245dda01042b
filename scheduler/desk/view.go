package desk

import (
	"time"

	"beamslot/decay"
	"beamslot/scheduler"
)

// View is one day as a board shows it. Minutes count from Midnight; activities are assays and decay in the
// browser. A Patch of it is a View in which only what changed is present; a nil pointer takes a thing away.
type View struct {
	Date     scheduler.Date                              `json:"date"`
	Midnight time.Time                                   `json:"midnight"`
	Zone     string                                      `json:"zone"`
	Name     string                                      `json:"name"`
	Note     string                                      `json:"note"`
	Step     scheduler.Minute                            `json:"step"`
	Tracers  map[scheduler.TracerID]*TracerView          `json:"tracers,omitempty"`
	Sites    []scheduler.Site                            `json:"sites,omitempty"`
	Centres  []scheduler.Centre                          `json:"centres,omitempty"`
	Links    []scheduler.Link                            `json:"links,omitempty"`
	Requests map[scheduler.RequestID]*RequestView        `json:"requests,omitempty"`
	Batches  map[scheduler.BatchID]*BatchView            `json:"batches,omitempty"`
	Vials    map[scheduler.VialID]*VialView              `json:"vials,omitempty"`
	Visits   map[scheduler.RequestID]*VisitView          `json:"visits,omitempty"`
	Unserved map[scheduler.RequestID]*scheduler.Unserved `json:"unserved,omitempty"`
	Alarms   map[string]*Alarm                           `json:"alarms,omitempty"`
	Score    *scheduler.Score                            `json:"score,omitempty"`
}

// TracerView adds the nuclide, its half-life and where that number is from.
type TracerView struct {
	Name        string           `json:"name"`
	Nuclide     decay.Nuclide    `json:"nuclide"`
	HalfLifeMin float64          `json:"half_life_min"`
	ShelfLife   scheduler.Minute `json:"shelf_life"`
	Source      string           `json:"source"`
}

// RequestView is a need and how far it has come: waiting, promised, injected, scanning, scanned, cancelled.
type RequestView struct {
	scheduler.Request
	State string `json:"state"`
}

// BatchView is a batch with its derived moments, what was expected at EOS and what was measured.
type BatchView struct {
	scheduler.Batch
	Stage    scheduler.Stage  `json:"stage"`
	EOS      scheduler.Minute `json:"eos"`
	Release  scheduler.Minute `json:"release"`
	Clean    scheduler.Minute `json:"clean"` // the hot cell is free again
	Expiry   scheduler.Minute `json:"expiry"`
	Expected decay.Assay      `json:"expected"`
	Measured *decay.Assay     `json:"measured"`
	Promised float64          `json:"promised_mbq"` // in vials, at EOS
	Reason   string           `json:"reason"`       // why lost
}

// VialView is a vial with its times and what it held when filled.
type VialView struct {
	scheduler.Vial
	Centre scheduler.CentreID `json:"centre"`
	Tracer scheduler.TracerID `json:"tracer"`
	Arrive scheduler.Minute   `json:"arrive"`
	Filled decay.Assay        `json:"filled"`
	Stage  string             `json:"stage"` // planned, dispatched, received
	Doses  int                `json:"doses"`
}

// VisitView is an appointment: where, when, from which vial, and how far.
type VisitView struct {
	scheduler.Appointment
	Centre       scheduler.CentreID `json:"centre"`
	Tracer       scheduler.TracerID `json:"tracer"`
	Prep         scheduler.Minute   `json:"prep"` // in the uptake room from here
	ScanEnd      scheduler.Minute   `json:"scan_end"`
	Stage        string             `json:"stage"` // promised, injected, scanning, scanned
	Prescribed   decay.Assay        `json:"prescribed"`
	Administered *decay.Assay       `json:"administered"`
}

// Alarm asks a person to look: what is wrong, on what, what to do. It goes by itself when it is no longer so.
type Alarm struct {
	Priority int              `json:"priority"` // 1 high … 3 low
	At       scheduler.Minute `json:"at"`
	On       string           `json:"on"`
	Says     string           `json:"says"`
	Do       string           `json:"do"`
}

// Shown is what a board is told after each entry: the entry and what it changed in its day's view.
type Shown struct {
	Entry scheduler.Entry
	Date  scheduler.Date
	Patch View
}

// Board is whoever wants to be told; Show must return at once.
type Board interface{ Show(Shown) }
