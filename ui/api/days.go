package api

import (
	"github.com/gofiber/fiber/v2"

	"beamslot/scheduler"
)

// days lists the days that are open.
func (d door) days(c *fiber.Ctx) error {
	days := d.desk.Days()
	if days == nil {
		days = []scheduler.Date{}
	}
	c.Set(fiber.HeaderCacheControl, "no-cache")
	return c.JSON(struct {
		Days []scheduler.Date `json:"days"`
	}{days})
}

// view is the day as a board shows it.
func (d door) view(c *fiber.Ctx) error { return look(c, d.desk.View) }

// question is the day's question as a day file, with what began frozen.
func (d door) question(c *fiber.Ctx) error {
	return look(c, d.desk.Day)
}

// look answers with what the desk knows of the day in the address.
func look[T any](c *fiber.Ctx, know func(scheduler.Date) (T, scheduler.Seq, error)) error {
	date, err := nameOf(c, "date")
	if err != nil {
		return err
	}
	v, seq, err := know(scheduler.Date(date))
	if err != nil {
		return err
	}
	return answer(c, seq, v)
}

// open brings a day file to the desk.
func open(c *fiber.Ctx, a scheduler.About) (scheduler.Command, error) {
	data, err := bodyOf(c)
	if err != nil {
		return nil, err
	}
	day, err := scheduler.ParseDay(data)
	return scheduler.Open{About: a, Day: day}, err
}
