package ui

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
)

// BenchmarkAdapter: what does a small JSON GET cost through the adapter, beside the same from net/http alone? The
// client's side is in both figures.
func BenchmarkAdapter(b *testing.B) {
	app := fiber.New(fiber.Config{Immutable: true, DisableStartupMessage: true})
	app.Get("/", func(c *fiber.Ctx) error { return c.JSON([]string{"2026-11-24"}) })
	for name, handler := range map[string]http.Handler{
		"net/http": http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(`["2026-11-24"]`))
		}),
		"fiber": newAdapter(app, 1<<20, time.Minute),
	} {
		b.Run(name, func(b *testing.B) {
			s := httptest.NewServer(handler)
			defer s.Close()
			for b.Loop() {
				resp, err := s.Client().Get(s.URL)
				if err != nil {
					b.Fatal(err)
				}
				_, _ = io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
			}
		})
	}
}
