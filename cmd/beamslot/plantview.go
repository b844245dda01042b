package main

import (
	"beamslot/devices"
	"beamslot/ui/api"
)

// plantView shows a floor's machines to the API: the two rooms do not know each other.
type plantView struct{ floor *devices.Floor }

// Devices lists the machines as they were last seen.
func (v plantView) Devices() []api.Device {
	states := v.floor.States()
	all := make([]api.Device, len(states))
	for i, s := range states {
		all[i] = api.Device{Name: s.Name, Kind: s.Kind, Site: s.Site, Serves: s.Serves, Online: s.Online, State: s.State,
			Batch: s.Batch, LastAnswer: s.LastAnswer, Says: s.Says, Values: make([]api.Value, len(s.Values))}
		for j, p := range s.Values {
			all[i].Values[j] = api.Value(p)
		}
	}
	return all
}
