package main

import (
	"encoding/json"
	"io"

	"github.com/spf13/cobra"

	"beamslot/scheduler/rules"
)

func newCheckCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "check DAY.json PLAN.json",
		Short: "Say which laws a plan breaks, and what it is worth",
		Long: `Holds the plan against the day under every law of scheduler/rules and prints each broken law by name, with the numbers.
The exit code is 0 when the plan is lawful, 1 when a law is broken, 2 when a file cannot be read.`,
		Example: "  beamslot check fixtures/instances/tiny-1.json fixtures/instances/tiny-1.by-hand.json",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return check(cmd.OutOrStdout(), args[0], args[1], asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the whole report as JSON")
	return cmd
}

func check(out io.Writer, dayFile, planFile string, asJSON bool) error {
	day, err := readDay(dayFile)
	if err != nil {
		return err
	}
	plan, err := readPlan(planFile)
	if err != nil {
		return err
	}
	c, report := rules.NewCase(day, plan), rules.Check(day, plan)
	if asJSON {
		err = printJSON(out, report)
	} else {
		err = sayReport(out, c, report)
	}
	if err == nil && !report.Lawful() {
		return errNo
	}
	return err
}

func printJSON(out io.Writer, v any) error {
	e := json.NewEncoder(out)
	e.SetIndent("", " ")
	return e.Encode(v)
}

// sayReport is the verdict for people: every breach, then what the plan is worth.
func sayReport(out io.Writer, c *rules.Case, r rules.Report) error {
	p := &page{out: out}
	switch n := len(r.Breaches); n {
	case 0:
		p.line("The plan for %s is lawful.", c.Day.Name)
	case 1:
		p.line("The plan for %s breaks a law:", c.Day.Name)
	default:
		p.line("The plan for %s breaks laws %d times:", c.Day.Name, n)
	}
	for _, b := range r.Breaches {
		p.line("  %s: %s: %s", b.Law, b.On, b.Says)
	}
	p.line("")
	figures{{"", c, r}}.print(p)
	return p.err
}
