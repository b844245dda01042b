package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
	"beamslot/ui/auth"
)

// This file alone decides which HTTP status a refusal gets.

// verdict is how one kind of refusal is said over HTTP.
type verdict struct {
	status int
	name   string
	title  string
}

func verdictOf(why desk.Why) verdict {
	switch why {
	case desk.Forbidden:
		return verdict{http.StatusForbidden, "forbidden", "This role may not"}
	case desk.Unknown:
		return verdict{http.StatusNotFound, "unknown", "There is no such thing"}
	case desk.Malformed:
		return verdict{http.StatusUnprocessableEntity, "malformed", "The command makes no sense"}
	case desk.Unlawful:
		return verdict{http.StatusConflict, "unlawful", "A law stands in the way"}
	case desk.Stale:
		return verdict{http.StatusPreconditionFailed, "stale", "Events overtook it"}
	case desk.Misused:
		return verdict{http.StatusUnprocessableEntity, "misused", "The Idempotency-Key belongs to another command"}
	}
	return verdict{http.StatusInternalServerError, "internal", "Something is wrong here"}
}

func (v verdict) problem(detail string) *Problem {
	return &Problem{Type: "urn:beamslot:problem:" + v.name, Title: v.title, Status: v.status, Detail: detail}
}

// problemOf says any error as a problem.
func problemOf(err error) *Problem {
	var p *Problem
	var no *desk.Refusal
	var file *scheduler.Problem
	var http *fiber.Error
	switch {
	case errors.As(err, &p):
		return p
	case errors.As(err, &no):
		p = verdictOf(no.Why).problem(no.Says)
		p.Law = no.Law
		return p
	case errors.As(err, &file):
		return unreadable(file)
	case errors.As(err, &http):
		return routing(http)
	case errors.Is(err, auth.ErrNobody):
		return nobody(err)
	case errors.Is(err, desk.ErrClosed), errors.Is(err, desk.ErrFenced), errors.Is(err, desk.ErrConflict),
		errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return away(err)
	}
	return verdictOf("").problem("the request could not be answered; the log says why")
}

func unreadable(f *scheduler.Problem) *Problem {
	p := verdict{http.StatusBadRequest, "unreadable", "The body cannot be read"}.problem(f.Error())
	p.Line, p.Path = f.Line, f.Path
	return p
}

func routing(e *fiber.Error) *Problem {
	switch e.Code {
	case http.StatusNotFound:
		return verdict{e.Code, "no-such-address", "There is nothing at this address"}.problem(e.Message + "; docs/api.md lists what there is")
	case http.StatusMethodNotAllowed:
		return WrongMethod()
	}
	return verdict{e.Code, "http", http.StatusText(e.Code)}.problem(e.Message)
}

// WrongMethod is a method that an address does not take.
func WrongMethod() *Problem {
	return verdict{http.StatusMethodNotAllowed, "method", "This address does not do that"}.problem(
		"this address does not take that method; docs/api.md lists what it takes")
}

func nobody(err error) *Problem {
	return verdict{http.StatusUnauthorized, "nobody", "It is not said who asks"}.problem(err.Error())
}

func away(err error) *Problem {
	p := verdict{http.StatusServiceUnavailable, "away", "The desk cannot write now"}.problem(
		err.Error() + "; ask again under the same Idempotency-Key")
	p.retry = true
	return p
}

// stale is an If-Match that names an entry which the day has left behind.
func stale(date scheduler.Date, saw, now scheduler.Seq) *Problem {
	p := verdictOf(desk.Stale).problem(fmt.Sprintf("you saw day %s as of entry %d, and entry %d changed it; look again", date, saw, now))
	p.Law = "if-match"
	return p
}

// badHeader is a header that is missing or cannot be meant.
func badHeader(name, says string) *Problem {
	p := verdict{http.StatusBadRequest, "header", "A header is missing or wrong"}.problem("header " + name + " " + says)
	p.Path = name
	return p
}

// badQuery is a query parameter that is unknown or cannot be meant.
func badQuery(name, says string) *Problem {
	p := verdict{http.StatusBadRequest, "query", "The query cannot be read"}.problem("query parameter " + name + " " + says)
	p.Path = name
	return p
}

// wrongMedia is a body that does not say that it is JSON.
func wrongMedia(got string) *Problem {
	return verdict{http.StatusUnsupportedMediaType, "media-type", "The body is not JSON"}.problem(
		fmt.Sprintf("the body is sent as %q; send it with Content-Type: application/json", got))
}

// TooLarge is a body over the server's limit, in bytes.
func TooLarge(limit int64) *Problem {
	return verdict{http.StatusRequestEntityTooLarge, "too-large", "The body is too large"}.problem(
		fmt.Sprintf("the body is over the limit of %d bytes; nothing was read of it that counts", limit))
}

// CutOff is a body that ended before it was whole.
func CutOff(err error) *Problem {
	return verdict{http.StatusBadRequest, "cut-off", "The body did not come whole"}.problem(
		fmt.Sprintf("the body could not be read to its end: %v; send it again", err))
}

// WrongHost is a request for a host name that this server does not answer to.
func WrongHost(host string) *Problem {
	return verdict{http.StatusMisdirectedRequest, "wrong-host", "This server has another name"}.problem(
		fmt.Sprintf("this server does not answer to the name %q; open it by the address that it printed, or allow the name when starting it", host))
}

// CrossOrigin is a request that a page of another origin made.
func CrossOrigin(err error) *Problem {
	return verdict{http.StatusForbidden, "cross-origin", "Another site asked"}.problem(
		fmt.Sprintf("%v; pages of other origins may not act here", err))
}
