package scheduler

import "beamslot/decay"

// Command asks for something and may be refused. It names the day it is about.
type Command interface {
	Of() Date     // the day it is about
	Kind() string // its word: Book, Cancel, …
}

// About is the day that a command is about.
type About struct {
	Date Date `json:"date"`
}

// Of is the day.
func (a About) Of() Date { return a.Date }

// Stage is how far a batch has come.
type Stage string

// The stages of a batch, in order; Lost can follow any of them before Released.
const (
	Planned      Stage = "planned"
	Armed        Stage = "armed"     // a person has said that the beam may start
	Beam         Stage = "beam"      // beam on target, eluting, or drawing
	Synthesizing Stage = "synthesis" // in the hot cell
	InQC         Stage = "qc"        // measured at EOS, waiting for the qualified person's word
	Released     Stage = "released"
	Lost         Stage = "lost"
)

// Wall is a wish in local wall time, kept as the person said it: a zone's rules may change before the day.
type Wall struct {
	From string `json:"from"` // 09:00
	To   string `json:"to"`
	Due  string `json:"due,omitempty"` // empty: To
	Zone string `json:"zone"`          // Europe/Oslo
}

// The commands of the desk.
type (
	// Open brings a day's question to the desk: its sites, centres, links and standing requests.
	Open struct {
		About
		Day Day `json:"day"`
	}
	// Book asks for a patient. Wall says when; the request's own window and due stay empty.
	Book struct {
		About
		Request Request `json:"request"`
		Wall    Wall    `json:"wall"`
	}
	// Cancel takes a request back and frees what it held.
	Cancel struct {
		About
		Request RequestID `json:"request"`
		Reason  string    `json:"reason"`
	}
	// Move puts an appointment elsewhere, all or nothing; a re-plan leaves it there.
	Move struct {
		About
		Appointment Appointment `json:"appointment"`
		Reason      string      `json:"reason"`
	}
	// Adopt makes a plan the day's plan; Basis is the last entry the planner had seen.
	Adopt struct {
		About
		Plan     Plan       `json:"plan"`
		Basis    Seq        `json:"basis"`
		Unserved []Unserved `json:"unserved"` // who is not served, and what stands in the way
	}
	// Arm says that the batch's beam (or elution, or drawing) may start when the plan says so.
	Arm struct {
		About
		Batch BatchID `json:"batch"`
	}
	// Begin says that a batch has entered Beam or Synthesizing.
	Begin struct {
		About
		Batch BatchID `json:"batch"`
		Stage Stage   `json:"stage"`
	}
	// Measure is a calibrator's word about a batch at EOS.
	Measure struct {
		About
		Batch  BatchID     `json:"batch"`
		Assay  decay.Assay `json:"assay"`
		Device string      `json:"device"`
	}
	// Release is the qualified person's word that the batch may be used.
	Release struct {
		About
		Batch   BatchID `json:"batch"`
		Meaning string  `json:"meaning"`
	}
	// Fail says that a batch is lost.
	Fail struct {
		About
		Batch  BatchID `json:"batch"`
		Reason string  `json:"reason"`
	}
	// Dispatch sends a vial on its way.
	Dispatch struct {
		About
		Vial VialID `json:"vial"`
	}
	// Receive says that a vial has come to its centre.
	Receive struct {
		About
		Vial VialID `json:"vial"`
	}
	// Inject says what was administered to whom, from which vial, and when.
	Inject struct {
		About
		Request      RequestID   `json:"request"`
		Vial         VialID      `json:"vial"`
		Administered decay.Assay `json:"administered"`
	}
	// StartScan says that the patient is on the scanner.
	StartScan struct {
		About
		Request RequestID `json:"request"`
	}
	// FinishScan says that the patient is off it.
	FinishScan struct {
		About
		Request RequestID `json:"request"`
	}
)
