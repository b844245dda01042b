package api

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
	"beamslot/ui/auth"
)

// The headers of every act.
const (
	keyHeader   = "Idempotency-Key"
	matchHeader = fiber.HeaderIfMatch
)

// reader turns a request into the command it stands for; it changes nothing.
type reader func(*fiber.Ctx, scheduler.About) (scheduler.Command, error)

// act is the one way in: who asks, under which id, what, seen when; then the desk decides.
func (d door) act(read reader) fiber.Handler {
	return func(c *fiber.Ctx) error {
		x, err := actOf(c, read)
		if err != nil {
			return err
		}
		if err := d.unchanged(c, x); err != nil {
			return err
		}
		r, err := d.desk.Do(c.UserContext(), x)
		if err != nil {
			return err
		}
		return answer(c, r.Entry.Seq, r)
	}
}

func actOf(c *fiber.Ctx, read reader) (x desk.Act, err error) {
	if x.By, err = auth.Who(func(name string) string { return c.Get(name) }); err != nil {
		return x, err
	}
	if x.ID, err = keyOf(c); err != nil {
		return x, err
	}
	date, err := nameOf(c, "date")
	if err != nil {
		return x, err
	}
	x.Command, err = read(c, scheduler.About{Date: scheduler.Date(date)})
	return x, err
}

// keyOf is the command's id: one header of 1 to 200 visible characters.
func keyOf(c *fiber.Ctx) (scheduler.CommandID, error) {
	keys := c.Request().Header.PeekAll(keyHeader)
	if len(keys) != 1 {
		return "", badHeader(keyHeader, "must be there once: a new one for each command, the same one when a command is sent again")
	}
	key := string(keys[0])
	if key == "" || len(key) > 200 || strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return "", badHeader(keyHeader, "must be 1 to 200 visible ASCII characters")
	}
	return scheduler.CommandID(key), nil
}

// unchanged holds If-Match to what has happened to the day since. Adopting brings its own basis; an act that was
// done already is answered as it was.
func (d door) unchanged(c *fiber.Ctx, x desk.Act) error {
	saw, said, err := matchOf(c)
	if _, adopts := x.Command.(scheduler.Adopt); err != nil || !said || adopts {
		return err
	}
	changed, done, err := d.since(c.UserContext(), x, saw)
	if err != nil || done || changed == 0 {
		return err
	}
	return stale(x.Command.Of(), saw, changed)
}

// pageOf is how many entries are read from the journal at once.
const pageOf = 500

// since finds the last entry after saw that changed the act's day, and whether one of them is the act itself.
func (d door) since(ctx context.Context, x desk.Act, saw scheduler.Seq) (changed scheduler.Seq, done bool, err error) {
	for {
		entries, err := d.desk.Read(ctx, saw, pageOf)
		if err != nil {
			return 0, false, err
		}
		for _, e := range entries {
			if e.ID == x.ID {
				return 0, true, nil
			}
			if e.Event.Command.Of() == x.Command.Of() {
				changed = e.Seq
			}
			saw = e.Seq
		}
		if len(entries) < pageOf {
			return changed, false, nil
		}
	}
}

// matchOf reads If-Match, which names the entry as of which the caller saw the day: 17 or "17".
func matchOf(c *fiber.Ctx) (saw scheduler.Seq, said bool, err error) {
	raw := c.Get(matchHeader)
	if raw == "" {
		return 0, false, nil
	}
	n, err := strconv.ParseUint(strings.Trim(raw, `"`), 10, 64)
	if err != nil {
		return 0, false, badHeader(matchHeader, "must be the number in the ETag of the day that you saw")
	}
	return scheduler.Seq(n), true, nil
}

// nameOf is a name in the address, as it was before it was escaped.
func nameOf(c *fiber.Ctx, param string) (string, error) {
	name, err := url.PathUnescape(c.Params(param))
	if err != nil || name == "" {
		return "", fiber.NewError(fiber.StatusNotFound, "a name in the address is not escaped as a URL wants it")
	}
	return name, nil
}

// answer writes v as JSON, as of entry seq.
func answer(c *fiber.Ctx, seq scheduler.Seq, v any) error {
	tag := `"` + strconv.FormatUint(uint64(seq), 10) + `"`
	c.Set(fiber.HeaderETag, tag)
	c.Set(fiber.HeaderCacheControl, "no-cache")
	if c.Method() == fiber.MethodGet && c.Get(fiber.HeaderIfNoneMatch) == tag {
		return c.SendStatus(fiber.StatusNotModified)
	}
	return c.JSON(v)
}
