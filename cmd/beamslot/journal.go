package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"beamslot/scheduler"
	"beamslot/scheduler/store"
)

func newJournalCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "journal",
		Short: "Look at the record of what happened, and verify its seals",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newVerifyCmd(), newTailCmd(), newExportCmd())
	return cmd
}

func newVerifyCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "verify FILE",
		Short: "Check every seal; name the first broken entry",
		Long: "Checks the file's pages, each entry's checksum, the chain of hashes, the numbers and the count. Reads only.\n" +
			"Exit code 0: every seal holds. 1: one does not. 2: the file could not be looked at.",
		Example: "  beamslot journal verify /var/lib/beamslot/journal.db",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return verifyJournal(cmd.OutOrStdout(), args[0], asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "answer in JSON")
	return cmd
}

func verifyJournal(out io.Writer, file string, asJSON bool) error {
	r, err := store.Verify(file)
	if err != nil {
		return err
	}
	switch {
	case asJSON:
		err = json.NewEncoder(out).Encode(r)
	case r.Sound():
		_, err = fmt.Fprintf(out, "%s: %d entries, every seal holds. The last is sealed with %x.\n", file, r.Entries, r.Head)
	case r.First > 0:
		_, err = fmt.Fprintf(out, "%s: %s. The %d entries before it hold.\n", file, r.Broken, r.First-1)
	default:
		_, err = fmt.Fprintf(out, "%s: %s.\n", file, r.Broken)
	}
	if err == nil && !r.Sound() {
		return errNo
	}
	return err
}

func newTailCmd() *cobra.Command {
	var n uint64
	cmd := &cobra.Command{
		Use:     "tail FILE",
		Short:   "Show the newest entries, one a line",
		Example: "  beamslot journal tail /var/lib/beamslot/journal.db -n 50",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return tailJournal(cmd.OutOrStdout(), args[0], n) },
	}
	cmd.Flags().Uint64VarP(&n, "lines", "n", 10, "how many entries")
	return cmd
}

func tailJournal(out io.Writer, file string, n uint64) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	err := store.Tail(file, n, func(e scheduler.Entry) error {
		_, err := fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\n", e.Seq, e.At.UTC().Format(time.RFC3339), e.Event.Command.Of(), e.Event.Kind(), subject(e.Event.Command), by(e.By))
		return err
	})
	if err != nil {
		return err
	}
	return w.Flush()
}

func by(a scheduler.Actor) string { return fmt.Sprintf("%s (%s)", a.Name, a.Role) }

// subject is what the command is about within its day: a batch, a vial, a patient's reference.
func subject(c scheduler.Command) string {
	switch c := c.(type) {
	case scheduler.Book:
		return string(c.Request.ID)
	case scheduler.Cancel:
		return string(c.Request)
	case scheduler.Move:
		return string(c.Appointment.Request)
	case scheduler.Adopt:
		return fmt.Sprintf("plan of entry %d", c.Basis)
	case scheduler.Arm:
		return string(c.Batch)
	case scheduler.Begin:
		return fmt.Sprintf("%s %s", c.Batch, c.Stage)
	case scheduler.Measure:
		return string(c.Batch)
	case scheduler.Release:
		return string(c.Batch)
	case scheduler.Fail:
		return string(c.Batch)
	case scheduler.Dispatch:
		return string(c.Vial)
	case scheduler.Receive:
		return string(c.Vial)
	case scheduler.Inject:
		return string(c.Request)
	case scheduler.StartScan:
		return string(c.Request)
	case scheduler.FinishScan:
		return string(c.Request)
	}
	return "the day"
}

func newExportCmd() *cobra.Command {
	var after uint64
	cmd := &cobra.Command{
		Use:     "export FILE",
		Short:   "Write the entries as JSON lines",
		Example: "  beamslot journal export /var/lib/beamslot/journal.db --after 1200",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return exportJournal(cmd.OutOrStdout(), args[0], scheduler.Seq(after))
		},
	}
	cmd.Flags().Uint64Var(&after, "after", 0, "only entries after this number")
	return cmd
}

func exportJournal(out io.Writer, file string, after scheduler.Seq) error {
	enc := json.NewEncoder(out)
	return store.Export(file, after, func(e scheduler.Entry) error { return enc.Encode(e) })
}
