package scheduler

import (
	"time"

	"beamslot/decay"
)

// Verb is what an order asks of a machine.
type Verb string

// The verbs of the floor.
const (
	StartBeam  Verb = "start_beam" // bombard Target with Current µA until Until
	StopBeam   Verb = "stop_beam"
	Elute      Verb = "elute"      // wash out Generator
	Draw       Verb = "draw"       // open Lot
	Synthesize Verb = "synthesize" // run the module of HotCell
)

// Order is what the floor is asked to do for a batch. The order's moment has come when it is given.
type Order struct {
	Verb      Verb        `json:"verb"`
	Date      Date        `json:"date"`
	Batch     BatchID     `json:"batch"`
	Site      SiteID      `json:"site"`
	Tracer    TracerID    `json:"tracer"`
	Isotope   string      `json:"isotope"`
	Target    TargetID    `json:"target,omitempty"`
	Generator GeneratorID `json:"generator,omitempty"`
	Lot       LotID       `json:"lot,omitempty"`
	HotCell   HotCellID   `json:"hot_cell,omitempty"`
	CurrentUA float64     `json:"current_ua,omitempty"`
	Share     float64     `json:"share,omitempty"`
	Until     time.Time   `json:"until"`
}

// Sign is what a reading says.
type Sign string

// The signs of the floor.
const (
	BeamOn           Sign = "beam_on" // or elution, or drawing, begun
	BeamOff          Sign = "beam_off"
	SynthesisStarted Sign = "synthesis_started"
	SynthesisEnded   Sign = "synthesis_ended"
	Assayed          Sign = "assayed"    // a calibrator's stable value for a batch at EOS
	RunFailed        Sign = "run_failed" // a run that ended without product; Says why
	Fault            Sign = "fault"      // a machine or a reading that is not to be trusted; Says why
	Trace            Sign = "trace"      // a point's value for a chart; never journalled
)

// Reading is what a machine says; Batch is empty when it is about none.
type Reading struct {
	Sign   Sign         `json:"sign"`
	Device string       `json:"device"`
	At     time.Time    `json:"at"`
	Date   Date         `json:"date,omitempty"`
	Batch  BatchID      `json:"batch,omitempty"`
	Assay  *decay.Assay `json:"assay,omitempty"` // Assayed
	Point  string       `json:"point,omitempty"` // Trace
	Value  float64      `json:"value,omitempty"` // Trace
	Unit   string       `json:"unit,omitempty"`  // Trace
	Says   string       `json:"says,omitempty"`  // Fault
}
