package main

import (
	"bytes"
	"compress/gzip"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// board is the board's folder from here.
const board = ".."

func TestTheCommittedFilesAreWhatTheSourceGives(t *testing.T) {
	built := made(t)
	entries, err := os.ReadDir(filepath.Join(board, "dist"))
	if err != nil {
		t.Fatal(err)
	}
	var committed []string
	for _, e := range entries {
		committed = append(committed, e.Name())
	}
	if want := slices.Sorted(maps.Keys(built)); !slices.Equal(committed, want) {
		t.Errorf("dist holds %v, the source gives %v", committed, want)
	}
	for name, want := range built {
		got, err := os.ReadFile(filepath.Join(board, "dist", name))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("dist/%s is not what the source gives (%v): run go run ./ui/web/build", name, err)
		}
	}
}

func TestTheSameSourceGivesTheSameFiles(t *testing.T) {
	a, b := made(t), made(t)
	for name := range a {
		if !bytes.Equal(a[name], b[name]) {
			t.Errorf("%s differs from one build to the next", name)
		}
	}
}

func TestThePageIsSmallAndNamesNoOtherHost(t *testing.T) {
	built := made(t)
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(built["board.js"]); err != nil || w.Close() != nil {
		t.Fatal("board.js cannot be packed")
	}
	const most = 60 << 10
	if packed.Len() > most {
		t.Errorf("board.js is %d bytes gzipped, and may have %d", packed.Len(), most)
	}
	for _, name := range []string{"index.html", "board.css", "board.js"} {
		for _, scheme := range []string{"https://", "http://", "@import", "<style", "onclick="} {
			text := strings.ReplaceAll(string(built[name]), "http://www.w3.org/", "") // names of SVG and MathML, never asked for
			if strings.Contains(text, scheme) {
				t.Errorf("%s holds %q: the page asks no other host and runs nothing inline", name, scheme)
			}
		}
	}
}

func TestABrokenSourceIsNamedWithItsLine(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(board)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "src", "main.tsx"), []byte("const a = 1;\nconst b = ;\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := bundle(dir)
	if err == nil || !strings.Contains(err.Error(), "main.tsx:2") {
		t.Errorf("want an error with file and line, got %v", err)
	}
}

func TestRunWritesTheFiles(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(board)); err != nil {
		t.Fatal(err)
	}
	for _, name := range copied {
		if err := os.Remove(filepath.Join(dir, "dist", name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := run(dir); err != nil {
		t.Fatal(err)
	}
	for _, name := range copied {
		if _, err := os.Stat(filepath.Join(dir, "dist", name)); err != nil {
			t.Error(err)
		}
	}
	if err := run(filepath.Join(dir, "nowhere")); err == nil {
		t.Error("a folder that is not there is built")
	}
}

func made(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := bundle(board)
	if err != nil {
		t.Fatal(err)
	}
	return files
}
