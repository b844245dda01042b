package beamslot_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rooms is the map of the house: what each room may import of ours, and which third-party libraries live there.
// A room covers the folders below it unless they have a line of their own. Tests may look further.
var rooms = map[string]struct{ ours, theirs []string }{
	".":                        {nil, nil},
	"decay":                    {nil, nil},
	"fixtures":                 {nil, nil},
	"scheduler":                {[]string{"decay"}, []string{"github.com/go-json-experiment/json"}},
	"scheduler/rules":          {[]string{"scheduler", "decay"}, nil},
	"scheduler/solve":          {[]string{"scheduler", "decay"}, nil},
	"scheduler/desk":           {[]string{"scheduler/rules", "scheduler/solve", "scheduler", "decay"}, nil},
	"scheduler/store":          {[]string{"scheduler/desk", "scheduler", "decay"}, []string{"go.etcd.io/bbolt", "golang.org/x/sys"}},
	"scheduler/store/powercut": {nil, []string{"github.com/hanwen/go-fuse", "golang.org/x/sys"}},
	"devices":                  {[]string{"devices", "scheduler", "decay"}, []string{"gopkg.in/yaml.v3"}},
	"devices/modbus":           {nil, []string{"github.com/goburrow/modbus"}},
	"devices/profile":          {[]string{"devices/modbus"}, []string{"gopkg.in/yaml.v3"}},
	"ui":                       {[]string{"ui", "scheduler/desk", "scheduler", "decay"}, []string{"github.com/gofiber/fiber", "github.com/valyala/fasthttp", "github.com/go-json-experiment/json"}},
	"ui/live":                  {[]string{"ui", "scheduler/desk", "scheduler", "decay"}, []string{"github.com/gorilla/websocket"}},
	"ui/web":                   {nil, nil},
	"ui/web/build":             {[]string{"ui/web"}, []string{"github.com/evanw/esbuild"}},
	"cmd":                      {[]string{"cmd", "ui", "devices", "scheduler", "decay", "fixtures"}, []string{"github.com/robfig/cron", "github.com/spf13/cobra", "github.com/schollz/progressbar", "golang.org/x"}},
}

// pure rooms are told the time and are given their bytes: no clock, no I/O, no randomness of their own.
var pure = []string{"decay", "scheduler", "scheduler/rules", "scheduler/solve"}

// impure are the packages that a pure room must not import.
var impure = []string{"os", "net", "io/fs", "io/ioutil", "bufio", "log", "log/slog", "math/rand", "crypto/rand", "syscall", "os/exec", "net/http", "path/filepath"}

// clocks are the functions of package time that only a clock's owner may call.
var clocks = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "NewTimer", "NewTicker", "Tick", "LoadLocation"}

// told are the rooms that are given a clock: of package time they may only measure a wait.
var told = []string{"scheduler/desk", "scheduler/store"}

type file struct {
	room, path string
	tree       *ast.File
}

func TestEveryImportIsOnTheMap(t *testing.T) {
	for _, f := range sources(t) {
		for _, spec := range f.tree.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			if !mayImport(f.room, path) {
				t.Errorf("%s: room %s may not import %s; see the map in house_test.go and docs/architecture.md", f.path, f.room, path)
			}
		}
	}
}

func TestPureRoomsHaveNoClockAndNoWorld(t *testing.T) {
	for _, f := range sources(t) {
		if !slices.Contains(pure, f.room) {
			continue
		}
		for _, spec := range f.tree.Imports {
			if path, _ := strconv.Unquote(spec.Path.Value); slices.Contains(impure, path) {
				t.Errorf("%s: room %s is pure and may not import %s", f.path, f.room, path)
			}
		}
		for _, call := range callsOf(f.tree, "time", clocks) {
			t.Errorf("%s: room %s is told the time, and calls time.%s", f.path, f.room, call)
		}
		for _, call := range callsOf(f.tree, "rand", []string{"Int", "IntN", "Float64", "Perm", "Shuffle", "N", "Uint64"}) {
			t.Errorf("%s: room %s draws from a seeded source, and calls rand.%s", f.path, f.room, call)
		}
	}
}

func TestOnlyCmdSaysNow(t *testing.T) {
	for _, f := range sources(t) {
		if !slices.Contains(told, f.room) {
			continue
		}
		for _, call := range callsOf(f.tree, "time", []string{"Now", "Since", "Until"}) {
			t.Errorf("%s: room %s is given a clock, and calls time.%s", f.path, f.room, call)
		}
	}
}

func TestNobodyHidesStateInInit(t *testing.T) {
	for _, f := range sources(t) {
		for _, d := range f.tree.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s: has an init function; wire it by hand in cmd", f.path)
			}
		}
	}
}

// TestTheMapCanSayNo keeps the two rules above from passing because they look at nothing.
func TestTheMapCanSayNo(t *testing.T) {
	if mayImport("decay", "beamslot/scheduler") || mayImport("scheduler/rules", "beamslot/scheduler/solve") || mayImport("ui", "go.etcd.io/bbolt") {
		t.Error("the map lets through what it must not")
	}
	tree, err := parser.ParseFile(token.NewFileSet(), "x.go", `package x; import "time"; var t = time.Now()`, 0)
	if err != nil || len(callsOf(tree, "time", clocks)) != 1 {
		t.Errorf("a call of time.Now is not seen (%v)", err)
	}
	if len(sources(t)) < 20 {
		t.Errorf("only %d source files found", len(sources(t)))
	}
}

func mayImport(room, path string) bool {
	ours, isOurs := strings.CutPrefix(path, "beamslot/")
	switch {
	case isOurs:
		return within(ours, room) || slices.ContainsFunc(rooms[room].ours, func(r string) bool { return allowed(room, ours, r) })
	case strings.Contains(strings.Split(path, "/")[0], "."):
		return slices.ContainsFunc(rooms[room].theirs, func(r string) bool { return within(path, r) })
	}
	return true // the standard library
}

// allowed: a room named on the map stands for itself; cmd, ui and devices stand for what is below them as well.
func allowed(room, path, named string) bool {
	if path == named {
		return true
	}
	family := named == "ui" || named == "devices" || room == "cmd"
	return family && within(path, named)
}

func within(path, root string) bool { return path == root || strings.HasPrefix(path, root+"/") }

// roomOf is the nearest line of the map above the folder.
func roomOf(dir string) string {
	for d := dir; ; d = filepath.Dir(d) {
		if _, ok := rooms[d]; ok || d == "." {
			return d
		}
	}
}

func sources(t *testing.T) []file {
	t.Helper()
	var found []file
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || d.Name() == ".git"):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		tree, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		found = append(found, file{roomOf(filepath.Dir(path)), path, tree})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// callsOf lists the selectors pkg.name that the file uses.
func callsOf(tree *ast.File, pkg string, names []string) []string {
	var calls []string
	ast.Inspect(tree, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if id, ok := sel.X.(*ast.Ident); ok && id.Name == pkg && slices.Contains(names, sel.Sel.Name) {
			calls = append(calls, sel.Sel.Name)
		}
		return true
	})
	return calls
}
