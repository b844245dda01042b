package api

import (
	"github.com/gofiber/fiber/v2"

	"beamslot/decay"
	"beamslot/scheduler"
)

// book asks for a patient; when is said in wall time, and so the request's own window and due must stay out.
func book(c *fiber.Ctx, a scheduler.About) (scheduler.Command, error) {
	body, err := bodyAs[struct {
		Request scheduler.Request `json:"request"`
		Wall    scheduler.Wall    `json:"wall"`
	}](c)
	switch {
	case err != nil:
		return nil, err
	case body.Request.ID == "":
		return nil, &scheduler.Problem{Path: "request.id", Says: "a request needs a reference of its own"}
	case body.Request.Window != scheduler.Span{}:
		return nil, &scheduler.Problem{Path: "request.window", Says: "leave it out: wall says when, in the centre's own time"}
	case body.Request.Due != 0:
		return nil, &scheduler.Problem{Path: "request.due", Says: "leave it out: wall says when, in the centre's own time"}
	}
	return scheduler.Book{About: a, Request: body.Request, Wall: body.Wall}, nil
}

// reason is the body of what takes something back.
type reason struct {
	Reason string `json:"reason"`
}

func (r reason) given(why string) error {
	if r.Reason == "" {
		return &scheduler.Problem{Path: "reason", Says: why}
	}
	return nil
}

func cancel(c *fiber.Ctx, a scheduler.About) (scheduler.Command, error) {
	id, err := nameOf(c, "id")
	if err != nil {
		return nil, err
	}
	body, err := bodyAs[reason](c)
	if err == nil {
		err = body.given("say why the request is taken back; the journal keeps it")
	}
	return scheduler.Cancel{About: a, Request: scheduler.RequestID(id), Reason: body.Reason}, err
}

// move puts an appointment elsewhere; whose it is stands in the address.
func move(c *fiber.Ctx, a scheduler.About) (scheduler.Command, error) {
	id, err := nameOf(c, "id")
	if err != nil {
		return nil, err
	}
	body, err := bodyAs[struct {
		Appointment scheduler.Appointment `json:"appointment"`
		Reason      string                `json:"reason"`
	}](c)
	if err != nil {
		return nil, err
	}
	to := body.Appointment
	if to.Request != "" && to.Request != scheduler.RequestID(id) {
		return nil, &scheduler.Problem{Path: "appointment.request", Says: "the address names another request; leave it out here"}
	}
	to.Request = scheduler.RequestID(id)
	return scheduler.Move{About: a, Appointment: to, Reason: body.Reason}, reason{body.Reason}.given("say why the appointment is moved; the journal keeps it")
}

func inject(c *fiber.Ctx, a scheduler.About) (scheduler.Command, error) {
	id, err := nameOf(c, "id")
	if err != nil {
		return nil, err
	}
	body, err := bodyAs[struct {
		Vial         scheduler.VialID `json:"vial"`
		Administered decay.Assay      `json:"administered"`
	}](c)
	if err == nil {
		err = momentous("administered", body.Administered)
	}
	return scheduler.Inject{About: a, Request: scheduler.RequestID(id), Vial: body.Vial, Administered: body.Administered}, err
}

// momentous holds an activity to having a nuclide, a sign and a moment.
func momentous(path string, a decay.Assay) error {
	switch {
	case a.Nuclide == "":
		return &scheduler.Problem{Path: path + ".nuclide", Says: "an activity is one of a nuclide, such as F-18"}
	case a.Activity <= 0:
		return &scheduler.Problem{Path: path + ".activity_bq", Says: "an activity is more than nothing, in becquerel"}
	case a.Reference.IsZero():
		return &scheduler.Problem{Path: path + ".reference", Says: "an activity needs the moment that it refers to"}
	}
	return nil
}

func startScan(c *fiber.Ctx, a scheduler.About) (scheduler.Command, error) {
	id, err := bare(c)
	return scheduler.StartScan{About: a, Request: scheduler.RequestID(id)}, err
}

func finishScan(c *fiber.Ctx, a scheduler.About) (scheduler.Command, error) {
	id, err := bare(c)
	return scheduler.FinishScan{About: a, Request: scheduler.RequestID(id)}, err
}

// bare is the name in the address of a command that says no more.
func bare(c *fiber.Ctx) (string, error) {
	id, err := nameOf(c, "id")
	if err != nil {
		return "", err
	}
	return id, noBody(c)
}
