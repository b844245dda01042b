// Package api is the desk over HTTP: JSON in, JSON out, problems as RFC 9457 says. It decides nothing itself.
package api

import (
	"context"
	"time"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
)

// Desk is what the API asks of the desk.
type Desk interface {
	Do(context.Context, desk.Act) (desk.Receipt, error)
	Days() []scheduler.Date
	View(scheduler.Date) (desk.View, scheduler.Seq, error)
	Day(scheduler.Date) (scheduler.Day, scheduler.Seq, error)
	Plan(scheduler.Date) (scheduler.Plan, scheduler.Seq, error)
	// Read gives at most limit entries of the journal after the one numbered after.
	Read(ctx context.Context, after scheduler.Seq, limit int) ([]scheduler.Entry, error)
}

// Plant says how the machines are; it answers at once, from what it last saw.
type Plant interface {
	Devices() []Device
}

// Device is a machine as it was last seen.
type Device struct {
	Name       string           `json:"name"`
	Kind       string           `json:"kind"`
	Site       scheduler.SiteID `json:"site"`
	Serves     string           `json:"serves"`
	Online     bool             `json:"online"`
	State      string           `json:"state"`
	Batch      string           `json:"batch"`
	LastAnswer time.Time        `json:"last_answer"` // UTC; zero: never
	Says       string           `json:"says"`        // why it is offline
	Values     []Value          `json:"values"`
}

// Value is one number of a machine, with its unit and what makes it doubtful.
type Value struct {
	Point     string  `json:"point"`
	Value     float64 `json:"value"`
	Unit      string  `json:"unit"`
	Uncertain string  `json:"uncertain,omitempty"`
}

// door is where requests come in.
type door struct {
	desk  Desk
	plant Plant
}
