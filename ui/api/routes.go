package api

import (
	"log/slog"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"
)

// App is the whole API under /api. A nil plant is one without machines, a nil log is silent.
func App(d Desk, p Plant, log *slog.Logger) *fiber.App {
	app := fiber.New(fiber.Config{
		AppName:               "beamslot",
		Immutable:             true, // without it, values that are kept after the handler are overwritten
		CaseSensitive:         true,
		StrictRouting:         true,
		DisableStartupMessage: true,
		ErrorHandler:          refusals(log),
	})
	app.Use(recover.New())
	routes(app.Group("/api"), door{d, p})
	return app
}

// routes are all the routes there are.
func routes(r fiber.Router, d door) {
	r.Get("/plant", d.devices)
	r.Get("/journal", d.journal)

	r.Get("/days", d.days)
	r.Get("/days/:date", d.view)
	r.Get("/days/:date/question", d.question)
	r.Get("/days/:date/plan", d.plan)
	r.Post("/days/:date/open", d.act(open))
	r.Post("/days/:date/plan", d.act(adopt))

	r.Post("/days/:date/requests", d.act(book))
	r.Post("/days/:date/requests/:id/cancel", d.act(cancel))
	r.Post("/days/:date/requests/:id/move", d.act(move))
	r.Post("/days/:date/requests/:id/inject", d.act(inject))
	r.Post("/days/:date/requests/:id/start-scan", d.act(startScan))
	r.Post("/days/:date/requests/:id/finish-scan", d.act(finishScan))

	r.Post("/days/:date/batches/:id/arm", d.act(arm))
	r.Post("/days/:date/batches/:id/begin", d.act(begin))
	r.Post("/days/:date/batches/:id/measure", d.act(measure))
	r.Post("/days/:date/batches/:id/release", d.act(release))
	r.Post("/days/:date/batches/:id/fail", d.act(fail))

	r.Post("/days/:date/vials/:id/dispatch", d.act(dispatch))
	r.Post("/days/:date/vials/:id/receive", d.act(receive))
}
