// Command build makes the board's files in ui/web/dist from ui/web/src. It needs no Node: esbuild is a Go library,
// and what the board stands on is in ui/web/vendor.
package main

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

func main() {
	dir := flag.String("dir", "ui/web", "the board's folder")
	flag.Parse()
	if err := run(*dir); err != nil {
		fmt.Fprintln(os.Stderr, "build: "+err.Error())
		os.Exit(1)
	}
}

// run writes what the source gives into dist.
func run(dir string) error {
	files, err := bundle(dir)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := os.WriteFile(filepath.Join(dir, "dist", name), files[name], 0o644); err != nil {
			return err
		}
		fmt.Printf("%s %d bytes\n", name, len(files[name]))
	}
	return nil
}
