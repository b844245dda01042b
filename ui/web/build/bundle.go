package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// copied are the files that go into dist as they are.
var copied = []string{"index.html", "icon.svg"}

// bundle makes the board's files, by name. The error is esbuild's, with file, line and column.
func bundle(dir string) (map[string][]byte, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	built := api.Build(options(dir))
	if len(built.Errors) > 0 {
		return nil, errors.New(strings.Join(api.FormatMessages(built.Errors, api.FormatMessagesOptions{}), ""))
	}
	files := map[string][]byte{}
	for _, f := range built.OutputFiles {
		files[filepath.Base(f.Path)] = f.Contents
	}
	for _, name := range copied {
		if files[name], err = os.ReadFile(filepath.Join(dir, "src", name)); err != nil {
			return nil, fmt.Errorf("the board's %s cannot be read: %w", name, err)
		}
	}
	return files, nil
}

// options are those of one small file for the browsers of the last years, the same from the same source everywhere.
func options(dir string) api.BuildOptions {
	vendor := func(name string) string { return filepath.Join(dir, "vendor", name+".mjs") }
	return api.BuildOptions{
		EntryPoints:   []string{filepath.Join(dir, "src", "main.tsx")},
		Outfile:       filepath.Join(dir, "dist", "board.js"),
		AbsWorkingDir: dir,
		TsconfigRaw:   `{}`, // tsconfig.json is for the type check; its paths lead to types
		Alias: map[string]string{
			"preact":               vendor("preact"),
			"preact/hooks":         vendor("preact-hooks"),
			"preact/jsx-runtime":   vendor("preact-jsx-runtime"),
			"@preact/signals":      vendor("preact-signals"),
			"@preact/signals-core": vendor("preact-signals-core"),
		},
		Bundle: true, Format: api.FormatESModule, Platform: api.PlatformBrowser, Target: api.ES2022,
		JSX: api.JSXAutomatic, JSXImportSource: "preact",
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
		Charset: api.CharsetUTF8, LegalComments: api.LegalCommentsEndOfFile, LineLimit: 500,
	}
}
