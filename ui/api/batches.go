package api

import (
	"github.com/gofiber/fiber/v2"

	"beamslot/decay"
	"beamslot/scheduler"
)

func arm(c *fiber.Ctx, a scheduler.About) (scheduler.Command, error) {
	id, err := bare(c)
	return scheduler.Arm{About: a, Batch: scheduler.BatchID(id)}, err
}

func begin(c *fiber.Ctx, a scheduler.About) (scheduler.Command, error) {
	id, err := nameOf(c, "id")
	if err != nil {
		return nil, err
	}
	body, err := bodyAs[struct {
		Stage scheduler.Stage `json:"stage"`
	}](c)
	if err == nil && body.Stage != scheduler.Beam && body.Stage != scheduler.Synthesizing {
		err = &scheduler.Problem{Path: "stage", Says: "what begins is " + string(scheduler.Beam) + " or " + string(scheduler.Synthesizing)}
	}
	return scheduler.Begin{About: a, Batch: scheduler.BatchID(id), Stage: body.Stage}, err
}

func measure(c *fiber.Ctx, a scheduler.About) (scheduler.Command, error) {
	id, err := nameOf(c, "id")
	if err != nil {
		return nil, err
	}
	body, err := bodyAs[struct {
		Assay  decay.Assay `json:"assay"`
		Device string      `json:"device"`
	}](c)
	if err == nil {
		err = momentous("assay", body.Assay)
	}
	return scheduler.Measure{About: a, Batch: scheduler.BatchID(id), Assay: body.Assay, Device: body.Device}, err
}

// release carries what the qualified person signs for.
func release(c *fiber.Ctx, a scheduler.About) (scheduler.Command, error) {
	id, err := nameOf(c, "id")
	if err != nil {
		return nil, err
	}
	body, err := bodyAs[struct {
		Meaning string `json:"meaning"`
	}](c)
	if err == nil && body.Meaning == "" {
		err = &scheduler.Problem{Path: "meaning", Says: "say what the signature means, such as: released for use"}
	}
	return scheduler.Release{About: a, Batch: scheduler.BatchID(id), Meaning: body.Meaning}, err
}

func fail(c *fiber.Ctx, a scheduler.About) (scheduler.Command, error) {
	id, err := nameOf(c, "id")
	if err != nil {
		return nil, err
	}
	body, err := bodyAs[reason](c)
	if err == nil {
		err = body.given("say why the batch is lost; the journal keeps it")
	}
	return scheduler.Fail{About: a, Batch: scheduler.BatchID(id), Reason: body.Reason}, err
}
