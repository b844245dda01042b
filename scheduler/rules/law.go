package rules

// Kind says how a law binds: a plan with a broken hard law is refused; the others are wishes, and J weighs them.
type Kind string

// The kinds of law.
const (
	Hard   Kind = "hard"
	Medium Kind = "medium" // somebody is not served
	Soft   Kind = "soft"   // somebody is served less well
)

// Law is one sentence that a plan keeps or breaks. Holds gives every breach of it in a case.
type Law struct {
	Name  string
	Kind  Kind
	Says  string
	Holds func(*Case) []Breach
}

// Breach is one broken law: on which thing, and the numbers.
type Breach struct {
	Law  string `json:"law"`
	On   string `json:"on"`
	Says string `json:"says"`
}

// Laws is the whole law of docs/formats.md, in the order in which the day runs.
func Laws() []Law {
	var all []Law
	for _, part := range [][]Law{
		names(), beam(), generators(), lots(), synthesis(), activity(), travel(),
		patient(), scanner(), therapy(), frozen(), priority(),
	} {
		all = append(all, part...)
	}
	return all
}
