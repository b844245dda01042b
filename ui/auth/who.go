// Package auth says who asks. Until there are accounts it believes two headers, and so the server that uses it
// listens on loopback only unless it is told to trust the network.
package auth

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"unicode"
	"unicode/utf8"

	"beamslot/scheduler"
)

// The headers in which the caller says who asks. Letters beyond ASCII travel percent-encoded: browsers send no others.
const (
	NameHeader = "Beamslot-Name"
	RoleHeader = "Beamslot-Role"
)

// longestName keeps a name readable on the board and in the journal; in characters.
const longestName = 80

// people are the roles that a person may claim; the program's own parts do not come in over HTTP.
var people = []scheduler.Role{
	scheduler.Radiochemist, scheduler.ReleasePerson, scheduler.PETStaff, scheduler.Coordinator, scheduler.Viewer,
}

// ErrNobody is wrapped when the caller did not say who asks, or not so that it can be written down.
var ErrNobody = errors.New("it is not said who asks")

// Who reads the actor from a request's headers; header gives the value of one, "" when absent.
func Who(header func(name string) string) (scheduler.Actor, error) {
	name, err := nameOf(header(NameHeader))
	if err != nil {
		return scheduler.Actor{}, err
	}
	role := scheduler.Role(header(RoleHeader))
	if !slices.Contains(people, role) {
		return scheduler.Actor{}, fmt.Errorf("%w: header %s is %q, not one of %v", ErrNobody, RoleHeader, role, people)
	}
	return scheduler.Actor{Name: name, Role: role}, nil
}

func nameOf(raw string) (string, error) {
	name, err := url.PathUnescape(raw)
	switch {
	case raw == "":
		return "", fmt.Errorf("%w: header %s is missing", ErrNobody, NameHeader)
	case err != nil:
		return "", fmt.Errorf("%w: header %s is not percent-encoded text: %v", ErrNobody, NameHeader, err)
	case !utf8.ValidString(name) || !printable(name):
		return "", fmt.Errorf("%w: header %s has characters that cannot be written down; percent-encode UTF-8", ErrNobody, NameHeader)
	case utf8.RuneCountInString(name) > longestName:
		return "", fmt.Errorf("%w: header %s is longer than %d characters", ErrNobody, NameHeader, longestName)
	}
	return name, nil
}

// printable wants something to see, and nothing that moves what stands beside it.
func printable(name string) bool {
	seen := false
	for _, r := range name {
		if !unicode.IsPrint(r) {
			return false
		}
		seen = seen || !unicode.IsSpace(r)
	}
	return seen
}
