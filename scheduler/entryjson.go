package scheduler

import (
	"encoding/json"
	"fmt"
	"time"
)

// line is an entry as the journal, the API and the board write it.
type line struct {
	Seq  Seq             `json:"seq"`
	At   time.Time       `json:"at"`
	By   Actor           `json:"by"`
	ID   CommandID       `json:"id"`
	Kind string          `json:"event"`
	Data json.RawMessage `json:"data"`
	Lost []Unserved      `json:"lost,omitempty"`
}

// MarshalJSON writes the entry as one line.
func (e Entry) MarshalJSON() ([]byte, error) {
	data, err := json.Marshal(e.Event.Command)
	if err != nil {
		return nil, err
	}
	return json.Marshal(line{e.Seq, e.At.UTC(), e.By, e.ID, e.Event.Kind(), data, e.Event.Lost})
}

// UnmarshalJSON reads the entry back; an event of an unknown kind is an error.
func (e *Entry) UnmarshalJSON(b []byte) error {
	var l line
	if err := json.Unmarshal(b, &l); err != nil {
		return err
	}
	c, err := commandOf(l.Kind, l.Data)
	if err != nil {
		return fmt.Errorf("entry %d: %w", l.Seq, err)
	}
	*e = Entry{l.Seq, l.At, l.By, l.ID, Event{c, l.Lost}}
	return nil
}
