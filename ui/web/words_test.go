package web

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"beamslot/scheduler"
	"beamslot/scheduler/rules"
)

var (
	blank   = regexp.MustCompile(`\{\w+\}`)
	called  = regexp.MustCompile(`\bt\("([^"]+)"`)
	stem    = regexp.MustCompile("`([a-z]+\\.)\\$\\{")
	bare    = regexp.MustCompile(`[^=]>\s*([A-Za-zÆØÅæøå][^<>{}=;()&|.]*[A-Za-zÆØÅæøå]{2}[^<>{}=;()&|.]*)</`)
	literal = regexp.MustCompile(`(?:title|aria-label)="([A-Za-z]{3,}[^"]*)"`)
)

func TestNoWordLacksATranslation(t *testing.T) {
	en, nb := words(t, "en"), words(t, "nb")
	for key, says := range en {
		switch {
		case strings.TrimSpace(says) == "" || strings.TrimSpace(nb[key]) == "":
			t.Errorf("%q is not said in both languages: en %q, nb %q", key, says, nb[key])
		case !slices.Equal(blanks(says), blanks(nb[key])):
			t.Errorf("%q has other blanks in Norwegian: %q, %q", key, says, nb[key])
		}
	}
	for key := range nb {
		if _, ok := en[key]; !ok {
			t.Errorf("%q is said in Norwegian only", key)
		}
	}
}

func TestEveryWordThatThePageSaysIsThere(t *testing.T) {
	en := words(t, "en")
	for file, text := range sources(t) {
		for _, m := range called.FindAllStringSubmatch(text, -1) {
			if _, ok := en[m[1]]; !ok {
				t.Errorf("%s says %q, which has no translation", file, m[1])
			}
		}
	}
}

// TestEveryTranslationIsSaid looks for each key by name, or by the stem that a name is made from: `stage.${x}`.
func TestEveryTranslationIsSaid(t *testing.T) {
	var all strings.Builder
	for _, text := range sources(t) {
		all.WriteString(text)
	}
	stems := map[string]bool{}
	for _, m := range stem.FindAllStringSubmatch(all.String(), -1) {
		stems[m[1]] = true
	}
	for key := range words(t, "en") {
		family, _, _ := strings.Cut(key, ".")
		if !stems[family+"."] && !strings.Contains(all.String(), `"`+key+`"`) {
			t.Errorf("%q is translated, and nobody says it", key)
		}
	}
}

func TestNoTextStandsOutsideTheWords(t *testing.T) {
	for file, text := range sources(t) {
		if !strings.HasSuffix(file, ".tsx") {
			continue
		}
		for _, m := range slices.Concat(bare.FindAllStringSubmatch(text, -1), literal.FindAllStringSubmatch(text, -1)) {
			t.Errorf("%s shows %q to everybody in one language: give it a word", file, strings.TrimSpace(m[1]))
		}
	}
}

// TestTheServersWordsAreKnown keeps the board from showing a law, a stage or an event by its bare name.
func TestTheServersWordsAreKnown(t *testing.T) {
	en := words(t, "en")
	var want []string
	for _, law := range rules.Laws() {
		if law.Kind == rules.Hard {
			want = append(want, "law."+law.Name)
		}
	}
	for _, stage := range []scheduler.Stage{scheduler.Planned, scheduler.Armed, scheduler.Beam, scheduler.Synthesizing, scheduler.InQC, scheduler.Released, scheduler.Lost} {
		want = append(want, "stage."+string(stage))
	}
	for _, role := range []scheduler.Role{scheduler.Radiochemist, scheduler.ReleasePerson, scheduler.PETStaff, scheduler.Coordinator, scheduler.Viewer, scheduler.Planner, scheduler.FloorRole, scheduler.ClockRole} {
		want = append(want, "role."+string(role))
	}
	for _, c := range []scheduler.Command{
		scheduler.Open{}, scheduler.Book{}, scheduler.Cancel{}, scheduler.Move{}, scheduler.Adopt{}, scheduler.Arm{}, scheduler.Begin{},
		scheduler.Measure{}, scheduler.Release{}, scheduler.Fail{}, scheduler.Dispatch{}, scheduler.Receive{}, scheduler.Inject{},
		scheduler.StartScan{}, scheduler.FinishScan{},
	} {
		want = append(want, "event."+scheduler.Event{Command: c}.Kind())
	}
	for _, key := range want {
		if _, ok := en[key]; !ok {
			t.Errorf("the server says %q, and the board has no word for it: add it to src/words", key)
		}
	}
}

func words(t *testing.T, lang string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("src", "words", lang+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]string
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatalf("%s: %v", lang, err)
	}
	if len(all) < 100 {
		t.Fatalf("%s has %d words only", lang, len(all))
	}
	return all
}

// sources are the page's files by name.
func sources(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, pattern := range []string{"src/*.ts", "src/*.tsx"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			all[name] = string(text)
		}
	}
	if len(all) < 20 {
		t.Fatalf("only %d sources found", len(all))
	}
	return all
}

func blanks(s string) []string {
	found := blank.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}
