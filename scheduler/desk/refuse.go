package desk

import "fmt"

// refuse says no: why, by which law, and in a sentence what was tried, why not and what to do.
func refuse(why Why, law, format string, args ...any) *Refusal {
	return &Refusal{Why: why, Law: law, Says: fmt.Sprintf(format, args...)}
}
