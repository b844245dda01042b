package devices

import (
	"time"

	"beamslot/devices/profile"
	"beamslot/scheduler"
)

// DeviceState is how a device was last seen, for people.
type DeviceState struct {
	Name       string           `json:"name"`
	Kind       string           `json:"kind"`
	Site       scheduler.SiteID `json:"site"`
	Serves     string           `json:"serves"` // target T1
	Online     bool             `json:"online"`
	State      string           `json:"state"`
	Batch      string           `json:"batch"`       // 2026-11-24/FDG-1
	LastAnswer time.Time        `json:"last_answer"` // zero: never
	Says       string           `json:"says"`        // why offline
	Values     []PointValue     `json:"values"`
}

// PointValue is one number of a device.
type PointValue struct {
	Point     string  `json:"point"`
	Value     float64 `json:"value"`
	Unit      string  `json:"unit"`
	Uncertain string  `json:"uncertain,omitempty"`
}

func (d *device) seen() DeviceState {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.state
	s.Values = append([]PointValue(nil), s.Values...)
	return s
}

// note keeps what was seen for people.
func (d *device) note(s profile.Samples, now time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	st := &d.state
	st.Online, st.Says, st.LastAnswer = true, "", now
	st.State, st.Batch = s["state"].Word, s["batch"].Text+s["vessel"].Text
	st.Values = st.Values[:0]
	for _, f := range d.frames {
		for _, name := range f.Points {
			if p := d.model.Points[name]; p.Unit != "" && p.Unit != "s" {
				st.Values = append(st.Values, PointValue{name, s[name].Number, p.Unit, s[name].Uncertain})
			}
		}
	}
}
