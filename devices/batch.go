package devices

import (
	"strings"

	"beamslot/decay"
	"beamslot/scheduler"
)

// Label is a batch as devices carry it: 2026-11-24/FDG-1, so that a reading read in one frame with it needs no
// memory of ours to be tied to its batch.
func Label(date scheduler.Date, batch scheduler.BatchID) string {
	return string(date) + "/" + string(batch)
}

// unlabel is the inverse of Label; a device that runs something else of its own gives no batch.
func unlabel(s string) (scheduler.Date, scheduler.BatchID) {
	date, batch, ok := strings.Cut(s, "/")
	if !ok {
		return "", ""
	}
	return scheduler.Date(date), scheduler.BatchID(batch)
}

// Nuclide writes a day file's isotope (F18, F-18) as devices and decay write it: F-18; what cannot be one is empty.
func Nuclide(isotope string) decay.Nuclide {
	n, err := decay.ParseNuclide(isotope)
	if err != nil {
		return ""
	}
	return n
}
