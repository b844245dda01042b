package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"beamslot/scheduler"
)

// Sizes of an answer from the journal; lines are read as they are sent, and so they may be many.
const (
	usualEntries = 100
	mostEntries  = 1000
	lines        = "application/x-ndjson"
)

// journal gives entries after one: a list, or one a line for those who accept application/x-ndjson.
func (d door) journal(c *fiber.Ctx) error {
	after, limit, err := span(c)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-cache")
	if c.Accepts(fiber.MIMEApplicationJSON, lines) == lines {
		return d.stream(c, after, limit)
	}
	entries, err := d.desk.Read(c.UserContext(), after, min(or(limit, usualEntries), mostEntries))
	if err != nil {
		return err
	}
	return c.JSON(struct {
		Entries []scheduler.Entry `json:"entries"`
	}{append([]scheduler.Entry{}, entries...)})
}

func (d door) stream(c *fiber.Ctx, after scheduler.Seq, limit int) error {
	c.Set(fiber.HeaderContentType, lines)
	c.Context().SetBodyStream(&tape{ctx: c.UserContext(), desk: d.desk, after: after, left: or(limit, -1)}, -1)
	return nil
}

// or is n, or the other when n was not said.
func or(n, other int) int {
	if n == 0 {
		return other
	}
	return n
}

// span reads after and limit; 0 stands for a limit that was not said.
func span(c *fiber.Ctx) (after scheduler.Seq, limit int, err error) {
	for name, raw := range c.Queries() {
		n, bad := strconv.ParseUint(raw, 10, 63)
		switch {
		case name == "after" && bad == nil:
			after = scheduler.Seq(n)
		case name == "limit" && bad == nil && n > 0 && n <= 1<<31:
			limit = int(n)
		case name == "after", name == "limit":
			return 0, 0, badQuery(name, strconv.Quote(short(raw))+" is not a number of entries")
		default:
			return 0, 0, badQuery(strconv.Quote(short(name)), "is not one of after and limit")
		}
	}
	return after, limit, nil
}

// tape reads the journal page by page as lines, no faster than it is read itself.
type tape struct {
	ctx   context.Context
	desk  Desk
	after scheduler.Seq
	left  int // entries still wanted; negative: all
	page  bytes.Buffer
}

// Read gives the next bytes of the lines; an error of the journal ends the answer in the middle.
func (t *tape) Read(p []byte) (int, error) {
	if t.page.Len() == 0 {
		if err := t.turn(); err != nil {
			return 0, err
		}
	}
	return t.page.Read(p)
}

func (t *tape) turn() error {
	want := pageOf
	if t.left >= 0 {
		want = min(want, t.left)
	}
	if want == 0 {
		return io.EOF
	}
	entries, err := t.desk.Read(t.ctx, t.after, want)
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		return io.EOF
	}
	if t.left > 0 {
		t.left -= len(entries)
	}
	t.after = entries[len(entries)-1].Seq
	return t.write(entries)
}

func (t *tape) write(entries []scheduler.Entry) error {
	out := json.NewEncoder(&t.page)
	for _, e := range entries {
		if err := out.Encode(e); err != nil {
			return err
		}
	}
	return nil
}
