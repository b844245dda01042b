package web_test

import (
	"path/filepath"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

// TestThePartsOfThePage runs src/tests in the browser: the merge of patches, the live client against a socket that is
// the test's, and the day's physics and layout.
func TestThePartsOfThePage(t *testing.T) {
	p := openBrowser(t)
	ask[bool](p, bundled(t)+";true")
	p.sees("window.outcomes")
	outcomes := ask[[]struct{ Name, Error string }](p, "window.outcomes.map((o) => ({ Name: o.name, Error: o.error }))")
	if len(outcomes) < 15 {
		t.Errorf("only %d checks were run", len(outcomes))
	}
	for _, o := range outcomes {
		t.Run(o.Name, func(t *testing.T) {
			if o.Error != "" {
				t.Error(o.Error)
			}
		})
	}
	p.quiet()
}

// bundled is src/tests as one script.
func bundled(t *testing.T) string {
	t.Helper()
	vendor := func(name string) string {
		path, err := filepath.Abs(filepath.Join("vendor", name+".mjs"))
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	built := api.Build(api.BuildOptions{
		EntryPoints: []string{"src/tests/all.ts"}, Bundle: true, Format: api.FormatIIFE, Target: api.ES2022, TsconfigRaw: `{}`,
		Alias: map[string]string{
			"preact": vendor("preact"), "preact/hooks": vendor("preact-hooks"),
			"@preact/signals": vendor("preact-signals"), "@preact/signals-core": vendor("preact-signals-core"),
		},
	})
	if len(built.Errors) > 0 {
		t.Fatalf("%s", api.FormatMessages(built.Errors, api.FormatMessagesOptions{}))
	}
	return string(built.OutputFiles[0].Contents)
}
