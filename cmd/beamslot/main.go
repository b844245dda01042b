// Command beamslot takes a region's PET day from the cyclotron's beam to the patient's scanner slot.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// Exit codes: the answer was yes, the answer was no (a law is broken, a seal is), the question could not be read.
const (
	exitYes = 0
	exitNo  = 1
	exitBad = 2
)

// errNo is returned by a command whose answer is no and who has already said why.
var errNo = errors.New("no")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

func run(ctx context.Context, args []string) int { return runOn(ctx, args, os.Stdout, os.Stderr) }

// runOn is run with somewhere else to write.
func runOn(ctx context.Context, args []string, out, errOut io.Writer) int {
	cmd := root()
	cmd.SetArgs(args)
	cmd.SetOut(out)
	cmd.SetErr(errOut)
	err := cmd.ExecuteContext(ctx)
	switch {
	case err == nil:
		return exitYes
	case errors.Is(err, errNo):
		return exitNo
	default:
		fmt.Fprintln(errOut, "beamslot: "+err.Error())
		return exitBad
	}
}

// root wires one file per subcommand.
func root() *cobra.Command {
	cmd := &cobra.Command{
		Use:           "beamslot",
		Short:         "From the cyclotron's beam to the patient's scanner slot",
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	cmd.AddCommand(
		newDemoCmd(), newServeCmd(), newPlanCmd(), newCheckCmd(), newRegionCmd(),
		newJournalCmd(), newDecayCmd(), simulateCommand(), deviceCommand(),
	)
	return cmd
}
