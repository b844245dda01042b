package scheduler

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/go-json-experiment/json/jsontext"
)

// Problem says what is wrong with a file, and where. Line counts from 1 and is 0 when there is no text to
// point at; Path is empty when the whole document is meant.
type Problem struct {
	Line int    `json:"line,omitempty"`
	Path string `json:"path,omitempty"` // such as requests[3].dose
	Says string `json:"says"`

	at jsontext.Pointer
}

func (p *Problem) Error() string {
	var where []string
	if p.Line > 0 {
		where = append(where, "line "+strconv.Itoa(p.Line))
	}
	if p.Path != "" {
		where = append(where, p.Path)
	}
	if len(where) == 0 {
		return p.Says
	}
	return strings.Join(where, ", ") + ": " + p.Says
}

// problem is a Problem whose line is not known yet.
func problem(at jsontext.Pointer, format string, args ...any) *Problem {
	return &Problem{Path: pathOf(at), Says: fmt.Sprintf(format, args...), at: at}
}

// pathOf writes a pointer the way people say it: /requests/3/dose is requests[3].dose.
func pathOf(at jsontext.Pointer) string {
	var b strings.Builder
	for name := range at.Tokens() {
		if _, err := strconv.Atoi(name); err == nil && b.Len() > 0 {
			b.WriteString("[" + name + "]")
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(plain(name))
	}
	return shorten(b.String())
}

// plain is a name as it stands, or quoted when a line could not hold it.
func plain(name string) string {
	if name != "" && strings.IndexFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) < 0 {
		return name
	}
	return strconv.Quote(name)
}

// shorten keeps a sentence a sentence, whatever the file put into a name.
func shorten(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:79]) + "…"
	}
	return s
}

// lineAt is the line of a byte offset.
func lineAt(data []byte, offset int64) int {
	offset = min(max(offset, 0), int64(len(data)))
	return 1 + bytes.Count(data[:offset], []byte("\n"))
}

// lineOf is the line on which the value at a pointer begins, or that of its nearest parent.
func lineOf(data []byte, at jsontext.Pointer) int {
	d := jsontext.NewDecoder(bytes.NewReader(data))
	best, line := -1, 1
	for best < len(at) {
		if _, err := d.ReadToken(); err != nil {
			break
		}
		if here := d.StackPointer(); len(here) > best && here.Contains(at) {
			best, line = len(here), lineAt(data, d.InputOffset())
		}
	}
	return line
}
