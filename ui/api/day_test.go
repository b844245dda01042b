package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
)

func activity(mbq float64, at time.Time) string {
	return fmt.Sprintf(`{"nuclide":"F-18","activity_bq":%g,"reference":%q}`, mbq*1e6, at.Format(time.RFC3339))
}

func TestADayFromBeamToSlot(t *testing.T) {
	h := newHouse(t)
	h.openTiny()
	steps := []struct {
		minute     scheduler.Minute
		role       scheduler.Role
		path, body string
		event      string
	}{
		{200, scheduler.PETStaff, "/requests", booking, "Booked"},
		{200, scheduler.PETStaff, "/requests/R9/cancel", `{"reason":"fever"}`, "Cancelled"},
		{200, scheduler.PETStaff, "/requests/R6/move", `{"appointment":{"scanner":"C1-P1","injection":530,"scan_start":595,"dispatch":"B1/C1#1"},"reason":"came early"}`, "Moved"},
		{240, scheduler.Radiochemist, "/batches/B1/arm", "", "Armed"},
		{250, scheduler.Radiochemist, "/batches/B1/begin", `{"stage":"beam"}`, "Begun"},
		{280, scheduler.Radiochemist, "/batches/B1/begin", `{"stage":"synthesis"}`, "Begun"},
		{315, scheduler.Radiochemist, "/batches/B1/measure", `{"assay":@4650,"device":"DC-1"}`, "Measured"},
		{340, scheduler.ReleasePerson, "/batches/B1/release", `{"meaning":"released for use"}`, "Released"},
		{350, scheduler.Radiochemist, "/vials/" + road + "/dispatch", "", "Dispatched"},
		{355, scheduler.PETStaff, "/vials/" + road + "/receive", "{}", "Received"},
		{370, scheduler.PETStaff, "/requests/R1/inject", `{"vial":"B1/C1#1","administered":@320}`, "Injected"},
		{430, scheduler.PETStaff, "/requests/R1/start-scan", "", "ScanStarted"},
		{460, scheduler.PETStaff, "/requests/R1/finish-scan", "", "ScanFinished"},
		{460, scheduler.Coordinator, "/batches/B1/fail", `{"reason":"sterility test"}`, "Failed"},
	}
	for _, s := range steps {
		h.minute(s.minute)
		body := s.body
		if before, rest, ok := strings.Cut(body, "@"); ok {
			var mbq float64
			fmt.Sscanf(rest, "%g", &mbq)
			body = before + activity(mbq, h.clock()) + strings.TrimLeft(rest, "0123456789")
		}
		r := h.must(call{path: today + s.path, body: body, role: string(s.role)})
		if r.Entry.Event != s.event || r.Entry.By != (scheduler.Actor{Name: "Per", Role: s.role}) || r.Again {
			t.Errorf("%s: the receipt says %+v", s.path, r)
		}
	}
	var v desk.View
	a := h.get(today)
	h.read(a, &v)
	if v.Visits["R1"].Stage != "scanned" || v.Vials[vial].Stage != "received" || v.Batches["B1"].Reason != "sterility test" {
		t.Errorf("R1 %+v, vial %+v, batch %+v", v.Visits["R1"], v.Vials[vial], v.Batches["B1"])
	}
	if got, want := a.header.Get("ETag"), fmt.Sprintf(`"%d"`, h.journal.Last()); got != want {
		t.Errorf("the day is as of %s, the journal at %s", got, want)
	}
}

// What the API gives out is what the planner and the checker read.
func TestQuestionAndPlanAreFiles(t *testing.T) {
	h := newHouse(t)
	h.openTiny()
	day, err := scheduler.ParseDay([]byte(h.get(today + "/question").body))
	if err != nil || len(day.Requests) != 6 || day.Format != scheduler.DayFormat2 {
		t.Errorf("the question has %d requests and format %s: %v", len(day.Requests), day.Format, err)
	}
	plan, err := scheduler.ParsePlan([]byte(h.get(today + "/plan").body))
	if err != nil || len(plan.Appointments) != 6 {
		t.Errorf("the plan has %d appointments: %v", len(plan.Appointments), err)
	}
	if got := h.get("/api/days").body; got != `{"days":["2026-11-24"]}` {
		t.Errorf("the days are %s", got)
	}
	if got := h.get("/api/plant").body; !strings.Contains(got, `"name":"cyclotron"`) {
		t.Errorf("the plant is %s", got)
	}
}

func TestTheSameKeyIsTheSameCommand(t *testing.T) {
	h := newHouse(t)
	h.openTiny()
	c := call{path: today + "/requests", body: booking, key: "once"}
	first := h.must(c)
	second := h.must(c)
	if first.Again || !second.Again || second.Entry.Seq != first.Entry.Seq {
		t.Errorf("first %+v, second %+v", first, second)
	}
	c.match = "1" // what it saw before; its own entry is not news to it
	if third := h.must(c); !third.Again {
		t.Errorf("with If-Match: %+v", third)
	}
	p := h.problem(h.send(call{path: today + "/requests/R1/cancel", body: `{"reason":"fever"}`, key: "once"}))
	if p.Status != 422 || p.Law != "command-id" {
		t.Errorf("the key for another command: %+v", p)
	}
	if last := h.journal.Last(); last != first.Entry.Seq {
		t.Errorf("the journal ends at %d, want %d", last, first.Entry.Seq)
	}
}

// A hundred callers send the same booking at once: it is written once.
func TestManyTimesAtOnceIsOnce(t *testing.T) {
	h := newHouse(t)
	h.openTiny()
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			req, _ := http.NewRequest(http.MethodPost, h.url+today+"/requests", strings.NewReader(booking))
			h.mu.Lock()
			h.dress(req, call{key: "once"})
			h.mu.Unlock()
			resp, err := http.DefaultClient.Do(req)
			if err != nil || resp.StatusCode != 200 {
				t.Errorf("%v, %v", resp, err)
				return
			}
			resp.Body.Close()
		})
	}
	all.Wait()
	if last := h.journal.Last(); last != 3 {
		t.Errorf("the journal ends at %d, want 3", last)
	}
}

func TestIfMatch(t *testing.T) {
	h := newHouse(t)
	h.openTiny()
	h.must(call{path: "/api/days/2026-11-25/open", body: instance(t, "small-1.json")})
	seen := h.get(today).header.Get("ETag")
	h.must(call{path: "/api/days/2026-11-25/requests/R1/cancel", body: `{"reason":"another day's news"}`})
	h.must(call{path: today + "/requests/R5/cancel", body: `{"reason":"fever"}`, match: seen})
	stale := call{path: today + "/requests/R6/cancel", body: `{"reason":"fever"}`, match: seen}
	if p := h.problem(h.send(stale)); p.Status != 412 || p.Law != "if-match" || !strings.Contains(p.Detail, "entry 5 changed it") {
		t.Errorf("stale: %+v", p)
	}
	stale.match = "x"
	if p := h.problem(h.send(stale)); p.Status != 400 || p.Path != "If-Match" {
		t.Errorf("not a number: %+v", p)
	}
	stale.match = h.get(today).header.Get("ETag")
	h.must(stale)
	old := h.send(call{path: today + "/plan", body: instance(t, "tiny-1.by-hand.json"), match: "1"})
	if p := h.problem(old); p.Status != 412 {
		t.Errorf("a plan that events overtook: %+v", p)
	}
}

func TestWhatHasNotChangedIsNotSentAgain(t *testing.T) {
	h := newHouse(t)
	h.openTiny()
	tag := h.get(today).header.Get("ETag")
	a := h.send(call{method: "GET", path: today, header: http.Header{"If-None-Match": {tag}}})
	if a.status != 304 || a.body != "" {
		t.Errorf("%d %q", a.status, a.body)
	}
}

func TestTheJournal(t *testing.T) {
	h := newHouse(t)
	h.openTiny()
	for i := range 7 {
		h.must(call{path: today + "/requests", body: strings.Replace(booking, "R9", fmt.Sprint("R", 20+i), 1)})
	}
	for query, want := range map[string]string{
		"":                  "[1 2 3 4 5 6 7 8 9]",
		"?after=6":          "[7 8 9]",
		"?after=2&limit=3":  "[3 4 5]",
		"?after=9":          "[]",
		"?after=99&limit=1": "[]",
	} {
		var list struct{ Entries []scheduler.Entry }
		h.read(h.get("/api/journal"+query), &list)
		if got := numbers(list.Entries); got != want {
			t.Errorf("%s gives %s, want %s", query, got, want)
		}
		lines := h.send(call{method: "GET", path: "/api/journal" + query, header: http.Header{"Accept": {"application/x-ndjson"}}})
		var entries []scheduler.Entry
		for d := json.NewDecoder(strings.NewReader(lines.body)); d.More(); {
			var e scheduler.Entry
			if err := d.Decode(&e); err != nil {
				t.Fatal(err)
			}
			entries = append(entries, e)
		}
		if n := strings.Count(lines.body, "\n"); n != len(entries) {
			t.Errorf("%s: %d lines for %d entries", query, n, len(entries))
		}
		if got := numbers(entries); got != want || lines.header.Get("Content-Type") != "application/x-ndjson" {
			t.Errorf("as lines, %s gives %s, want %s", query, got, want)
		}
	}
	for query, path := range map[string]string{"?after=-1": "after", "?limit=0": "limit", "?limit=many": "limit", "?since=3": `"since"`} {
		if p := h.problem(h.get("/api/journal" + query)); p.Status != 400 || p.Path != path {
			t.Errorf("%s: %+v", query, p)
		}
	}
}

func numbers(entries []scheduler.Entry) string {
	seqs := []scheduler.Seq{}
	for _, e := range entries {
		seqs = append(seqs, e.Seq)
	}
	return fmt.Sprint(seqs)
}
