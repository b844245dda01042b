package solve

import (
	"fmt"

	"beamslot/scheduler"
)

// index finds the small integer behind an id.
type index struct {
	tracers  map[scheduler.TracerID]int32
	sites    map[scheduler.SiteID]int32
	sources  map[string]int32 // kind and id
	cells    map[scheduler.HotCellID]int32
	lines    map[scheduler.QCLineID]int32
	centres  map[scheduler.CentreID]int32
	scanners map[scheduler.ScannerID]int32
	links    map[scheduler.LinkID]int32
	requests map[scheduler.RequestID]int32
}

func newIndex() index {
	return index{
		tracers: map[scheduler.TracerID]int32{}, sites: map[scheduler.SiteID]int32{}, sources: map[string]int32{},
		cells: map[scheduler.HotCellID]int32{}, lines: map[scheduler.QCLineID]int32{},
		centres: map[scheduler.CentreID]int32{}, scanners: map[scheduler.ScannerID]int32{},
		links: map[scheduler.LinkID]int32{}, requests: map[scheduler.RequestID]int32{},
	}
}

// sourceKey keeps a target, a generator and a lot of the same id apart.
func sourceKey(k kind, id string) string { return fmt.Sprint(k, "/", id) }

// sourceOf is the source that a batch draws from.
func (x index) sourceOf(b scheduler.Batch) (int32, bool) {
	key := sourceKey(target, string(b.Target))
	switch {
	case b.Generator != "":
		key = sourceKey(generator, string(b.Generator))
	case b.Lot != "":
		key = sourceKey(lot, string(b.Lot))
	}
	s, ok := x.sources[key]
	return s, ok
}
