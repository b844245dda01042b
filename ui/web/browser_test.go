package web_test

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// page is one tab of a real browser, and what its console said.
type page struct {
	testing.TB
	ctx     context.Context
	mu      sync.Mutex
	console []string
}

// openBrowser starts a chromium of its own, headless, with a profile that is gone afterwards.
func openBrowser(t testing.TB) *page {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("lang", "en-GB"),
	)
	ctx, end := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(end)
	ctx, closeTab := chromedp.NewContext(ctx)
	t.Cleanup(closeTab)
	p := &page{TB: t, ctx: ctx}
	said := chromedp.Console(ctx)
	p.do(chromedp.EmulateViewport(1920, 1080))
	go func() {
		for m, err := range said {
			if err != nil {
				return
			}
			p.heard(m)
		}
	}()
	return p
}

// chromium is where Debian, or another, has put the browser.
func chromium(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("there is no Chromium for the browser test: `make browser` installs it")
	return ""
}

// heard keeps what the console says of errors; a violated content security policy is one.
func (p *page) heard(m chromedp.ConsoleMessage) {
	p.mu.Lock()
	defer p.mu.Unlock()
	refused := m.Source == "network" && strings.Contains(m.Text, "409 (Conflict)") // a test asks for what is refused
	if !refused && (m.Type == chromedp.ConsoleError || m.IsException() || m.Source == "security") {
		p.console = append(p.console, fmt.Sprintf("%s (%s:%d)", m, m.URL, m.Line))
	}
}

func (p *page) do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if p.ctx != nil && chromedp.FromContext(p.ctx).Target == nil {
		ctx = p.ctx // the first call starts the browser, which ends with the call's context
	}
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.Fatalf("the browser: %v", err)
	}
}

func (p *page) open(url string) { p.Helper(); p.do(chromedp.Navigate(url)) }

func (p *page) click(selector string) { p.Helper(); p.do(chromedp.Click(chromedp.CSS(selector))) }

// press sends keys to whatever has the focus.
func (p *page) press(keys string) { p.Helper(); p.do(chromedp.KeyEvent(keys)) }

// ask evaluates an expression in the page.
func ask[T any](p *page, expression string) T {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.Fatalf("%s: %v", expression, err)
	}
	return v
}

// sees waits until an expression is true in the page.
func (p *page) sees(expression string) {
	p.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(30 * time.Millisecond) {
		if ask[bool](p, "Boolean("+expression+")") {
			return
		}
		if time.Now().After(end) {
			p.Fatalf("waited %v in vain for %s; the page says:\n%s", patience, expression, ask[string](p, "document.body.innerText.slice(0, 2000)"))
		}
	}
}

// has is true in the page when something matches the selector.
func has(selector string) string { return fmt.Sprintf("document.querySelector(%q)", selector) }

// text is what the first match of the selector says.
func (p *page) text(selector string) string {
	p.Helper()
	return ask[string](p, has(selector)+"?.textContent ?? ''")
}

// shoot takes a picture into the folder and looks whether there is anything on it.
func (p *page) shoot(dir, name string) {
	p.Helper()
	data, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		p.Fatal(err)
	}
	colours := map[[3]uint32]bool{}
	for y := range picture.Bounds().Dy() {
		for x := 0; x < picture.Bounds().Dx(); x += 3 {
			r, g, b, _ := picture.At(x, y).RGBA()
			colours[[3]uint32{r, g, b}] = true
		}
	}
	if len(colours) < 100 {
		p.Errorf("%s has %d colours only: the page is blank", name, len(colours))
	}
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
		p.Fatal(err)
	}
}

// quiet fails the test when the console has said anything of errors.
func (p *page) quiet() {
	p.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.console) > 0 {
		p.Errorf("the console says:\n%s", strings.Join(p.console, "\n"))
	}
}
