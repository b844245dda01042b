package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"
	"testing"
)

// TestTheReadmeSaysWhatBeamslotPrints runs the README's command and looks for its figures there.
func TestTheReadmeSaysWhatBeamslotPrints(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(readme), "$ beamslot plan ")
	line, _, ended := strings.Cut(rest, "\n")
	if !found || !ended {
		t.Fatal("the README shows no plan")
	}
	args := strings.Fields(strings.ReplaceAll("plan "+line, "fixtures/", "../../fixtures/"))
	var out bytes.Buffer
	if code := runOn(context.Background(), args, &out, io.Discard); code != exitYes {
		t.Fatalf("exit %d", code)
	}
	_, score, _ := strings.Cut(out.String(), "\nSCORE\n")
	for _, line := range strings.Split(score, "\n")[:13] {
		if line = strings.TrimRight(line, " "); !strings.Contains(string(readme), line+"\n") {
			t.Errorf("the README does not say %q; put in what `beamslot %s` prints", line, strings.Join(args, " "))
		}
	}
}
