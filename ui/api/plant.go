package api

import "github.com/gofiber/fiber/v2"

// devices lists the machines as they were last seen.
func (d door) devices(c *fiber.Ctx) error {
	devices := []Device{}
	if d.plant != nil {
		devices = append(devices, d.plant.Devices()...)
	}
	c.Set(fiber.HeaderCacheControl, "no-cache")
	return c.JSON(struct {
		Devices []Device `json:"devices"`
	}{devices})
}
