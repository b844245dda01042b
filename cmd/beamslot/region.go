package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	_ "time/tzdata" // wall time needs its zone also on a machine without zone files

	"github.com/spf13/cobra"

	"beamslot/scheduler"
)

// regionDayOptions are the flags of region day.
type regionDayOptions struct {
	date, out         string
	requests, without []string
}

func newRegionCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "region",
		Short: "Make days from a region: who makes and scans, its hours and ways, each fact with its source",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newRegionDayCmd(), newRegionCheckCmd())
	return cmd
}

func newRegionDayCmd() *cobra.Command {
	var o regionDayOptions
	cmd := &cobra.Command{
		Use:   "day REGION.json",
		Short: "Write the day file of a date: wall time becomes minutes, requests become needs",
		Long: `Turns a region's hours and flights, said in wall time, into the minutes of one day, right also on the days of
summer time, and adds the patients of the request lists. Half-lives are the recommended ones.`,
		Example: "  beamslot region day region.json --requests tuesday.json --out day.json\n" +
			"  beamslot region day region.json --date 2022-07-04 --without oslo-c1",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return regionDay(cmd.OutOrStdout(), args[0], o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.date, "date", "", "the day, such as 2026-11-24 (default: that of the first list of requests)")
	f.StringArrayVar(&o.requests, "requests", nil, "a list of requests for that day; may be given again")
	f.StringArrayVar(&o.without, "without", nil, "a cyclotron, generator, scanner or link that stands still; may be given again")
	f.StringVar(&o.out, "out", "", "write the day here (default: to the screen)")
	return cmd
}

func newRegionCheckCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "check REGION.json",
		Short: "Read a region strictly and say what it has",
		Args:  cobra.ExactArgs(1),
		RunE:  func(cmd *cobra.Command, args []string) error { return regionCheck(cmd.OutOrStdout(), args[0]) },
	}
}

func regionCheck(out io.Writer, file string) error {
	r, _, err := readRegion(file)
	if err != nil {
		return err
	}
	scanners := 0
	for _, c := range r.Centres {
		scanners += len(c.Scanners)
	}
	fmt.Fprintf(out, "%s: %d sites, %d centres with %d scanners and therapy rooms, %d links, %d tracers, %d sources; wall time of %s.\n",
		r.Name, len(r.Sites), len(r.Centres), scanners, len(r.Links), len(r.Tracers), len(r.Sources), r.Zone)
	return nil
}

func regionDay(out io.Writer, file string, o regionDayOptions) error {
	r, zone, err := readRegion(file)
	if err != nil {
		return err
	}
	if r, err = r.Without(o.without...); err != nil {
		return fmt.Errorf("--without: %w", err)
	}
	lists, err := readRequests(o.requests)
	if err != nil {
		return err
	}
	date := dateOf(o.date, lists)
	if date == "" {
		return errors.New("which day? name it with --date, or give its --requests")
	}
	day, err := r.Day(date, zone, halfLife, lists...)
	if err != nil {
		return err
	}
	return writeDay(out, o.out, day)
}

// dateOf is the date asked for, or that of the first list.
func dateOf(asked string, lists []scheduler.Requests) scheduler.Date {
	if asked == "" && len(lists) > 0 {
		return lists[0].Date
	}
	return scheduler.Date(asked)
}

func readRequests(files []string) ([]scheduler.Requests, error) {
	lists := make([]scheduler.Requests, 0, len(files))
	for _, file := range files {
		data, err := readFile(file)
		if err != nil {
			return nil, err
		}
		list, err := scheduler.ParseRequests(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		lists = append(lists, list)
	}
	return lists, nil
}

// writeDay writes a day that will be read again, or says why it would not be, and then writes nothing.
func writeDay(out io.Writer, file string, day scheduler.Day) error {
	if p := day.Problems(); len(p) > 0 {
		return fmt.Errorf("the day %s would not be read: %w", day.Date, &p[0])
	}
	data, err := scheduler.FormatDay(day)
	if err != nil {
		return fmt.Errorf("the day %s cannot be written: %w", day.Date, err)
	}
	if file == "" {
		_, err = out.Write(data)
		return err
	}
	if err := os.WriteFile(filepath.Clean(file), data, 0o644); err != nil {
		return fmt.Errorf("the day %s cannot be written: %w", day.Date, err)
	}
	fmt.Fprintf(out, "%s: %d requests on %s, written to %s\n", day.Name, len(day.Requests), day.Date, file)
	return nil
}
