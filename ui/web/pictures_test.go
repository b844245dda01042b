package web_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestBoardLeavesPictures takes the README's pictures. By themselves they are of the quiet day and go into the test's
// artifacts; BEAMSLOT_SHOTS=docs (make shots) takes them of the running demo at mid-morning.
func TestBoardLeavesPictures(t *testing.T) {
	dir, address := os.Getenv("BEAMSLOT_SHOTS"), ""
	if dir == "" {
		dir, address = t.ArtifactDir(), openHouse(t).server.URL
	} else {
		address = startDemo(t)
	}
	p := openBrowser(t)
	p.open(address + "/?lang=en&theme=light&role=coordinator")
	p.sees(has(`[data-state="live"]`))
	if os.Getenv("BEAMSLOT_SHOTS") != "" {
		p.waitForClock("10:00")
	}
	p.pictured(dir, "board.png", "")
	p.open(address + "/?lang=nb&theme=dark&role=radiochemist")
	p.pictured(dir, "board-dark.png", ".activities .activity .ref")
	p.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateScale(2), chromedp.EmulateMobile, chromedp.EmulateTouch))
	p.open(address + "/?lang=nb&theme=light&role=pet_staff&screen=now")
	p.pictured(dir, "board-phone.png", "")
	if wide := ask[int](p, "document.documentElement.scrollWidth"); wide > 390 {
		t.Errorf("on a phone of 390 pixels the page is %d wide", wide)
	}
	p.quiet()
}

// pictured waits until there is something to see, chooses what the selector names, and shoots.
func (p *page) pictured(dir, name, choose string) {
	p.Helper()
	p.sees(has(`[data-state="live"]`) + ` && [...document.querySelectorAll("[data-activity]")].some((x) => x.textContent !== "–")`)
	if choose != "" {
		p.click(choose)
		p.sees(has(".detail"))
	}
	p.do(chromedp.Sleep(600 * time.Millisecond)) // two ticks: the canvas has been drawn with everything
	p.shoot(dir, name)
}

// waitForClock waits until the board's clock is past a wall time.
func (p *page) waitForClock(hhmm string) {
	p.Helper()
	for end := time.Now().Add(8 * time.Minute); p.text(`[data-testid="clock"]`) < hhmm; time.Sleep(time.Second) {
		if time.Now().After(end) {
			p.Fatalf("the demo's clock says %s and does not come to %s", p.text(`[data-testid="clock"]`), hhmm)
		}
	}
}

// startDemo builds and runs the demonstration as a person would, and says where it answers.
func startDemo(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "beamslot")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "beamslot/cmd/beamslot").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	demo := exec.CommandContext(t.Context(), binary, "demo", "--addr", "127.0.0.1:0", "--speed", fmt.Sprint(120))
	out, err := demo.StdoutPipe()
	if err == nil {
		err = demo.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = demo.Wait() }) // it ends with the test's context
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if _, address, found := strings.Cut(lines.Text(), "The board is at "); found {
			return address
		}
	}
	t.Fatal("the demo ended without saying where its board is")
	return ""
}
