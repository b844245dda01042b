package auth_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"beamslot/scheduler"
	"beamslot/ui/auth"
)

func headers(name, role string) func(string) string {
	h := http.Header{}
	if name != "" {
		h.Set(auth.NameHeader, name)
	}
	if role != "" {
		h.Set(auth.RoleHeader, role)
	}
	return h.Get
}

func ExampleWho() {
	who, err := auth.Who(headers("Bj%C3%B8rg Li", "pet_staff"))
	fmt.Println(who.Name, who.Role, err)
	// Output: Bjørg Li pet_staff <nil>
}

func TestWho(t *testing.T) {
	for name, c := range map[string]struct {
		name, role string
		want       scheduler.Actor
		says       string // part of the refusal; "" when somebody is known
	}{
		"a radiochemist":        {"Kari", "radiochemist", scheduler.Actor{Name: "Kari", Role: scheduler.Radiochemist}, ""},
		"utf-8 as it is":        {"Bjørn", "viewer", scheduler.Actor{Name: "Bjørn", Role: scheduler.Viewer}, ""},
		"percent-encoded":       {"Bj%C3%B8rn", "viewer", scheduler.Actor{Name: "Bjørn", Role: scheduler.Viewer}, ""},
		"no name":               {"", "viewer", scheduler.Actor{}, "Beamslot-Name is missing"},
		"only spaces":           {"%20%20", "viewer", scheduler.Actor{}, "cannot be written down"},
		"latin-1 bytes":         {"Bj\xf8rn", "viewer", scheduler.Actor{}, "percent-encode"},
		"a line of its own":     {"Kari%0AOla", "viewer", scheduler.Actor{}, "cannot be written down"},
		"written backwards":     {"Kari%E2%80%AEirak", "viewer", scheduler.Actor{}, "cannot be written down"},
		"half an escape":        {"Kari%2", "viewer", scheduler.Actor{}, "percent-encoded"},
		"too long":              {strings.Repeat("k", 81), "viewer", scheduler.Actor{}, "longer than 80"},
		"no role":               {"Kari", "", scheduler.Actor{}, "Beamslot-Role"},
		"a role nobody has":     {"Kari", "king", scheduler.Actor{}, `"king"`},
		"the program's planner": {"Kari", "planner", scheduler.Actor{}, `"planner"`},
		"the machines":          {"Kari", "floor", scheduler.Actor{}, `"floor"`},
		"the clock":             {"Kari", "clock", scheduler.Actor{}, `"clock"`},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := auth.Who(headers(c.name, c.role))
			if got != c.want {
				t.Errorf("who is %+v, want %+v", got, c.want)
			}
			if c.says == "" && err != nil {
				t.Errorf("refused: %v", err)
			}
			if c.says != "" && (!errors.Is(err, auth.ErrNobody) || !strings.Contains(err.Error(), c.says)) {
				t.Errorf("says %v, want %q in it", err, c.says)
			}
		})
	}
}

// Whoever is let in can be written down and is a person.
func FuzzWho(f *testing.F) {
	f.Add("Kari", "viewer")
	f.Add("Bj%C3%B8rn", "radiochemist")
	f.Add("%", "floor")
	f.Fuzz(func(t *testing.T, name, role string) {
		who, err := auth.Who(headers(name, role))
		if err != nil {
			return
		}
		if who.Role == scheduler.FloorRole || who.Role == scheduler.ClockRole || who.Role == scheduler.Planner || who.Role == "" {
			t.Fatalf("%q came in as %q", name, who.Role)
		}
		if strings.TrimSpace(who.Name) == "" || !utf8.ValidString(who.Name) || strings.ContainsAny(who.Name, "\r\n\t\x00") {
			t.Fatalf("name %q came in", who.Name)
		}
		again, err := auth.Who(headers(url.PathEscape(who.Name), role))
		if err != nil || again != who {
			t.Fatalf("%+v came back as %+v, %v", who, again, err)
		}
	})
}
