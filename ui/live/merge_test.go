package live

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

func asAny(t interface{ Fatal(...any) }, raw json.RawMessage) (v any) {
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// merge is RFC 7396; what is null in a document is not there.
func merge(target, patch any) any {
	p, ok := patch.(map[string]any)
	if !ok {
		return patch
	}
	t, ok := target.(map[string]any)
	if !ok {
		t = map[string]any{}
	}
	for k, v := range p {
		if v == nil {
			delete(t, k)
		} else {
			t[k] = merge(t[k], v)
		}
	}
	return t
}

// The examples of RFC 7396, appendix A, hold the test's own merge to the standard.
func TestMergeIsTheStandards(t *testing.T) {
	for _, c := range [][3]string{
		{`{"a":"b"}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"b"}`, `{"b":"c"}`, `{"a":"b","b":"c"}`},
		{`{"a":"b"}`, `{"a":null}`, `{}`},
		{`{"a":"b","b":"c"}`, `{"a":null}`, `{"b":"c"}`},
		{`{"a":["b"]}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"c"}`, `{"a":["b"]}`, `{"a":["b"]}`},
		{`{"a":{"b":"c"}}`, `{"a":{"b":"d","c":null}}`, `{"a":{"b":"d"}}`},
		{`{"a":[{"b":"c"}]}`, `{"a":[1]}`, `{"a":[1]}`},
		{`["a","b"]`, `["c","d"]`, `["c","d"]`},
		{`{"a":"b"}`, `["c"]`, `["c"]`},
		{`{"a":"foo"}`, `"bar"`, `"bar"`},
		{`{"e":null}`, `{"a":1}`, `{"e":null,"a":1}`},
		{`[1,2]`, `{"a":"b","c":null}`, `{"a":"b"}`},
		{`{}`, `{"a":{"bb":{"ccc":null}}}`, `{"a":{"bb":{}}}`},
	} {
		if got := merge(asAny(t, json.RawMessage(c[0])), asAny(t, json.RawMessage(c[1]))); !reflect.DeepEqual(got, asAny(t, json.RawMessage(c[2]))) {
			t.Errorf("%s with %s is %v, want %s", c[0], c[1], got, c[2])
		}
	}
}

// thing draws a JSON value of some depth.
func thing(depth int) *rapid.Generator[any] {
	leaves := []*rapid.Generator[any]{
		rapid.Map(rapid.IntRange(-2, 2), func(i int) any { return float64(i) }),
		rapid.Map(rapid.SampledFrom([]string{"", "a", "b"}), func(s string) any { return s }),
		rapid.Just(any(nil)),
		rapid.Just(any([]any{"x", 1.0})),
		rapid.Just(any([]any{})),
	}
	if depth == 0 {
		return rapid.OneOf(leaves...)
	}
	object := rapid.Map(rapid.MapOfN(rapid.SampledFrom([]string{"p", "q", "r", "s"}), thing(depth-1), 0, 4), func(m map[string]any) any { return m })
	return rapid.OneOf(append(leaves, object, object, object)...)
}

func raw(t *rapid.T, v any) json.RawMessage {
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestADifferenceLeadsFromOneToTheOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := raw(t, thing(3).Draw(t, "a")), raw(t, thing(3).Draw(t, "b"))
		d, err := difference(a, b)
		if err != nil {
			t.Fatal(err)
		}
		want := merge(nil, asAny(t, b))
		if d == nil {
			if got := merge(nil, asAny(t, a)); !reflect.DeepEqual(got, want) {
				t.Fatalf("%s and %s are said not to differ", a, b)
			}
			return
		}
		if got := merge(merge(nil, asAny(t, a)), asAny(t, d)); !reflect.DeepEqual(got, want) {
			t.Fatalf("%s with %s is %v, want %s", a, d, got, b)
		}
	})
}

// section draws what a view's section holds; a nil thing in a patch takes it away.
func section() *rapid.Generator[map[string]any] {
	return rapid.MapOfN(rapid.SampledFrom([]string{"v1", "v2", "v3"}), rapid.OneOf(rapid.Just(any(nil)),
		rapid.Map(rapid.MapOfN(rapid.SampledFrom([]string{"p", "q"}), thing(1), 0, 2), func(m map[string]any) any { return m })), 0, 3)
}

// However patches follow each other, who merges what the shadow says has what whole things say.
func TestAShadowLeadsWhereThePatchesDo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := map[string]any{"date": "d", "vials": map[string]any{}, "sites": []any{1.0}}
		s, err := newShadow(raw(t, whole))
		if err != nil {
			t.Fatal(err)
		}
		replica := merge(nil, asAny(t, raw(t, whole)))
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			things := section().Draw(t, "vials")
			for id, v := range things {
				if v == nil {
					delete(whole["vials"].(map[string]any), id)
				} else {
					whole["vials"].(map[string]any)[id] = v
				}
			}
			whole["sites"] = rapid.SampledFrom([]any{[]any{1.0}, []any{2.0}}).Draw(t, "sites")
			patch, err := s.follow(raw(t, map[string]any{"date": "d", "vials": things, "sites": whole["sites"]}))
			if err != nil {
				t.Fatal(err)
			}
			replica = merge(replica, asAny(t, patch))
			if want := merge(nil, asAny(t, raw(t, whole))); !reflect.DeepEqual(replica, want) {
				t.Fatalf("the replica is %v, want %v", replica, want)
			}
		}
	})
}

func TestAPatchSaysOnlyWhatDiffers(t *testing.T) {
	s, err := newShadow(json.RawMessage(`{"date":"d","batches":{"B1":{"stage":"planned","target":"T1","eos":300}}}`))
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.follow(json.RawMessage(`{"date":"d","batches":{"B1":{"stage":"planned","generator":"G1","eos":310},"B0":null},"alarms":{"x":{"says":"!"}}}`))
	want := `{"alarms":{"x":{"says":"!"}},"batches":{"B1":{"eos":310,"generator":"G1","target":null}}}`
	if err != nil || string(got) != want {
		t.Errorf("the patch is %s, %v; want %s", got, err, want)
	}
}
