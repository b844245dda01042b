package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"beamslot/devices"
	"beamslot/devices/profile"
	"beamslot/devices/sim"
	"beamslot/fixtures"
	"beamslot/fixtures/profiles"
	"beamslot/scheduler"
	"beamslot/scheduler/desk"
	"beamslot/scheduler/store"
	"beamslot/ui"
)

// demoOptions are the demonstration's flags.
type demoOptions struct {
	addr, data, day, scenario, from string
	speed                           float64
	seed                            uint64
	verbose                         bool
}

func newDemoCmd() *cobra.Command {
	var o demoOptions
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Run an invented day of Norway on a simulated plant, sped up, with the board to watch",
		Long: `Plans fixtures/norway/days/tuesday, runs it against simulated machines over real Modbus TCP on loopback,
and shows it live. One morning synthesis of FDG in Oslo comes out low, so that the re-plan is seen.
Patients, crew and plant are invented.`,
		Example: "  beamslot demo\n  beamslot demo --speed 120 --addr 127.0.0.1:9000\n  beamslot demo --day my-day.json --data ./demo",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return demo(cmd.Context(), cmd.OutOrStdout(), o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.addr, "addr", "127.0.0.1:8080", "where the board answers")
	f.StringVar(&o.data, "data", "", "folder for the journal (default: a temporary one, removed at the end)")
	f.StringVar(&o.day, "day", "", "a day file of version 2 (default: Norway's Tuesday)")
	f.StringVar(&o.scenario, "scenario", "", "a file that says what goes wrong (default: one low FDG synthesis)")
	f.StringVar(&o.from, "from", "", "wall time at which the clock starts, such as 05:00 (default: an hour before the first beam may start)")
	f.Float64Var(&o.speed, "speed", 60, "how many times as fast as the wall the day passes")
	f.Uint64Var(&o.seed, "seed", 1, "of planner, plant and crew")
	f.BoolVar(&o.verbose, "verbose", false, "log what the machines and the desk do")
	return cmd
}

// demo runs until ctx ends.
func demo(ctx context.Context, out io.Writer, o demoOptions) error {
	if !(o.speed > 0 && o.speed <= 3600) {
		return fmt.Errorf("--speed %v is not between 0 and 3600", o.speed)
	}
	day, err := demoDay(o.day)
	if err != nil {
		return err
	}
	day.Note = "DEMONSTRATION. " + day.Note // the board's ribbon goes by this word, at any speed
	dir, done, err := demoFolder(o.data)
	if err != nil {
		return err
	}
	defer done()
	start, err := demoStart(day, dir, o.from)
	if err != nil {
		return err
	}
	c := fastClock(start, o.speed)
	fmt.Fprintf(out, "%s: %d requests at %d centres, %.0f × wall speed. DEMONSTRATION: invented patients, crew and plant.\n",
		day.Name, len(day.Requests), len(day.Centres), o.speed)
	how := plans{budget: 2 * time.Second, lead: 10 * time.Minute, seed: o.seed}
	return inHouse(ctx, dir, c, how, logger(o.verbose), func(ctx context.Context, h *house) error {
		plant, err := h.playDay(ctx, day, o)
		if err != nil {
			return err
		}
		return h.serve(ctx, o.addr, plant, out)
	})
}

// playDay opens the day, starts plant, floor, planner, conductor and crew.
func (h *house) playDay(ctx context.Context, day scheduler.Day, o demoOptions) (ui.Plant, error) {
	open := desk.Act{ID: scheduler.CommandID("demo/open/" + day.Date), By: scheduler.Actor{Name: "Demo coordinator", Role: scheduler.Coordinator},
		Command: scheduler.Open{About: scheduler.About{Date: day.Date}, Day: day}}
	if _, err := h.desk.Do(ctx, open); err != nil {
		return nil, err
	}
	scenario, err := demoScenario(o.scenario)
	if err != nil {
		return nil, err
	}
	f, err := h.simulatedFloor(ctx, day, o, scenario)
	if err != nil {
		return nil, err
	}
	beat := max(h.clock.wall(20*time.Second), 50*time.Millisecond)
	w := &crew{desk: h.desk, clock: h.clock, beat: beat, rand: rand.New(rand.NewPCG(o.seed, 1)), log: h.log}
	h.plan(ctx, h.clock.wall(time.Minute))
	h.machines(ctx, f, beat)
	h.start(ctx, w.work)
	return plantView{f}, nil
}

// simulatedFloor starts a plant on loopback and a floor that speaks Modbus to it.
func (h *house) simulatedFloor(ctx context.Context, day scheduler.Day, o demoOptions, scenario sim.Scenario) (*devices.Floor, error) {
	models, err := profile.ReadDir(profiles.Files)
	if err != nil {
		return nil, err
	}
	plant, err := sim.New(day, models, sim.Options{Seed: o.seed, Scenario: scenario, Now: h.clock.Now})
	if err != nil {
		return nil, err
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("the simulated plant cannot listen: %w", err)
	}
	h.start(ctx, func(ctx context.Context) {
		if err := plant.Serve(ctx, ln); err != nil && ctx.Err() == nil {
			h.log.Error("the simulated plant stopped", "error", err)
		}
	})
	return devices.Open(ctx, plant.Site(ln.Addr().String()), devices.Options{Now: h.clock.Now, Poll: 100 * time.Millisecond, Log: h.log})
}

// demoScenario is the given file, or the one bad synthesis of the morning: the second FDG that Oslo makes.
func demoScenario(file string) (sim.Scenario, error) {
	if file != "" {
		return sim.ReadScenario(file)
	}
	return sim.Scenario{Note: "one FDG synthesis of the morning comes out 45 % low", Syntheses: []sim.SynthesisFault{
		{Pick: sim.Pick{Site: "oslo", Tracer: "FDG", Nth: 1}, Yield: 0.55},
	}}, nil
}

// demoDay is the given day file, or Norway's Tuesday out of the binary.
func demoDay(file string) (scheduler.Day, error) {
	if file == "" {
		data, err := fixtures.FS.ReadFile("norway/days/tuesday.json")
		if err != nil {
			return scheduler.Day{}, err
		}
		return scheduler.ParseDay(data)
	}
	day, err := readDay(file)
	if err != nil {
		return day, err
	}
	if day.Date == "" {
		return day, fmt.Errorf("%s: a demonstration needs a day of version 2, which names its date", file)
	}
	return day, nil
}

// demoFolder is the given folder, or a temporary one that done removes.
func demoFolder(dir string) (string, func(), error) {
	if dir != "" {
		return dir, func() {}, os.MkdirAll(dir, 0o700)
	}
	tmp, err := os.MkdirTemp("", "beamslot-demo-")
	return tmp, func() { os.RemoveAll(tmp) }, err
}

// demoStart is where the journal left off, or an hour before the first site opens.
func demoStart(day scheduler.Day, dir, from string) (time.Time, error) {
	midnight, err := day.Date.Midnight()
	if err != nil {
		return midnight, err
	}
	if last, err := store.LastMoment(filepath.Join(dir, "journal.db")); err != nil || !last.IsZero() {
		return last, err
	}
	first := day.Horizon[1]
	for _, s := range day.Sites {
		first = min(first, s.Open[0])
	}
	if from == "" {
		return (first - 60).On(midnight), nil
	}
	zone, err := time.LoadLocation(day.Zone)
	if err != nil {
		return midnight, fmt.Errorf("the day's zone %q is not known: %w", day.Zone, err)
	}
	wall, err := scheduler.ParseClock(from)
	if err != nil {
		return midnight, fmt.Errorf("--from: %w", err)
	}
	m, err := wall.On(day.Date, zone)
	return m.On(midnight), err
}

func logger(verbose bool) *slog.Logger {
	level := slog.LevelError
	if verbose {
		level = slog.LevelInfo
	}
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
}
