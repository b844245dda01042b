package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"beamslot/decay"
	"beamslot/devices"
	"beamslot/scheduler"
	"beamslot/scheduler/desk"
	"beamslot/ui"
)

// serveOptions are the flags of serve.
type serveOptions struct {
	addr, data, region, floor string
	verbose                   bool
}

func newServeCmd() *cobra.Command {
	var o serveOptions
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Run a region's days at the wall's speed",
		Long: `Keeps the journal in --data, opens today and, each evening at 18:00, tomorrow of the region, plans, and shows the board.
With --floor it speaks to the machines of that site file; without it people say what the machines did.
There are no accounts yet: it answers on loopback only.`,
		Example: "  beamslot serve --data /var/lib/beamslot --region region.json --floor floor.yaml",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return serve(cmd.Context(), cmd.OutOrStdout(), o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.addr, "addr", "127.0.0.1:8080", "where the board answers")
	f.StringVar(&o.data, "data", "", "folder for the journal (required)")
	f.StringVar(&o.region, "region", "", "region file (required)")
	f.StringVar(&o.floor, "floor", "", "site file of the machines")
	f.BoolVar(&o.verbose, "verbose", false, "log what the machines and the desk do")
	for _, name := range []string{"data", "region"} {
		if err := cmd.MarkFlagRequired(name); err != nil {
			panic(err) // a misspelt flag name is a programmer's error
		}
	}
	return cmd
}

// serve runs until ctx ends.
func serve(ctx context.Context, out io.Writer, o serveOptions) error {
	region, zone, err := readRegion(o.region)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(o.data, 0o700); err != nil {
		return fmt.Errorf("the folder for the journal cannot be made: %w", err)
	}
	return inHouse(ctx, o.data, wallClock(), plans{}, logger(o.verbose), func(ctx context.Context, h *house) error {
		days := opener{desk: h.desk, region: region, zone: zone}
		if err := days.open(ctx, h.clock.Now(), 0); err != nil {
			return err
		}
		plant, err := h.realFloor(ctx, o.floor)
		if err != nil {
			return err
		}
		h.plan(ctx, time.Minute)
		h.start(ctx, func(ctx context.Context) { h.rounds(ctx, days) })
		return h.serve(ctx, o.addr, plant, out)
	})
}

// realFloor speaks to the machines of a site file; without one there are none.
func (h *house) realFloor(ctx context.Context, file string) (ui.Plant, error) {
	if file == "" {
		return nil, nil
	}
	cfg, err := devices.ReadConfig(file)
	if err != nil {
		return nil, err
	}
	f, err := devices.Open(ctx, cfg, devices.Options{Now: h.clock.Now, Log: h.log})
	if err != nil {
		return nil, err
	}
	h.machines(ctx, f, time.Second)
	return plantView{f}, nil
}

// rounds are what the clock does by itself: each evening tomorrow is opened, each morning today if it is not.
func (h *house) rounds(ctx context.Context, days opener) {
	err := ring(ctx, h.clock, h.journal, h.log,
		round{name: "open-tomorrow", spec: "0 18 * * *", zone: days.zone, do: func(ctx context.Context, due time.Time) error { return days.open(ctx, due, 1) }},
		round{name: "open-today", spec: "5 0 * * *", zone: days.zone, do: func(ctx context.Context, due time.Time) error { return days.open(ctx, due, 0) }},
	)
	if err != nil && ctx.Err() == nil {
		h.log.Error("the rounds stopped", "error", err)
	}
}

// opener opens days of a region; a day that is open already is left as it is.
type opener struct {
	desk   *desk.Desk
	region scheduler.Region
	zone   *time.Location
}

func (o opener) open(ctx context.Context, at time.Time, ahead int) error {
	date := scheduler.Date(at.In(o.zone).AddDate(0, 0, ahead).Format(time.DateOnly))
	day, err := o.region.Day(date, o.zone, halfLife)
	if err != nil {
		return err
	}
	_, err = o.desk.Do(ctx, desk.Act{ID: scheduler.CommandID("round/open/" + date), By: scheduler.Actor{Name: "clock", Role: scheduler.ClockRole},
		Command: scheduler.Open{About: scheduler.About{Date: date}, Day: day}})
	if no, ok := desk.IsRefusal(err); ok && (no.Law == "day-opened-once" || no.Why == desk.Misused) {
		return nil
	}
	return err
}

// halfLife is the isotope's recommended half-life in minutes.
func halfLife(isotope string) (float64, error) {
	n, err := decay.Lookup(isotope)
	if err != nil {
		return 0, err
	}
	return n.HalfLifeMin(), nil
}

func readRegion(file string) (scheduler.Region, *time.Location, error) {
	data, err := readFile(file)
	if err != nil {
		return scheduler.Region{}, nil, err
	}
	r, err := scheduler.ParseRegion(data)
	if err != nil {
		return r, nil, fmt.Errorf("%s: %w", file, err)
	}
	zone, err := time.LoadLocation(r.Zone)
	if err != nil {
		return r, nil, fmt.Errorf("%s: the region's zone %q is not known; name one such as Europe/Oslo: %w", file, r.Zone, err)
	}
	return r, zone, nil
}
