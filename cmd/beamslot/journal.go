package main

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

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
	cmd.AddCommand(newVerifyCmd(), newExportCmd())
	return cmd
}

func newVerifyCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "verify FILE",
		Short:   "Check every seal; name the first broken entry",
		Long:    "Checks the file's pages, each entry's checksum, the chain of hashes, the numbers and the count. Reads only.",
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
	if asJSON {
		err = json.NewEncoder(out).Encode(struct {
			Sound   bool   `json:"sound"`
			Entries uint64 `json:"entries"`
			Head    string `json:"head_sha256"`
			First   uint64 `json:"first_broken,omitempty"`
			Broken  string `json:"broken,omitempty"`
		}{r.Sound(), r.Entries, hex.EncodeToString(r.Head), r.First, r.Broken})
	} else if r.Sound() {
		_, err = fmt.Fprintf(out, "%s: %d entries, every seal holds. The last is sealed with %x.\n", file, r.Entries, r.Head)
	} else {
		_, err = fmt.Fprintf(out, "%s: %s. The %d entries before it hold.\n", file, r.Broken, r.Entries)
	}
	if err == nil && !r.Sound() {
		return errNo
	}
	return err
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
