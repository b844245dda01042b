package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"beamslot/decay"
)

func newDecayCmd() *cobra.Command {
	var at, level string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "decay NUCLIDE ACTIVITY@TIME {--at TIME | --falls-to ACTIVITY}",
		Short: "Refer an activity to another moment, or say when it falls to a level",
		Long: "Refers an activity to another moment, before or after, or says when it falls to a level. Times are of one day,\n" +
			"as 08:00, or carry date and offset, as 2026-11-24T08:00+01:00; --at takes +90m and -90m as well. The answer names\n" +
			"the half-life and where it is from.",
		Example: "  beamslot decay F-18 3.7GBq@08:00 --at 09:50\n  beamslot decay 68Ga 27mCi@07:30 --falls-to 185MBq",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) < 2 || (at == "") == (level == "") {
				return errDecayAsked
			}
			// "3.7 GBq @ 08:00" comes as several words when nobody quoted it.
			x, err := decayed(args[0], strings.Join(args[1:], " "), at, level)
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), x.figures())
			}
			return x.say(cmd.OutOrStdout())
		},
	}
	f := cmd.Flags()
	f.StringVar(&at, "at", "", "the moment asked for: 09:50, 2026-11-24T09:50Z, +110m")
	f.StringVar(&level, "falls-to", "", "the activity asked for: 185MBq, 5mCi")
	f.BoolVar(&asJSON, "json", false, "print the answer as JSON")
	return cmd
}

// errDecayAsked is what an incomplete question gets.
var errDecayAsked = errors.New("decay needs a nuclide, an activity with its moment, and either --at or --falls-to; " +
	"write it like: beamslot decay F-18 3.7GBq@08:00 --at 09:50")

// decaying is the question and its answer.
type decaying struct {
	nuclide decay.Data
	stated  decay.Stated
	then    decay.Assay
}

// someDay stands for the day that a bare time of day leaves open; it never shows.
var someDay = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func decayed(name, stated, at, level string) (decaying, error) {
	n, err := decay.Lookup(name)
	if err != nil {
		return decaying{}, err
	}
	s, err := decay.ParseStated(stated, someDay)
	if err != nil {
		return decaying{}, err
	}
	a := decay.Assay{Nuclide: n.Nuclide, Activity: s.Activity, Reference: s.At}
	then, err := asked(a, s, at, level)
	if err != nil {
		return decaying{}, err
	}
	answer, err := a.At(then)
	return decaying{n, s, answer}, err
}

// asked is the moment asked for, by its time or by the level reached then.
func asked(a decay.Assay, s decay.Stated, at, level string) (time.Time, error) {
	if level == "" {
		return momentAsked(s, at)
	}
	l, err := decay.ParseActivity(level)
	if err != nil {
		return time.Time{}, fmt.Errorf("--falls-to: %w", err)
	}
	return a.FallsTo(l)
}

func momentAsked(s decay.Stated, at string) (time.Time, error) {
	if strings.HasPrefix(at, "+") || strings.HasPrefix(at, "-") {
		d, err := time.ParseDuration(at)
		if err != nil {
			return time.Time{}, fmt.Errorf("--at %.40q is not a length of time; write it like +90m or -1h30m", at)
		}
		return s.At.Add(d), nil
	}
	t, dated, err := decay.ParseMoment(at, s.At)
	switch {
	case err != nil:
		return time.Time{}, fmt.Errorf("--at: %w", err)
	case dated && !s.Dated:
		return time.Time{}, fmt.Errorf("--at %s has a date and the activity's moment has none; give one to both", at)
	}
	return t, nil
}
