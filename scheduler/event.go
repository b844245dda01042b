package scheduler

import (
	"encoding/json"
	"fmt"
)

// Kind is the event's word: the command's in the past tense.
func (e Event) Kind() string {
	for _, w := range words {
		if e.Command != nil && w.asked == e.Command.Kind() {
			return w.happened
		}
	}
	return ""
}

// word ties a command's word to its event's and to its type.
type word struct {
	asked, happened string
	read            func([]byte) (Command, error)
}

var words = []word{
	{"Open", "Opened", read[Open]},
	{"Book", "Booked", read[Book]},
	{"Cancel", "Cancelled", read[Cancel]},
	{"Move", "Moved", read[Move]},
	{"Adopt", "Adopted", read[Adopt]},
	{"Arm", "Armed", read[Arm]},
	{"Begin", "Begun", read[Begin]},
	{"Measure", "Measured", read[Measure]},
	{"Release", "Released", read[Release]},
	{"Fail", "Failed", read[Fail]},
	{"Dispatch", "Dispatched", read[Dispatch]},
	{"Receive", "Received", read[Receive]},
	{"Inject", "Injected", read[Inject]},
	{"StartScan", "ScanStarted", read[StartScan]},
	{"FinishScan", "ScanFinished", read[FinishScan]},
}

func read[C Command](b []byte) (Command, error) {
	var c C
	err := json.Unmarshal(b, &c)
	return c, err
}

func commandOf(happened string, data []byte) (Command, error) {
	for _, w := range words {
		if w.happened == happened {
			return w.read(data)
		}
	}
	return nil, fmt.Errorf("event %q is not one that this version knows", happened)
}
