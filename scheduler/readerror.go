package scheduler

import (
	"errors"
	"io"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// sentence turns a JSON library's error into one that says where and what, in a person's words.
func sentence(data []byte, err error, what string) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return &Problem{Line: lineAt(data, int64(len(data))), Says: "the file ends in the middle of " + what + "; it may have been cut off"}
	}
	if p, ok := errors.AsType[*Problem](err); ok {
		return p
	}
	if s, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		return syntactic(data, s)
	}
	if s, ok := errors.AsType[*json.SemanticError](err); ok {
		return semantic(data, s)
	}
	return &Problem{Says: err.Error()}
}

func syntactic(data []byte, s *jsontext.SyntacticError) error {
	p := problem(s.JSONPointer, "this is not JSON: %s", strings.TrimPrefix(s.Err.Error(), "jsontext: "))
	if s.Err == jsontext.ErrDuplicateName {
		p = problem(s.JSONPointer, "the field stands here a second time")
	}
	p.Line = lineAt(data, s.ByteOffset)
	return p
}

func semantic(data []byte, s *json.SemanticError) error {
	p := problem(s.JSONPointer, "%s cannot be read as %s", said(s), expected(s.GoType))
	switch {
	case s.Err == json.ErrUnknownName:
		p = problem(s.JSONPointer, "this field is not one of the format")
	case s.JSONKind == jsontext.KindBeginArray && s.Err != nil:
		p = problem(s.JSONPointer, "this is not %s: %s", expected(s.GoType), s.Err)
	}
	p.Line = lineOf(data, s.JSONPointer)
	return p
}

// said is what the file says where something else was expected.
func said(s *json.SemanticError) string {
	switch {
	case len(s.JSONValue) > 0:
		return shorten(string(s.JSONValue))
	case s.JSONKind == jsontext.KindBeginObject:
		return "an object"
	case s.JSONKind == jsontext.KindBeginArray:
		return "a list"
	case s.JSONKind == jsontext.KindString:
		return "a text"
	case s.JSONKind == jsontext.KindTrue, s.JSONKind == jsontext.KindFalse:
		return s.JSONKind.String()
	case s.JSONKind == jsontext.KindNumber:
		return "a number"
	}
	return "this"
}

// expected names what a field wants.
func expected(t reflect.Type) string {
	if t == nil {
		return "what stands here in the format"
	}
	switch t.Kind() {
	case reflect.Pointer:
		return expected(t.Elem())
	case reflect.String:
		return "a text"
	case reflect.Int, reflect.Int64:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	case reflect.Slice:
		return "a list"
	case reflect.Array:
		return "a pair of whole minutes"
	}
	return "an object"
}
