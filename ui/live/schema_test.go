package live_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"beamslot/scheduler"
	"beamslot/ui/live"
)

// schema is as much of JSON Schema as schema.json uses; another keyword in it is an error of reading it.
type schema struct {
	Schema      string             `json:"$schema"`
	Title       string             `json:"title"`
	Description string             `json:"description"`
	Defs        map[string]*schema `json:"$defs"`
	Ref         string             `json:"$ref"`
	Type        kinds              `json:"type"`
	Const       any                `json:"const"`
	Enum        []any              `json:"enum"`
	OneOf       []*schema          `json:"oneOf"`
	Required    []string           `json:"required"`
	Properties  map[string]*schema `json:"properties"`
	Additional  *additional        `json:"additionalProperties"`
	Items       *schema            `json:"items"`
	Minimum     *float64           `json:"minimum"`
}

type kinds []string

func (k *kinds) UnmarshalJSON(b []byte) error {
	if b[0] == '[' {
		return json.Unmarshal(b, (*[]string)(k))
	}
	*k = make(kinds, 1)
	return json.Unmarshal(b, &(*k)[0])
}

// additional is false, or what fields that are not named look like.
type additional struct{ like *schema }

func (a *additional) UnmarshalJSON(b []byte) error {
	if string(b) == "false" {
		return nil
	}
	return strict(b, &a.like)
}

func strict(b []byte, v any) error {
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.DisallowUnknownFields()
	return d.Decode(v)
}

func kindOf(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case float64:
		if v == math.Trunc(v) {
			return "integer"
		}
		return "number"
	case []any:
		return "array"
	}
	return "object"
}

// check names the first place where v is not what the schema says, or "".
func (s *schema) check(root *schema, at string, v any) string {
	if s.Ref != "" {
		if no := root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")].check(root, at, v); no != "" {
			return no
		}
	}
	kind := kindOf(v)
	switch {
	case s.Type != nil && !slices.Contains(s.Type, kind) && !(kind == "integer" && slices.Contains(s.Type, "number")):
		return fmt.Sprintf("%s is %s, want %v", at, kind, s.Type)
	case s.Const != nil && s.Const != v:
		return fmt.Sprintf("%s is %v, want %v", at, v, s.Const)
	case s.Enum != nil && !slices.Contains(s.Enum, v):
		return fmt.Sprintf("%s is %v, want one of %v", at, v, s.Enum)
	case s.Minimum != nil && v.(float64) < *s.Minimum:
		return fmt.Sprintf("%s is %v, want at least %v", at, v, *s.Minimum)
	case s.OneOf != nil:
		return s.one(root, at, v)
	}
	switch v := v.(type) {
	case []any:
		return s.list(root, at, v)
	case map[string]any:
		return s.object(root, at, v)
	}
	return ""
}

func (s *schema) one(root *schema, at string, v any) string {
	var noes []string
	for _, o := range s.OneOf {
		if no := o.check(root, at, v); no != "" {
			noes = append(noes, no)
		}
	}
	if len(s.OneOf)-len(noes) != 1 {
		return fmt.Sprintf("%s is %d of %d kinds: %v", at, len(s.OneOf)-len(noes), len(s.OneOf), noes)
	}
	return ""
}

func (s *schema) list(root *schema, at string, v []any) string {
	for i, x := range v {
		if s.Items == nil {
			return ""
		}
		if no := s.Items.check(root, fmt.Sprintf("%s[%d]", at, i), x); no != "" {
			return no
		}
	}
	return ""
}

func (s *schema) object(root *schema, at string, v map[string]any) string {
	for _, name := range s.Required {
		if _, ok := v[name]; !ok {
			return at + " lacks " + name
		}
	}
	for name, x := range v {
		p := s.Properties[name]
		if p == nil && s.Additional != nil {
			if p = s.Additional.like; p == nil {
				return at + " has " + name + ", which is not in the schema"
			}
		}
		if p == nil {
			continue
		}
		if no := p.check(root, at+"."+name, x); no != "" {
			return no
		}
	}
	return ""
}

func readSchema(t *testing.T) *schema {
	t.Helper()
	data, err := os.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var s schema
	if err := strict(data, &s); err != nil {
		t.Fatal(err)
	}
	return &s
}

func TestEveryMessageIsAsTheSchemaSays(t *testing.T) {
	s := readSchema(t)
	h := newHouse(t, live.Options{Beat: 20 * time.Millisecond})
	h.open(today, "theranostic")
	b := h.watch(today)
	checked := map[string]int{}
	see := func(m said) bool {
		var v any
		if err := json.Unmarshal(m.raw, &v); err != nil {
			t.Fatal(err)
		}
		if no := s.check(s, m.Type, v); no != "" {
			t.Fatal(no)
		}
		checked[m.Type]++
		return false
	}
	about := scheduler.About{Date: today}
	chemist := scheduler.Actor{Name: "Kari", Role: scheduler.Radiochemist}
	batch := read(t, "theranostic.by-hand.json", scheduler.ParsePlan).Batches[0]
	h.must(chemist, scheduler.Arm{About: about, Batch: batch.ID})
	h.must(coordinator, scheduler.Fail{About: about, Batch: batch.ID, Reason: "the target's foil burst"})
	v, last, err := h.desk.View(today)
	if err != nil {
		t.Fatal(err)
	}
	for id := range v.Requests {
		if v.Requests[id].State == "waiting" {
			last = h.must(coordinator, scheduler.Cancel{About: about, Request: id, Reason: "fever"}).Seq
			break
		}
	}
	b.until(0, func(m said) bool { return see(m) || m.Seq == last })
	h.must(coordinator, scheduler.Open{About: scheduler.About{Date: "2026-11-25"}, Day: read(t, "tiny-1.json", scheduler.ParseDay)})
	h.hub.Trace(scheduler.Reading{Sign: scheduler.Trace, Device: "cyclotron", Point: "beam", Value: 35.5, Unit: "µA", At: morning()})
	b.until(0, func(m said) bool { return see(m) || checked["beat"] > 0 && checked["trace"] > 0 })
	fresh := h.watch(today)
	fresh.until(0, func(m said) bool { return see(m) || m.Type == "snapshot" })
	if checked["snapshot"] < 2 || checked["beat"] == 0 || checked["trace"] == 0 {
		t.Errorf("checked only %v", checked)
	}
}

func TestTheSchemaCanSayNo(t *testing.T) {
	s := readSchema(t)
	for name, text := range map[string]string{
		"another kind":    `{"type":"news"}`,
		"a field more":    `{"type":"beat","seq":1,"now":"","speed":1,"mood":"good"}`,
		"a field less":    `{"type":"beat","seq":1,"now":""}`,
		"half an entry":   `{"type":"beat","seq":1.5,"now":"","speed":1}`,
		"below zero":      `{"type":"beat","seq":-1,"now":"","speed":1}`,
		"a strange patch": `{"type":"entry","seq":2,"after":1,"entry":{"seq":2,"at":"","by":{"name":"","role":""},"id":"","event":"Armed","data":{}},"patch":{"vials":{"V":7}}}`,
		"a strange event": `{"type":"entry","seq":2,"after":1,"entry":{"seq":2,"at":"","by":{"name":"","role":""},"id":"","event":"Arm","data":{}},"patch":{}}`,
	} {
		var v any
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			t.Fatal(err)
		}
		if s.check(s, "message", v) == "" {
			t.Errorf("%s passes", name)
		}
	}
}
