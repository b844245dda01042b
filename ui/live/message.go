package live

import (
	"encoding/json"
	"time"

	"github.com/gorilla/websocket"

	"beamslot/scheduler"
)

// The messages of the protocol; schema.json is their twin.
type (
	snapshotMessage struct {
		Type    string          `json:"type"` // snapshot
		Epoch   string          `json:"epoch"`
		Seq     scheduler.Seq   `json:"seq"`
		Now     time.Time       `json:"now"`
		Speed   float64         `json:"speed"`
		View    json.RawMessage `json:"view"`
		Journal json.RawMessage `json:"journal"`
	}
	entryMessage struct {
		Type  string          `json:"type"` // entry
		Seq   scheduler.Seq   `json:"seq"`
		After scheduler.Seq   `json:"after"` // the message of this day that it follows
		Entry scheduler.Entry `json:"entry"`
		Patch json.RawMessage `json:"patch"`
	}
	beatMessage struct {
		Type  string        `json:"type"` // beat
		Seq   scheduler.Seq `json:"seq"`
		Now   time.Time     `json:"now"`
		Speed float64       `json:"speed"`
	}
	traceMessage struct {
		Type   string            `json:"type"` // trace
		Device string            `json:"device"`
		Point  string            `json:"point"`
		Value  float64           `json:"value"`
		Unit   string            `json:"unit"`
		At     time.Time         `json:"at"`
		Batch  scheduler.BatchID `json:"batch"`
	}
)

// prepare encodes a message once for all who will be sent it.
func prepare(message any) (*websocket.PreparedMessage, error) {
	data, err := json.Marshal(message)
	if err != nil {
		return nil, err
	}
	return websocket.NewPreparedMessage(websocket.TextMessage, data)
}

// light leaves out of an entry what its patch or the view says already: a day, a plan. The journal has them.
func light(e scheduler.Entry) scheduler.Entry {
	switch c := e.Event.Command.(type) {
	case scheduler.Open:
		c.Day = scheduler.Day{Format: c.Day.Format, Name: c.Day.Name, Date: c.Day.Date, Zone: c.Day.Zone}
		e.Event.Command = c
	case scheduler.Adopt:
		c.Plan = scheduler.Plan{Format: c.Plan.Format, Instance: c.Plan.Instance}
		c.Unserved = nil
		e.Event.Command = c
	}
	return e
}
