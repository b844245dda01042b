package scheduler

import (
	"strings"

	"github.com/go-json-experiment/json"
	v1 "github.com/go-json-experiment/json/v1"

	"github.com/go-json-experiment/json/jsontext"
)

// ParseDay reads a day file of either version. It is strict: an unknown, doubled or missing field, a wrong
// type, text after the end, a version 2 field in a version 1 file, a reference to nothing and a number that
// cannot be meant are a [*Problem] with line and path.
func ParseDay(data []byte) (Day, error) {
	var d Day
	if err := parse(data, &d, "a day file", DayFormat1, DayFormat2); err != nil {
		return Day{}, err
	}
	return d, first(data, d.Problems())
}

// ParsePlan reads a plan file of either version as strictly as [ParseDay]. Whether the plan is lawful on a
// day is for the rules to say.
func ParsePlan(data []byte) (Plan, error) {
	var p Plan
	if err := parse(data, &p, "a plan file", PlanFormat1, PlanFormat2); err != nil {
		return Plan{}, err
	}
	return p, first(data, p.Problems())
}

// FormatDay writes a day as [ParseDay] reads it; the error names a number that JSON cannot hold.
func FormatDay(d Day) ([]byte, error) { return format(d) }

// FormatPlan writes a plan as [ParsePlan] reads it; the error names a number that JSON cannot hold.
func FormatPlan(p Plan) ([]byte, error) { return format(p) }

func format(v any) ([]byte, error) {
	out, err := json.Marshal(v, v1.OmitEmptyWithLegacySemantics(true), jsontext.WithIndent(" "))
	return append(out, '\n'), err
}

// parse fills v from a document whose format is one of the two known, the older first.
func parse(data []byte, v any, what, old, current string) error {
	said, err := formatOf(data, what)
	if err != nil {
		return err
	}
	if said != old && said != current {
		return located(data, problem("/format", "%q is not %s that this program reads; it reads %s and %s",
			shorten(said), what, old, current))
	}
	if err := json.Unmarshal(data, v, json.RejectUnknownMembers(true)); err != nil {
		return sentence(data, err, what)
	}
	return members(data, v, said == old)
}

// formatOf reads the document's syntax to its end, and of its content only which format it says it is.
func formatOf(data []byte, what string) (string, error) {
	if len(strings.TrimSpace(string(data[:min(len(data), 64)]))) == 0 {
		return "", &Problem{Says: "the file is empty; " + what + " is expected"}
	}
	var head struct {
		Format *string `json:"format"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return "", sentence(data, err, what)
	}
	if head.Format == nil {
		return "", &Problem{Line: 1, Path: "format", Says: what + " names its format, and this one does not"}
	}
	return *head.Format, nil
}

// first is the problem that a person reads first, with its line.
func first(data []byte, all []Problem) error {
	if len(all) == 0 {
		return nil
	}
	return located(data, &all[0])
}

func located(data []byte, p *Problem) error {
	p.Line = lineOf(data, p.at)
	return p
}
