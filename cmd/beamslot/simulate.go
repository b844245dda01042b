package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"beamslot/devices"
	"beamslot/devices/profile"
	"beamslot/devices/sim"
	"beamslot/fixtures/profiles"
	"beamslot/scheduler"
)

// simulation is what `beamslot simulate` is asked for.
type simulation struct {
	day, listen, start, scenario, floorOut string
	speed                                  float64
	seed                                   uint64
}

func simulateCommand() *cobra.Command {
	var s simulation
	cmd := &cobra.Command{
		Use:   "simulate --day DAY.json",
		Short: "Serve a plant on Modbus TCP: cyclotrons, modules, generators and calibrators that obey physics",
		Long: "Serves the machines of a day on Modbus TCP until interrupted. With --floor-out it writes the site file, and\n" +
			"the profiles beside it, with which `beamslot serve --floor` drives them.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return s.run(cmd.Context(), cmd.OutOrStdout()) },
	}
	f := cmd.Flags()
	f.StringVar(&s.day, "day", "", "the day whose machines are served (required)")
	f.StringVar(&s.listen, "listen", "127.0.0.1:5020", "where to answer")
	f.Float64Var(&s.speed, "speed", 1, "how much faster than the wall the plant's clock runs")
	f.StringVar(&s.start, "start", "", "what the plant's clock says at the start, as 2026-11-24T04:00Z (now)")
	f.StringVar(&s.scenario, "scenario", "", "a file of faults: what goes wrong, and when")
	f.StringVar(&s.floorOut, "floor-out", "", "write the site file of this plant here")
	f.Uint64Var(&s.seed, "seed", 0, "seed of yields and noise (the day's)")
	cmd.MarkFlagRequired("day")
	return cmd
}

func (s simulation) run(ctx context.Context, out io.Writer) error {
	plant, err := s.plant()
	if err != nil {
		return err
	}
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", s.listen)
	if err != nil {
		return fmt.Errorf("cannot answer on %s: %w; name another with --listen", s.listen, err)
	}
	if err := s.tell(out, ln.Addr().String(), plant); err != nil {
		return errors.Join(err, ln.Close())
	}
	return plant.Serve(ctx, ln)
}

func (s simulation) plant() (*sim.Plant, error) {
	data, err := os.ReadFile(s.day)
	if err != nil {
		return nil, err
	}
	day, err := scheduler.ParseDay(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.day, err)
	}
	o := sim.Options{Seed: s.seed}
	if s.scenario != "" {
		if o.Scenario, err = sim.ReadScenario(s.scenario); err != nil {
			return nil, err
		}
	}
	c, err := s.clock()
	if err != nil {
		return nil, err
	}
	o.Now = c.Now
	models, err := profile.ReadDir(profiles.Files)
	if err != nil {
		return nil, err
	}
	return sim.New(day, models, o)
}

func (s simulation) clock() (clock, error) {
	if !(s.speed > 0) || s.speed > 3600 {
		return clock{}, fmt.Errorf("--speed %g: a clock runs above 0 and at most 3600 times as fast as the wall", s.speed)
	}
	if s.start == "" && s.speed == 1 {
		return wallClock(), nil
	}
	start := time.Now()
	for _, layout := range []string{"2006-01-02T15:04Z07:00", time.RFC3339} {
		if t, err := time.Parse(layout, s.start); err == nil {
			return fastClock(t, s.speed), nil
		}
	}
	if s.start != "" {
		return clock{}, fmt.Errorf("--start %q: write it as 2026-11-24T04:00Z", s.start)
	}
	return fastClock(start, s.speed), nil
}

// tell says where the plant answers, and writes the site file when it is asked for.
func (s simulation) tell(out io.Writer, address string, p *sim.Plant) error {
	cfg := p.Site(address)
	fmt.Fprintf(out, "The plant answers on %s with %d devices, until interrupted:\n", address, len(cfg.Devices))
	for _, d := range cfg.Devices {
		fmt.Fprintf(out, "  unit %3d base %5d  %-20s %s\n", d.Unit, d.Base, d.Model, d.Name)
	}
	if s.floorOut == "" {
		return nil
	}
	if err := writeFloor(s.floorOut, cfg); err != nil {
		return fmt.Errorf("--floor-out: %w", err)
	}
	fmt.Fprintf(out, "Drive it with: beamslot serve --floor %s …\n", s.floorOut)
	return nil
}

// writeFloor writes a site file, and the profiles it names into a folder beside it.
func writeFloor(file string, cfg devices.Config) error {
	cfg.Profiles = strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)) + "-profiles"
	dir := filepath.Join(filepath.Dir(file), cfg.Profiles)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	entries, err := profiles.Files.ReadDir(".")
	if err != nil {
		return err
	}
	for _, e := range entries {
		text, err := profiles.Files.ReadFile(e.Name())
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, e.Name()), text, 0o644); err != nil {
			return err
		}
	}
	text, err := cfg.Format()
	if err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o644)
}
