// Package web is the board as people see it: its built files, which are made from src by build.
package web

import (
	"embed"
	"io/fs"
)

//go:embed dist
var dist embed.FS

// Files are the board's built files under stable names: index.html, board.js, board.css, icon.svg.
func Files() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil { // cannot be: the name is a constant and valid
		panic(err)
	}
	return files
}
