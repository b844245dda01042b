package desk

import (
	"errors"

	"beamslot/scheduler"
)

// Act is a command with who asks for it, under an id that makes it idempotent.
type Act struct {
	ID      scheduler.CommandID
	By      scheduler.Actor
	Command scheduler.Command
}

// Receipt is the acknowledgement of an act: its entry is durable. Again says that the id had been done before.
type Receipt struct {
	Entry scheduler.Entry `json:"entry"`
	Again bool            `json:"again"`
}

// The journal's refusals, and the desk's when it cannot write.
var (
	ErrConflict = errors.New("the journal's end is not where the writer thought")
	ErrFenced   = errors.New("another node leads the journal")
	ErrClosed   = errors.New("the desk is closed")
)

// Why sorts refusals; HTTP status is decided from it in one file of ui/api.
type Why string

// The reasons of a refusal.
const (
	Forbidden Why = "forbidden" // this role may not
	Unknown   Why = "unknown"   // no such day, batch, vial, request
	Malformed Why = "malformed" // the command itself makes no sense
	Unlawful  Why = "unlawful"  // a law stands in the way
	Stale     Why = "stale"     // events overtook it
	Misused   Why = "misused"   // the id belongs to another command
)

// Refusal says no to an act: what was tried, on what, which law, and what to do.
type Refusal struct {
	Why  Why
	Law  string
	Says string
}

func (r *Refusal) Error() string { return r.Says }
