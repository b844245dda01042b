package scheduler

import (
	"bytes"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// members reads a document that has the right types once more, for what types cannot say: which fields must
// be there, that none is null, and that a version 1 file has no field of version 2.
func members(data []byte, v any, old bool) error {
	d := jsontext.NewDecoder(bytes.NewReader(data))
	p := value(d, reflect.TypeOf(v).Elem(), old)
	if p == nil {
		return nil
	}
	return located(data, p)
}

func value(d *jsontext.Decoder, t reflect.Type, old bool) *Problem {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch kind := d.PeekKind(); {
	case kind == jsontext.KindNull:
		_ = d.SkipValue()
		return problem(d.StackPointer(), "null says nothing; leave the field out or give its value")
	case kind == jsontext.KindBeginObject && t.Kind() == reflect.Struct:
		return object(d, t, old)
	case kind == jsontext.KindBeginArray && (t.Kind() == reflect.Slice || t.Kind() == reflect.Array):
		return list(d, t.Elem(), old)
	}
	_ = d.SkipValue()
	return nil
}

func list(d *jsontext.Decoder, t reflect.Type, old bool) *Problem {
	_, _ = d.ReadToken()
	for d.PeekKind() != jsontext.KindEndArray {
		if p := value(d, t, old); p != nil {
			return p
		}
	}
	_, _ = d.ReadToken()
	return nil
}

func object(d *jsontext.Decoder, t reflect.Type, old bool) *Problem {
	_, _ = d.ReadToken()
	here, seen := d.StackPointer(), map[string]bool{}
	for d.PeekKind() != jsontext.KindEndObject {
		name, err := d.ReadToken()
		if err != nil {
			return problem(here, "cannot be read: %v", err)
		}
		f, _ := fieldOf(t, name.String())
		seen[f.Name] = true
		if old && f.Tag.Get("since") != "" {
			return problem(d.StackPointer(), "this field belongs to version 2 of the format, and the file says version 1")
		}
		if p := value(d, f.Type, old); p != nil {
			return p
		}
	}
	_, _ = d.ReadToken()
	return missing(here, t, seen, old)
}

// missing names the first field that the format asks for and the object does not have.
func missing(here jsontext.Pointer, t reflect.Type, seen map[string]bool, old bool) *Problem {
	for f := range t.Fields() {
		name, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
		needed := !strings.Contains(rest, "omitempty") || old && f.Tag.Get("v1") == "required"
		if needed && !seen[f.Name] {
			return problem(here, "the field %q is missing", name)
		}
	}
	return nil
}

func fieldOf(t reflect.Type, name string) (reflect.StructField, bool) {
	for f := range t.Fields() {
		if n, _, _ := strings.Cut(f.Tag.Get("json"), ","); n == name {
			return f, true
		}
	}
	return reflect.StructField{Type: reflect.TypeFor[any]()}, false
}
