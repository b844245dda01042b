package scheduler

import (
	"errors"

	"github.com/go-json-experiment/json"
)

// ParseRegion reads a region file as strictly as [ParseDay]. Beyond types and references it holds that every
// object names a source that the file lists, and that the day which the region makes would itself be read.
func ParseRegion(data []byte) (Region, error) {
	var r Region
	if err := parseOnly(data, &r, "a region file", RegionFormat); err != nil {
		return Region{}, err
	}
	return r, first(data, r.Problems())
}

// ParseRequests reads a file of patients as strictly as [ParseDay]. Whether a region has the tracers and centres
// they ask for shows when [Region.Day] brings both together.
func ParseRequests(data []byte) (Requests, error) {
	var r Requests
	if err := parseOnly(data, &r, "a file of requests", RequestsFormat); err != nil {
		return Requests{}, err
	}
	return r, first(data, r.Problems())
}

// parseOnly fills v from a document of the one format that there is.
func parseOnly(data []byte, v any, what, format string) error {
	said, err := formatOf(data, what)
	if err != nil {
		return err
	}
	if said != format {
		return located(data, problem("/format", "%q is not %s that this program reads; it reads %s", shorten(said), what, format))
	}
	if err := json.Unmarshal(data, v, json.RejectUnknownMembers(true)); err != nil {
		return wallSentence(data, err, what)
	}
	return members(data, v, false)
}

// wallSentence keeps what a wall time says about itself, and where it stands.
func wallSentence(data []byte, err error, what string) error {
	s, ok := errors.AsType[*json.SemanticError](err)
	if wall := (badWall{}); ok && errors.As(err, &wall) {
		return located(data, problem(s.JSONPointer, "%s", wall.Error()))
	}
	return sentence(data, err, what)
}

// badWall is a text that is no wall time, or a pair that is no hours.
type badWall struct{ says string }

func (b badWall) Error() string { return b.says }
