package api

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/gofiber/fiber/v2"
)

// Problem is a refusal as RFC 9457 writes it. Type is a URI that stays; the other words are for people.
type Problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	Law    string `json:"law,omitempty"`  // the law in the way
	Line   int    `json:"line,omitempty"` // of the body, from 1
	Path   string `json:"path,omitempty"` // in the body, such as request.dose

	retry bool // the same request may succeed in a moment
}

func (p *Problem) Error() string { return p.Detail }

// media is the type of a problem document.
const media = "application/problem+json"

// ServeHTTP answers any request with the problem.
func (p *Problem) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	body, err := json.Marshal(p)
	if err != nil { // cannot be: strings and numbers
		http.Error(w, p.Detail, p.Status)
		return
	}
	h := w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Cache-Control", "no-store")
	if p.retry {
		h.Set("Retry-After", "1")
	}
	w.WriteHeader(p.Status)
	_, _ = w.Write(body) // the caller may have left
}

// refusals writes every error of a handler as a problem document, and logs those that are ours.
func refusals(log *slog.Logger) fiber.ErrorHandler {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return func(c *fiber.Ctx, err error) error {
		p := problemOf(err)
		if p.Status >= http.StatusInternalServerError {
			log.Error("a request failed", "method", c.Method(), "path", c.Path(), "error", err)
		}
		if p.retry {
			c.Set(fiber.HeaderRetryAfter, "1")
		}
		c.Set(fiber.HeaderCacheControl, "no-store")
		c.Status(p.Status)
		return c.JSON(p, media)
	}
}
