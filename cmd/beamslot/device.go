package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"beamslot/devices"
	"beamslot/devices/profile"
)

func deviceCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "device", Short: "Look after the devices of the floor and their profiles"}
	check := &cobra.Command{
		Use:   "check PROFILE…",
		Short: "Check profiles of devices, and with --floor a site file, before anything is asked of a machine",
	}
	floor := check.Flags().String("floor", "", "a site file, checked with the profiles that it names")
	check.RunE = func(cmd *cobra.Command, files []string) error {
		if *floor == "" && len(files) == 0 {
			return fmt.Errorf("name a profile to check, or a site file with --floor")
		}
		return checkDevices(cmd.OutOrStdout(), *floor, files)
	}
	cmd.AddCommand(check)
	return cmd
}

// checkDevices reads everything it is given and says what it understood; the first file that is wrong ends it.
func checkDevices(out io.Writer, floor string, files []string) error {
	for _, file := range files {
		m, err := profile.ReadFile(file)
		if err != nil {
			return err
		}
		describe(out, file, m)
	}
	if floor == "" {
		return nil
	}
	cfg, err := devices.ReadConfig(floor)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: sound: %d devices of %d models\n", floor, len(cfg.Devices), len(cfg.Models))
	return nil
}

func describe(out io.Writer, file string, m profile.Model) {
	fmt.Fprintf(out, "%s: sound: %s, a %s by %s, %d points, %d commands\n",
		file, m.Name(), m.Device.Kind, m.Device.Maker, len(m.Points), len(m.Commands))
	for _, f := range m.Frames(0) {
		fmt.Fprintf(out, "  reads %s: %d points in one frame\n", f.Range, len(f.Points))
	}
}
