package scheduler

import "time"

// Seq numbers the entries of a journal from 1; 0 is before the first.
type Seq uint64

// Fence grows with each leader of a journal; a write with an old one is refused.
type Fence uint64

// CommandID makes a command idempotent: the same id is the same command, however often it is sent.
type CommandID string

// Role is what an actor may do; rules/people.go says what.
type Role string

// The roles of a region, and of the program's own parts.
const (
	Radiochemist  Role = "radiochemist"
	ReleasePerson Role = "release_person"
	PETStaff      Role = "pet_staff"
	Coordinator   Role = "coordinator"
	Viewer        Role = "viewer"
	Planner       Role = "planner" // the program's own planner
	FloorRole     Role = "floor"   // the machines
	ClockRole     Role = "clock"   // the rounds
)

// Actor is who asks.
type Actor struct {
	Name string `json:"name"`
	Role Role   `json:"role"`
}

// Event is what happened: a command that was permitted, and what the desk decided about it. Its word is the
// command's in the past tense.
type Event struct {
	Command Command
	// Lost are the requests that lost their appointment through it, with the reason; decided once, written down.
	Lost []Unserved
}

// Unserved is a request without an appointment, and which law or shortage stands in the way.
type Unserved struct {
	Request RequestID `json:"request"`
	Law     string    `json:"law"`
	Says    string    `json:"says"`
}

// Entry is an event written down. ID is its command's.
type Entry struct {
	Seq   Seq
	At    time.Time // UTC
	By    Actor
	ID    CommandID
	Event Event
}
