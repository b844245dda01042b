package api

import (
	"github.com/gofiber/fiber/v2"

	"beamslot/scheduler"
)

func dispatch(c *fiber.Ctx, a scheduler.About) (scheduler.Command, error) {
	id, err := bare(c)
	return scheduler.Dispatch{About: a, Vial: scheduler.VialID(id)}, err
}

func receive(c *fiber.Ctx, a scheduler.About) (scheduler.Command, error) {
	id, err := bare(c)
	return scheduler.Receive{About: a, Vial: scheduler.VialID(id)}, err
}
