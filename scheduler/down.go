package scheduler

import (
	"encoding/json"
	"errors"
)

// errDown is what a stood-still scanner looks like in a file.
var errDown = errors.New("a scanner that is down is written [id, from, to]")

// MarshalJSON writes the format's triple.
func (d Down) MarshalJSON() ([]byte, error) { return json.Marshal([]any{d.Scanner, d.From, d.To}) }

// UnmarshalJSON reads the format's triple and nothing else.
func (d *Down) UnmarshalJSON(b []byte) error {
	var parts []json.RawMessage
	if err := json.Unmarshal(b, &parts); err != nil || len(parts) != 3 {
		return errDown
	}
	var read Down
	for i, to := range []any{&read.Scanner, &read.From, &read.To} {
		if string(parts[i]) == "null" || json.Unmarshal(parts[i], to) != nil {
			return errDown
		}
	}
	*d = read
	return nil
}
