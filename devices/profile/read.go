package profile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"sort"
	"strings"

	"gopkg.in/yaml.v3"
)

// Error says what is wrong with a profile, and on which line.
type Error struct {
	File string
	Line int // 0: the whole file
	Says string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Says
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Says)
}

// ReadFile reads one model; see [Read].
func ReadFile(name string) (Model, error) {
	f, err := os.Open(name)
	if err != nil {
		return Model{}, err
	}
	defer f.Close()
	return Read(name, f)
}

// ReadDir reads every *.yaml of the folder; two models of one name are an error.
func ReadDir(files fs.FS) ([]Model, error) {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, err
	}
	var all []Model
	from := make(map[string]string)
	for _, name := range names {
		m, err := readOne(files, name)
		if err != nil {
			return nil, err
		}
		if first, twice := from[m.Name()]; twice {
			return nil, &Error{name, 0, fmt.Sprintf("model %q is already in %s", m.Name(), first)}
		}
		from[m.Name()] = name
		all = append(all, m)
	}
	return all, nil
}

func readOne(files fs.FS, name string) (Model, error) {
	f, err := files.Open(name)
	if err != nil {
		return Model{}, err
	}
	defer f.Close()
	return Read(path.Base(name), f)
}

// Read reads a model strictly and checks it whole; every error is joined from [*Error], with file and line.
func Read(name string, r io.Reader) (Model, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxFileBytes+1))
	if err != nil {
		return Model{}, fmt.Errorf("%s: %w", name, err)
	}
	if len(text) > maxFileBytes {
		return Model{}, &Error{name, 0, "a profile is at most 1 MiB"}
	}
	m, err := decode(name, text)
	if err != nil {
		return Model{}, err
	}
	m.fill()
	c := checker{m: m, file: name, lines: linesOf(text)}
	c.all()
	return m, c.err()
}

func decode(name string, text []byte) (Model, error) {
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	var m Model
	if err := d.Decode(&m); err != nil {
		return Model{}, yamlError(name, err)
	}
	if err := d.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return Model{}, &Error{name, 0, "a profile is one YAML document"}
	}
	return m, nil
}

// yamlError turns yaml's "line 7: …" into file:line: ….
func yamlError(name string, err error) error {
	if errors.Is(err, io.EOF) {
		return &Error{name, 0, "the file is empty"}
	}
	says := []string{err.Error()}
	var many *yaml.TypeError
	if errors.As(err, &many) {
		says = many.Errors
	}
	var all []error
	for _, s := range says {
		e := &Error{File: name, Says: strings.TrimPrefix(s, "yaml: ")}
		if n, _ := fmt.Sscanf(e.Says, "line %d:", &e.Line); n == 1 {
			_, e.Says, _ = strings.Cut(e.Says, ": ")
		}
		e.Says = strings.ReplaceAll(e.Says, "not found in type profile.", "is not a field of a profile's ")
		e.Says = oneLine(e.Says)
		all = append(all, e)
	}
	return errors.Join(all...)
}

// oneLine keeps a sentence a sentence, whatever the file had in it.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// UnmarshalYAML takes one word or a list of them.
func (w *Words) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*w = Words{n.Value}
		return nil
	}
	return n.Decode((*[]string)(w))
}

// fill puts the defaults where the file says nothing.
func (m *Model) fill() {
	if m.Defaults.Table == "" {
		m.Defaults.Table = "input"
	}
	if m.Defaults.Order == "" {
		m.Defaults.Order = "ABCD"
	}
	if m.Limits.MaxRegisters == 0 {
		m.Limits.MaxRegisters = defaultMaxRead
	}
	if m.Limits.MaxGap == nil {
		gap := defaultMaxGap
		m.Limits.MaxGap = &gap
	}
	for name, p := range m.Points {
		m.Points[name] = p.filled(m.Defaults)
	}
	for name, c := range m.Commands {
		if c.Within == 0 {
			c.Within = defaultWithin
			m.Commands[name] = c
		}
	}
}

func (p Point) filled(d Defaults) Point {
	if p.Table == "" {
		p.Table = d.Table
	}
	if p.Order == "" {
		p.Order = d.Order
	}
	if p.Scale == 0 {
		p.Scale = 1
	}
	if p.Access == "" {
		p.Access = ReadOnly
	}
	return p
}

// linesOf finds on which line each path such as points.activity stands.
func linesOf(text []byte) map[string]int {
	lines := make(map[string]int)
	var root yaml.Node
	if yaml.Unmarshal(text, &root) == nil && len(root.Content) > 0 {
		walk(root.Content[0], "", lines)
	}
	return lines
}

func walk(n *yaml.Node, at string, lines map[string]int) {
	if n.Kind != yaml.MappingNode {
		return // an alias is not followed: its lines are elsewhere
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := strings.TrimPrefix(at+"."+n.Content[i].Value, ".")
		lines[key] = n.Content[i].Line
		walk(n.Content[i+1], key, lines)
	}
}

// sorted gives a map's names in order, so that the same file always gives the same answer.
func sorted[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
