package api

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/gofiber/fiber/v2"

	"beamslot/scheduler"
)

// bodyOf is the request's body, which must say that it is JSON.
func bodyOf(c *fiber.Ctx) ([]byte, error) {
	said, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || said != "application/json" && !strings.HasSuffix(said, "+json") {
		return nil, wrongMedia(c.Get(fiber.HeaderContentType))
	}
	return bytes.Clone(c.Request().Body()), nil
}

// bodyAs reads the request's body strictly as one JSON object.
func bodyAs[T any](c *fiber.Ctx) (T, error) {
	var body T
	data, err := bodyOf(c)
	if err != nil {
		return body, err
	}
	return body, strict(data, &body)
}

// noBody lets a command that says everything in its address come with nothing or with an empty object.
func noBody(c *fiber.Ctx) error {
	if len(c.Request().Body()) == 0 {
		return nil
	}
	_, err := bodyAs[struct{}](c)
	return err
}

// strict reads data into v. Unknown, doubled and null fields, wrong types, and text after the end are a
// [scheduler.Problem] with line and path.
func strict(data []byte, v any) error {
	if len(bytes.TrimSpace(data)) == 0 {
		return &scheduler.Problem{Says: "the body is empty; a JSON object is expected"}
	}
	if err := json.Unmarshal(data, v, json.RejectUnknownMembers(true)); err != nil {
		return sentence(data, err)
	}
	return noNull(data)
}

// noNull refuses null, which would pass for a zero.
func noNull(data []byte) error {
	d := jsontext.NewDecoder(bytes.NewReader(data))
	for {
		t, err := d.ReadToken()
		if err != nil {
			return nil // the end: the syntax was read before
		}
		if t.Kind() == jsontext.KindNull {
			return at(data, d.InputOffset(), d.StackPointer(), "null says nothing; leave the field out or give its value")
		}
	}
}

func sentence(data []byte, err error) error {
	var syntax *jsontext.SyntacticError
	var meaning *json.SemanticError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &scheduler.Problem{Line: line(data, int64(len(data))), Says: "the body ends in the middle; it may have been cut off"}
	case errors.Is(err, jsontext.ErrDuplicateName) && errors.As(err, &syntax):
		return at(data, syntax.ByteOffset, syntax.JSONPointer, "the field stands here a second time")
	case errors.As(err, &syntax):
		return at(data, syntax.ByteOffset, syntax.JSONPointer, "this is not JSON: "+strings.TrimPrefix(syntax.Err.Error(), "jsontext: "))
	case errors.Is(err, json.ErrUnknownName) && errors.As(err, &meaning):
		return at(data, meaning.ByteOffset, meaning.JSONPointer, "there is no such field here")
	case errors.As(err, &meaning):
		return at(data, meaning.ByteOffset, meaning.JSONPointer, fmt.Sprintf("%s stands where %s belongs", found(meaning), wanted(meaning.GoType)))
	}
	return &scheduler.Problem{Says: err.Error()}
}

func at(data []byte, offset int64, pointer jsontext.Pointer, says string) error {
	return &scheduler.Problem{Line: line(data, offset), Path: path(pointer), Says: says}
}

// line is the line on which the first thing at or after the offset stands.
func line(data []byte, offset int64) int {
	offset = min(max(offset, 0), int64(len(data)))
	rest := data[offset:]
	offset += int64(len(rest) - len(bytes.TrimLeft(rest, " \t\r\n,:")))
	return 1 + bytes.Count(data[:offset], []byte("\n"))
}

// path says a pointer as people do: /request/uptake/1 is request.uptake[1].
func path(p jsontext.Pointer) string {
	var b strings.Builder
	for name := range p.Tokens() {
		if _, err := strconv.Atoi(name); err == nil && b.Len() > 0 {
			b.WriteString("[" + name + "]")
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(name)
	}
	return short(b.String())
}

// short keeps what a stranger wrote from filling the screen.
func short(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:79]) + "…"
	}
	return s
}

func found(e *json.SemanticError) string {
	if len(e.JSONValue) > 0 {
		return short(string(e.JSONValue))
	}
	switch e.JSONKind {
	case jsontext.KindBeginObject:
		return "an object"
	case jsontext.KindBeginArray:
		return "a list of another length or kind"
	case jsontext.KindString:
		return "a text"
	case jsontext.KindNumber:
		return "a number"
	}
	return "something else"
}

func wanted(t reflect.Type) string {
	if t == nil {
		return "something else"
	}
	if t == reflect.TypeFor[scheduler.Span]() {
		return "a pair of whole minutes"
	}
	switch t.Kind() {
	case reflect.String:
		return "a text"
	case reflect.Int, reflect.Int64, reflect.Uint64:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	case reflect.Slice, reflect.Array:
		return "a list"
	}
	if t.String() == "time.Time" {
		return "a moment such as 2026-11-24T09:30:00Z"
	}
	return "an object"
}
