package live

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// members are an object's fields as they stand in JSON.
type members map[string]json.RawMessage

var null = json.RawMessage("null")

// shadow is a view as those who follow it have it: sections of things, and things that stand alone. A patch of the
// desk names whole things; the shadow turns it into an RFC 7396 patch of what differs, so that a field that a thing
// has no more is taken away.
type shadow struct {
	sections map[string]members
	alone    members
}

func newShadow(view json.RawMessage) (shadow, error) {
	s := shadow{map[string]members{}, members{}}
	_, err := s.follow(view)
	return s, err
}

// follow takes the patch over and gives what it changes. A patch has the form of a view.
func (s shadow) follow(patch json.RawMessage) (json.RawMessage, error) {
	top, err := membersOf(patch)
	if err != nil {
		return nil, err
	}
	changed := members{}
	for name, value := range top {
		d, err := s.part(name, value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if d != nil {
			changed[name] = d
		}
	}
	return json.Marshal(changed)
}

func (s shadow) part(name string, value json.RawMessage) (json.RawMessage, error) {
	if isObject(value) {
		return s.section(name, value)
	}
	if bytes.Equal(s.alone[name], value) {
		return nil, nil
	}
	s.alone[name] = value
	return value, nil
}

func (s shadow) section(name string, value json.RawMessage) (json.RawMessage, error) {
	things, err := membersOf(value)
	if err != nil {
		return nil, err
	}
	had := s.sections[name]
	if had == nil {
		had = members{}
		s.sections[name] = had
	}
	changed := members{}
	for id, now := range things {
		d, err := difference(had[id], now)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", id, err)
		}
		if d != nil {
			changed[id] = d
		}
		if had[id] = now; isNull(now) {
			delete(had, id)
		}
	}
	return orNothing(changed)
}

// difference is the patch that makes had what is now, or nil when nothing differs.
func difference(had, now json.RawMessage) (json.RawMessage, error) {
	switch {
	case bytes.Equal(had, now), len(had) == 0 && isNull(now):
		return nil, nil
	case !isObject(had) || !isObject(now):
		return now, nil
	}
	then, err := membersOf(had)
	if err != nil {
		return nil, err
	}
	fields, err := membersOf(now)
	if err != nil {
		return nil, err
	}
	changed := members{}
	for name := range then {
		if _, ok := fields[name]; !ok {
			changed[name] = null
		}
	}
	for name, value := range fields {
		d, err := difference(then[name], value)
		if err != nil {
			return nil, err
		}
		if d != nil {
			changed[name] = d
		}
	}
	return orNothing(changed)
}

func orNothing(m members) (json.RawMessage, error) {
	if len(m) == 0 {
		return nil, nil
	}
	return json.Marshal(m)
}

func membersOf(object json.RawMessage) (m members, err error) {
	err = json.Unmarshal(object, &m)
	return m, err
}

func isObject(v json.RawMessage) bool { return len(v) > 0 && v[0] == '{' }
func isNull(v json.RawMessage) bool   { return bytes.Equal(v, null) }
