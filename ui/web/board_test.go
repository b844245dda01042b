package web_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"beamslot/decay"
	"beamslot/scheduler"
)

// TestBoardFollowsTheDay is one morning at a real screen: the steps build on each other.
func TestBoardFollowsTheDay(t *testing.T) {
	h := openHouse(t)
	p := openBrowser(t)
	p.open(h.server.URL + "/?lang=en&theme=light&role=viewer")
	p.sees(has(`[data-testid="connection"][data-state="live"]`))
	p.sees(has(`[data-testid="demo"]`)) // invented patients are never taken for real ones

	step := stepper(t, h, p)
	step("an appointment that is booked over the API appears without a reload", func(*testing.T) { booked(h, p) })
	fdg := h.batch("FDG")
	card := fmt.Sprintf(`.activities [data-batch=%q]`, fdg.ID)
	step("a role that may not arm is told who may", func(*testing.T) {
		p.click(card + " .ref")
		p.sees(has(".detail [data-act=Arm]:disabled"))
		p.sees(`document.querySelector(".detail .why")?.textContent.includes("Radiochemist")`)
	})
	step("the radiochemist arms the batch", func(*testing.T) { armed(h, p, fdg.ID) })
	step("an activity falls with time", func(t *testing.T) { falls(t, h, p, fdg.ID, card) })
	step("a refusal is shown with what to do", func(*testing.T) { refused(p) })
	step("the timeline is walked by keyboard", func(t *testing.T) { walked(t, p) })
	step("the board speaks Norwegian and goes dark", func(t *testing.T) { norwegianAndDark(t, h, p) })
	step("the console is quiet", func(*testing.T) { p.quiet() })
	step("the board greys and locks when the server is gone", func(t *testing.T) { greys(t, h, p) })
}

// stepper runs one step after the other, and none after one that failed; what house and page find goes to the step.
func stepper(t *testing.T, h *house, p *page) func(string, func(*testing.T)) {
	return func(name string, f func(*testing.T)) {
		t.Helper()
		done := t.Run(name, func(t *testing.T) {
			h.TB, p.TB = t, t
			f(t)
		})
		if h.TB, p.TB = t, t; !done {
			t.FailNow()
		}
	}
}

func booked(h *house, p *page) {
	p.click(".tab-lists")
	h.post("/requests", `{"request":{"id":"NEW-1","tracer":"FDG","weight_kg":70,"dose":245,"uptake":[60,75],"scan":20,"class":1,"value":3000,
		"late_per_min":3,"centres":["riks"]},"wall":{"from":"09:00","to":"13:00","zone":"Europe/Oslo"}}`)
	p.sees(has(`[data-visit="NEW-1"]`))
	p.sees(`[...document.querySelectorAll("[data-testid=journal] li")].some((x) => x.textContent.includes("Booked NEW-1"))`)
	p.click(".tab-day")
	p.sees(has("canvas"))
}

func armed(h *house, p *page, id scheduler.BatchID) {
	role(p, "radiochemist")
	p.click(".detail [data-act=Arm]")
	p.click(".detail [data-confirm=Arm]")
	p.sees(has(fmt.Sprintf(`.activities [data-batch=%q] .stage.armed, .detail .stage.armed`, id)))
	h.until("the desk has it armed", func() bool {
		v, _, err := h.desk.View(h.date)
		return err == nil && v.Batches[id].Stage == scheduler.Armed
	})
}

// role chooses who the person at the board is, as a person does.
func role(p *page, r string) {
	ask[bool](p, fmt.Sprintf(`(() => { const s = %s; s.value = %q; s.dispatchEvent(new Event("change", { bubbles: true })); return true; })()`, has("[data-testid=role]"), r))
}

// falls takes the batch through beam and synthesis, measures it 20 % low, and reads the board twice.
func falls(t *testing.T, h *house, p *page, id scheduler.BatchID, card string) {
	b := h.batch("FDG")
	h.turnTo(b.BeamStart)
	h.do(machines, scheduler.Begin{About: h.about(), Batch: id, Stage: scheduler.Beam})
	h.turnTo(b.SynthesisStart)
	h.do(machines, scheduler.Begin{About: h.about(), Batch: id, Stage: scheduler.Synthesizing})
	h.turnTo(b.EOS)
	low := decay.Assay{Nuclide: b.Expected.Nuclide, Activity: b.Expected.Activity * 0.8, Reference: b.Expected.Reference}
	h.do(machines, scheduler.Measure{About: h.about(), Batch: id, Assay: low, Device: "oslo-calibrator"})
	p.press(kb.Escape)
	p.sees(has(card + " .stage.qc"))
	p.sees(has(fmt.Sprintf(`[data-alarm="low:%s"]`, id)))
	first := shown(t, p.text(card+" [data-activity]"))
	if first > low.Activity.MBq()*1.001 || first < low.Activity.MBq()*0.5 {
		t.Errorf("the board shows %.0f MBq, measured were %.0f MBq", first, low.Activity.MBq())
	}
	h.until("the activity on the board falls", func() bool { return shown(t, p.text(card+" [data-activity]")) < 0.99*first })
}

var amount = regexp.MustCompile(`^([\d.,]+)\s(GBq|MBq)$`)

// shown is an activity as the board writes it, in MBq.
func shown(t *testing.T, says string) float64 {
	t.Helper()
	m := amount.FindStringSubmatch(strings.ReplaceAll(says, "\u00a0", " "))
	if m == nil {
		t.Fatalf("%q is not an activity", says)
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(m[1], ",", ""), 64)
	if err != nil {
		t.Fatal(err)
	}
	if m[2] == "GBq" {
		v *= 1000
	}
	return v
}

// refused books a reference that stands in the day already: the board says which law and what to do.
func refused(p *page) {
	role(p, "coordinator")
	p.click("[data-testid=book]")
	p.sees(has("dialog[open]"))
	ask[bool](p, `document.querySelector("[data-testid=book-id]").focus() ?? true`)
	p.press("NEW-1")
	p.click("[data-testid=book-go]")
	p.sees(`document.querySelector("dialog .refused")?.textContent.includes("booked already")`)
	p.press(kb.Escape)
	p.sees(`!document.querySelector("dialog")`)
}

func walked(t *testing.T, p *page) {
	p.press("t")
	p.sees(`document.activeElement?.tagName === "CANVAS"`)
	p.press(kb.ArrowRight)
	p.sees(has(".detail"))
	first := ask[string](p, has(".detail")+".dataset.of")
	p.press(kb.ArrowDown)
	p.sees(fmt.Sprintf("%s && %s.dataset.of !== %q", has(".detail"), has(".detail"), first))
	p.press(kb.Enter)
	p.sees(`document.activeElement?.classList.contains("detail")`)
	p.press(kb.Escape)
	p.sees(`!document.querySelector(".detail")`)
	p.press("?")
	p.sees(`document.querySelectorAll("dialog[open] kbd").length > 10`)
	p.press(kb.Escape)
	if n := ask[int](p, `[...document.querySelectorAll("button, select, input")].filter((x) => !x.textContent.trim() && !x.getAttribute("aria-label") && !x.labels?.length).length`); n > 0 {
		t.Errorf("%d controls have no name for a screen reader", n)
	}
}

func norwegianAndDark(t *testing.T, h *house, p *page) {
	bright := ask[string](p, "getComputedStyle(document.body).backgroundColor")
	p.open(h.server.URL + "/?lang=nb&theme=dark")
	p.sees(`document.querySelector(".pulse")?.textContent === "Direkte"`)
	if got := p.text(".alarms h2"); !strings.HasPrefix(got, "Alarmer") {
		t.Errorf("the alarms are called %q in Norwegian", got)
	}
	if got := p.text(".brand .mute"); got != "mandag 23. november 2026" {
		t.Errorf("the date is %q in Norwegian", got)
	}
	if ask[string](p, "document.documentElement.lang") != "nb" {
		t.Error("the page does not say that it is Norwegian")
	}
	if dark := ask[string](p, "getComputedStyle(document.body).backgroundColor"); dark == bright {
		t.Errorf("dark and light have the same ground, %s", dark)
	}
}

func greys(t *testing.T, h *house, p *page) {
	role(p, "radiochemist")
	p.click(".activities .activity .ref")
	p.sees(has(".detail [data-act]:not(:disabled)"))
	h.shut()
	p.sees(has(`[data-testid="stale"]`))
	p.sees(has(".detail [data-act]:disabled"))
	if p.text(".activities .activity") == "" && p.text(".detail") == "" {
		t.Error("what was known is gone: it should stay to be read")
	}
}
