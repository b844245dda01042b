package desk_test

import (
	"fmt"
	"reflect"
)

// differs finds the first place where two JSON documents differ.
func differs(at string, a, b any) string {
	x, okx := a.(map[string]any)
	y, oky := b.(map[string]any)
	if !okx || !oky {
		if !reflect.DeepEqual(a, b) {
			return fmt.Sprintf("%s: %v, and %v", at, a, b)
		}
		return ""
	}
	for k := range x {
		if _, ok := y[k]; !ok && !empty(x[k]) {
			return fmt.Sprintf("%s.%s is there, and is not", at, k)
		}
	}
	for k := range y {
		if _, ok := x[k]; !ok && !empty(y[k]) {
			return fmt.Sprintf("%s.%s is not there, and is", at, k)
		}
		if _, ok := x[k]; ok {
			if d := differs(at+"."+k, x[k], y[k]); d != "" {
				return d
			}
		}
	}
	return ""
}

// empty: an object without members and no object say the same.
func empty(v any) bool {
	m, ok := v.(map[string]any)
	return ok && len(m) == 0
}
