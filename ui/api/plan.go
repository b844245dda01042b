package api

import (
	"github.com/gofiber/fiber/v2"

	"beamslot/scheduler"
)

// plan is the day's running plan as a plan file.
func (d door) plan(c *fiber.Ctx) error { return look(c, d.desk.Plan) }

// adopt brings a plan file to the desk; If-Match is the entry that its planner saw last.
func adopt(c *fiber.Ctx, a scheduler.About) (scheduler.Command, error) {
	data, err := bodyOf(c)
	if err != nil {
		return nil, err
	}
	basis, _, err := matchOf(c)
	if err != nil {
		return nil, err
	}
	plan, err := scheduler.ParsePlan(data)
	return scheduler.Adopt{About: a, Plan: plan, Basis: basis}, err
}
