package api_test

import (
	"net/http"
	"strings"
	"testing"

	"beamslot/ui/auth"
)

// with changes one thing in the good booking.
func with(old, now string) string { return strings.Replace(booking, old, now, 1) }

// TestWhatBadInputGets: one clear sentence, a status of 4xx, where it is, and nothing written.
func TestWhatBadInputGets(t *testing.T) {
	h := newHouse(t)
	h.openTiny()
	good := `{"nuclide":"F-18","activity_bq":3e8,"reference":"2026-11-24T06:10:00Z"}`
	tiny := instance(t, "tiny-1.json")
	plan := instance(t, "tiny-1.by-hand.json")
	const next = "/api/days/2026-11-25"
	for name, c := range map[string]struct {
		call
		status int
		kind   string
		path   string
		says   string
	}{
		"an unknown field":            {call{path: "/requests", body: with(`"scan"`, `"scn"`)}, 400, "unreadable", "request.scn", "no such field"},
		"a wrong unit":                {call{path: "/requests/R1/inject", body: `{"vial":"B1/C1#1","administered":{"nuclide":"F-18","activity_mbq":300,"reference":"2026-11-24T06:10:00Z"}}`}, 400, "unreadable", "administered.activity_mbq", "no such field"},
		"a field twice":               {call{path: "/requests", body: with(`"scan":20`, `"scan":20,"scan":30`)}, 400, "unreadable", "request.scan", "second time"},
		"a text for a number":         {call{path: "/requests", body: with(`"dose":210`, `"dose":"210 MBq"`)}, 400, "unreadable", "request.dose", "a number belongs"},
		"half a minute":               {call{path: "/requests", body: with(`"scan":20`, `"scan":20.5`)}, 400, "unreadable", "request.scan", "whole number"},
		"a span of one":               {call{path: "/requests", body: with(`[60,70]`, `[60]`)}, 400, "unreadable", "request.uptake", "pair"},
		"a null":                      {call{path: "/requests", body: with(`"scan":20`, `"scan":null`)}, 400, "unreadable", "request.scan", "null"},
		"a number out of reach":       {call{path: "/requests", body: with(`"dose":210`, `"dose":1e999`)}, 400, "unreadable", "request.dose", "1e999"},
		"text after the end":          {call{path: "/requests", body: booking + "{}"}, 400, "unreadable", "", "not JSON"},
		"cut off":                     {call{path: "/requests", body: booking[:100]}, 400, "unreadable", "", "cut off"},
		"not JSON":                    {call{path: "/requests", body: "dose=210"}, 400, "unreadable", "", "not JSON"},
		"nothing":                     {call{path: "/requests", body: "  "}, 400, "unreadable", "", "empty"},
		"a list":                      {call{path: "/requests", body: "[]"}, 400, "unreadable", "", "list"},
		"letters of another case":     {call{path: "/requests", body: with(`"scan"`, `"Scan"`)}, 400, "unreadable", "request.Scan", "no such field"},
		"a window beside the wall":    {call{path: "/requests", body: with(`"scan":20`, `"scan":20,"window":[400,500]`)}, 400, "unreadable", "request.window", "wall"},
		"no reference":                {call{path: "/requests", body: with(`"id":"R9"`, `"id":""`)}, 400, "unreadable", "request.id", "reference"},
		"a negative weight":           {call{path: "/requests", body: with(`"weight_kg":70`, `"weight_kg":-70`)}, 422, "malformed", "", "weight"},
		"an unknown tracer":           {call{path: "/requests", body: with(`"FDG"`, `"FGD"`)}, 422, "malformed", "", "FGD"},
		"an unknown zone":             {call{path: "/requests", body: with(`"zone":"UTC"`, `"zone":"Oslo"`)}, 422, "malformed", "", "Europe/Oslo"},
		"a window that is over":       {call{path: "/requests", body: with(`"to":"11:00"`, `"to":"08:00"`)}, 422, "malformed", "", "08:00"},
		"not JSON by its word":        {call{path: "/requests", body: booking, header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}}, 415, "media-type", "", "application/json"},
		"too large":                   {call{path: "/requests", body: with("R9", strings.Repeat("R", 1<<20))}, 413, "too-large", "", "1048576"},
		"a day file of 200 MB":        {call{path: next + "/open", body: strings.Repeat(" ", 200<<20)}, 413, "too-large", "", "1048576"},
		"no key":                      {call{path: "/requests", body: booking, header: http.Header{"Idempotency-Key": nil}}, 400, "header", "Idempotency-Key", "once"},
		"two keys":                    {call{path: "/requests", body: booking, header: http.Header{"Idempotency-Key": {"a", "b"}}}, 400, "header", "Idempotency-Key", "once"},
		"a key with a gap":            {call{path: "/requests", body: booking, key: "my key"}, 400, "header", "Idempotency-Key", "visible"},
		"a key too long":              {call{path: "/requests", body: booking, key: strings.Repeat("k", 201)}, 400, "header", "Idempotency-Key", "200"},
		"nobody":                      {call{path: "/requests", body: booking, header: http.Header{auth.NameHeader: nil}}, 401, "nobody", "", auth.NameHeader},
		"the machines themselves":     {call{path: "/batches/B1/begin", body: `{"stage":"beam"}`, role: "floor"}, 401, "nobody", "", "floor"},
		"a viewer who books":          {call{path: "/requests", body: booking, role: "viewer"}, 403, "forbidden", "", "viewer"},
		"a chemist who releases":      {call{path: "/batches/B1/release", body: `{"meaning":"x"}`, role: "radiochemist"}, 403, "forbidden", "", "Release"},
		"a day that is not open":      {call{path: next + "/batches/B1/arm", role: "radiochemist"}, 404, "unknown", "", "2026-11-25"},
		"a batch nobody planned":      {call{path: "/batches/B7/arm", role: "radiochemist"}, 404, "unknown", "", "B7"},
		"a request nobody made":       {call{path: "/requests/R99/cancel", body: `{"reason":"fever"}`}, 404, "unknown", "", "R99"},
		"an act nobody knows":         {call{path: "/batches/B1/explode", role: "radiochemist"}, 404, "no-such-address", "", "docs/api.md"},
		"half an escape":              {call{path: "/vials/%25ZZ/dispatch", role: "radiochemist"}, 404, "", "", "%ZZ"},
		"no reason":                   {call{path: "/requests/R1/cancel", body: `{}`}, 400, "unreadable", "reason", "why"},
		"no reason to move":           {call{path: "/requests/R1/move", body: `{"appointment":{"scanner":"C1-P1","injection":375,"scan_start":435,"dispatch":"B1/C1#1"}}`}, 400, "unreadable", "reason", "why"},
		"another's appointment":       {call{path: "/requests/R1/move", body: `{"appointment":{"request":"R2"},"reason":"x"}`}, 400, "unreadable", "appointment.request", "address"},
		"a move onto another":         {call{path: "/requests/R1/move", body: `{"appointment":{"scanner":"C1-P1","injection":405,"scan_start":465,"dispatch":"B1/C1#1"},"reason":"x"}`}, 409, "unlawful", "", "R"},
		"arming with words":           {call{path: "/batches/B1/arm", body: `{"please":true}`, role: "radiochemist"}, 400, "unreadable", "please", "no such field"},
		"a stage that nothing has":    {call{path: "/batches/B1/begin", body: `{"stage":"released"}`, role: "radiochemist"}, 400, "unreadable", "stage", "beam"},
		"beam before arming":          {call{path: "/batches/B1/begin", body: `{"stage":"beam"}`, role: "radiochemist"}, 409, "unlawful", "", "B1"},
		"release before measuring":    {call{path: "/batches/B1/release", body: `{"meaning":"x"}`, role: "release_person"}, 409, "unlawful", "", "B1"},
		"a signature without words":   {call{path: "/batches/B1/release", body: `{}`, role: "release_person"}, 400, "unreadable", "meaning", "signature"},
		"an activity of no nuclide":   {call{path: "/batches/B1/measure", body: `{"assay":{"activity_bq":3e9,"reference":"2026-11-24T05:15:00Z"},"device":"DC-1"}`, role: "radiochemist"}, 400, "unreadable", "assay.nuclide", "F-18"},
		"an activity below nothing":   {call{path: "/requests/R1/inject", body: `{"vial":"B1/C1#1","administered":` + strings.Replace(good, "3e8", "-3e8", 1) + `}`}, 400, "unreadable", "administered.activity_bq", "becquerel"},
		"an activity of no moment":    {call{path: "/requests/R1/inject", body: `{"vial":"B1/C1#1","administered":{"nuclide":"F-18","activity_bq":3e8}}`}, 400, "unreadable", "administered.reference", "moment"},
		"a moment that is none":       {call{path: "/requests/R1/inject", body: `{"vial":"B1/C1#1","administered":` + strings.Replace(good, "T06", "T26", 1) + `}`}, 400, "unreadable", "administered.reference", "moment"},
		"injecting what has not come": {call{path: "/requests/R1/inject", body: `{"vial":"B1/C1#1","administered":` + good + `}`, role: "pet_staff"}, 409, "unlawful", "", "B1/C1#1"},
		"a day opened twice":          {call{path: "/open", body: tiny}, 409, "unlawful", "", "open already"},
		"a day file cut off":          {call{path: next + "/open", body: tiny[:2000]}, 400, "unreadable", "", "cut off"},
		"a day file's strange field":  {call{path: next + "/open", body: strings.Replace(tiny, `"asat"`, `"asta"`, 1)}, 400, "unreadable", "sites[0].cyclotrons[0].targets[0].asta", "line 4"},
		"a plan for a day file":       {call{path: next + "/open", body: plan}, 400, "unreadable", "format", "pet-day-plan/1"},
		"a day file for a plan":       {call{path: "/plan", body: tiny}, 400, "unreadable", "format", "pet-day-instance/1"},
		"a plan that is unlawful":     {call{path: "/plan", body: strings.Replace(plan, `"beam_end": 275`, `"beam_end": 270`, 1), match: "2"}, 409, "unlawful", "", "breaks"},
		"a date that is none":         {call{path: "/api/days/tomorrow/open", body: tiny}, 422, "malformed", "", "tomorrow"},
	} {
		t.Run(name, func(t *testing.T) {
			before := h.journal.Last()
			if !strings.HasPrefix(c.call.path, "/api") {
				c.call.path = today + c.call.path
			}
			p := h.problem(h.send(c.call))
			if p.Status != c.status || c.kind != "" && p.Type != "urn:beamslot:problem:"+c.kind {
				t.Errorf("it got %d %s, want %d %s: %s", p.Status, p.Type, c.status, c.kind, p.Detail)
			}
			if c.path != "" && p.Path != c.path || !strings.Contains(p.Detail, c.says) {
				t.Errorf("at %q it says %q; want %q and %q", p.Path, p.Detail, c.path, c.says)
			}
			if p.Status == 409 && p.Law == "" {
				t.Errorf("it names no law: %+v", p)
			}
			if h.journal.Last() != before {
				t.Error("something was written")
			}
		})
	}
}

func TestALineIsNamed(t *testing.T) {
	h := newHouse(t)
	p := h.problem(h.send(call{path: today + "/requests", body: "{\n \"request\": {\n  \"id\": \"R9\",\n  \"mood\": 1\n }\n}"}))
	if p.Line != 4 || p.Path != "request.mood" {
		t.Errorf("line %d, %s", p.Line, p.Path)
	}
}

func TestWhatIsNotThere(t *testing.T) {
	h := newHouse(t)
	for path, status := range map[string]int{
		"/api": 404, "/api/": 404, "/api/days/1999-01-01": 404, "/api/days/1999-01-01/plan": 404,
		"/api/days/": 404, "/api/Days": 404, "/api/days/1999-01-01/question": 404,
	} {
		if a := h.get(path); a.status != status {
			t.Errorf("%s: %d", path, a.status)
		} else if path != "/api" {
			h.problem(a)
		}
	}
	if p := h.problem(h.send(call{method: "DELETE", path: "/api/days"})); p.Status != 405 {
		t.Errorf("DELETE: %+v", p)
	}
	if p := h.problem(h.send(call{method: "BREW", path: "/api/days"})); p.Status < 400 || p.Status > 499 {
		t.Errorf("BREW: %+v", p)
	}
}

// A desk that has closed is said to be away, and the caller is told to come again under the same key.
func TestAClosedDesk(t *testing.T) {
	h := newHouse(t)
	h.openTiny()
	h.desk.Close()
	a := h.send(call{path: today + "/requests", body: booking})
	if p := h.problem(a); p.Status != 503 || a.header.Get("Retry-After") == "" || !strings.Contains(p.Detail, "same Idempotency-Key") {
		t.Errorf("%+v %v", p, a.header)
	}
}

// FuzzBodies: whatever is sent, the answer is a receipt and one entry more, or a problem document and none.
func FuzzBodies(f *testing.F) {
	h := newHouse(f)
	h.openTiny()
	paths := []string{"/requests", "/requests/R1/cancel", "/requests/R1/move", "/requests/R1/inject", "/batches/B1/begin",
		"/batches/B1/measure", "/batches/B1/release", "/batches/B1/fail", "/vials/" + road + "/dispatch", "/plan", "/open"}
	for i, body := range []string{booking, `{"reason":"fever"}`, `{"appointment":{"scanner":"C1-P1"},"reason":"x"}`, `{"vial":"x","administered":` + `{}}`,
		`{"stage":"beam"}`, `{"assay":{"nuclide":"F-18","activity_bq":1,"reference":"2026-11-24T05:15:00Z"},"device":""}`, `{"meaning":"x"}`, `{}`, "",
		instance(f, "tiny-1.by-hand.json"), instance(f, "tiny-1.json")} {
		f.Add(uint8(i), body)
	}
	f.Fuzz(func(t *testing.T, which uint8, body string) {
		h.TB = t
		before := h.journal.Last()
		a := h.send(call{path: today + paths[int(which)%len(paths)], body: body, role: "pet_staff"})
		written := h.journal.Last() - before
		switch {
		case a.status == 200 && written == 1:
		case a.status >= 400 && a.status < 500 && written == 0:
			h.problem(a)
		default:
			t.Fatalf("%d and %d entries for %q: %s", a.status, written, body, a.body)
		}
	})
}
