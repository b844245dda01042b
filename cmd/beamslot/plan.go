package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
	"beamslot/scheduler/solve"
)

// planOptions are the flags of plan.
type planOptions struct {
	out, beside    string
	seed           uint64
	steps          int
	time           time.Duration
	asJSON, byHand bool
}

// planTime is how long a plan may take when nobody says.
const planTime = 2 * time.Second

func newPlanCmd() *cobra.Command {
	var o planOptions
	cmd := &cobra.Command{
		Use:   "plan DAY.json",
		Short: "Plan a day and print its sheet",
		Long: `Searches for the best plan of the day, checks it under every law, and prints the day sheet: beams, syntheses, QC, departures,
scanner lists, who is not served and what stood in the way, and what the plan is worth.

With --steps and no --time the search ends after so many moves, and the same seed and steps give the same plan on every machine.`,
		Example: "  beamslot plan fixtures/instances/medium-1.json --out plan.json --beside fixtures/instances/medium-1.by-hand.json",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !cmd.Flags().Changed("time") && o.steps == 0 {
				o.time = planTime
			}
			return plan(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr(), args[0], o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.out, "out", "", "write the plan to this file")
	f.StringVar(&o.beside, "beside", "", "print the figures of this plan beside the new one's")
	f.Uint64Var(&o.seed, "seed", 1, "seed of the search")
	f.IntVar(&o.steps, "steps", 0, "end after so many moves (0: when the time is up)")
	f.DurationVar(&o.time, "time", 0, "end after this long (default 2s; without end when only --steps is given)")
	f.BoolVar(&o.asJSON, "json", false, "print the plan itself instead of the sheet")
	f.BoolVar(&o.byHand, "by-hand", false, "plan as people do without help: one batch a tracer in the morning, earliest first")
	return cmd
}

func plan(ctx context.Context, out, errOut io.Writer, dayFile string, o planOptions) error {
	if o.steps < 0 || o.time < 0 {
		return fmt.Errorf("planning %s: --steps %d and --time %s must not be negative", dayFile, o.steps, o.time)
	}
	day, err := readDay(dayFile)
	if err != nil {
		return err
	}
	if _, err := faceOf(day); err != nil {
		return fmt.Errorf("%s: %w", dayFile, err)
	}
	beside, err := o.others(day)
	if err != nil {
		return err
	}
	found, err := search(ctx, errOut, day, o)
	if err != nil {
		return err
	}
	mine := judged("this plan", day, found)
	if !mine.report.Lawful() {
		return refused(errOut, mine)
	}
	if err := deliver(out, mine, o); err != nil || o.asJSON {
		return err
	}
	return sayPlan(out, append(figures{mine}, beside...), o)
}

// others reads the plan that is to stand beside the new one.
func (o planOptions) others(day scheduler.Day) (figures, error) {
	if o.beside == "" {
		return nil, nil
	}
	p, err := readPlan(o.beside)
	if err != nil {
		return nil, err
	}
	if p.Instance != day.Name {
		return nil, fmt.Errorf("%s is a plan for %q and cannot stand beside one for %q", o.beside, p.Instance, day.Name)
	}
	return figures{judged(strings.TrimSuffix(filepath.Base(o.beside), ".json"), day, p)}, nil
}

func judged(name string, day scheduler.Day, p scheduler.Plan) figure {
	return figure{name, rules.NewCase(day, p), rules.Check(day, p)}
}

// search asks the planner, or the hand.
func search(ctx context.Context, errOut io.Writer, day scheduler.Day, o planOptions) (scheduler.Plan, error) {
	if o.byHand {
		return solve.ByHand(day), nil
	}
	if o.time > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, o.time)
		defer stop()
	}
	m := watch(errOut, o)
	defer m.end()
	r, err := solve.Plan(ctx, day, solve.Options{Seed: o.seed, Steps: o.steps, Progress: m.told})
	return r.Plan, err
}

// refused says what is wrong with a plan of our own; it is not written anywhere.
func refused(errOut io.Writer, f figure) error {
	p := &page{out: errOut}
	p.line("beamslot: the planner's own plan for %s breaks the law, so it is not given out; please report this:", f.c.Day.Name)
	for _, b := range f.report.Breaches {
		p.line("  %s: %s: %s", b.Law, b.On, b.Says)
	}
	return errNo
}

// deliver writes the plan where it was asked for.
func deliver(out io.Writer, f figure, o planOptions) error {
	data, err := scheduler.FormatPlan(f.c.Plan)
	if err != nil {
		return fmt.Errorf("the plan for %s cannot be written: %w", f.c.Day.Name, err)
	}
	if o.out != "" {
		if err := writeWhole(o.out, data); err != nil {
			return err
		}
	}
	if o.asJSON {
		_, err = out.Write(data)
	}
	return err
}

func sayPlan(out io.Writer, f figures, o planOptions) error {
	mine := f[0].c
	if err := printSheet(out, mine, solve.Why(mine.Day, mine.Plan)); err != nil {
		return err
	}
	p := &page{out: out}
	p.title("Score")
	f.print(p)
	for _, other := range f[1:] {
		if n := len(other.report.Breaches); n > 0 {
			p.line("  %s breaks the law %d times; beamslot check says where.", other.name, n)
		}
	}
	if o.out != "" {
		p.line("")
		p.line("The plan is in %s.", o.out)
	}
	return p.err
}
