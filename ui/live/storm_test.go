package live_test

import (
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
	"beamslot/ui/live"
)

// soak is n, or more when the machine is given to the test.
func soak(n, more int) int {
	if os.Getenv("BEAMSLOT_SOAK") != "" {
		return more
	}
	return n
}

// TestNobodyMissesAnything: 200 browsers lose their lines at random and come back while the day goes on. Each sees
// every change once or is given a fresh day, and all end with the same one.
func TestNobodyMissesAnything(t *testing.T) {
	h := newHouse(t, live.Options{Ring: 40, Behind: 30, Beat: 100 * time.Millisecond})
	h.open(today, "tiny-1")
	var last atomic.Uint64
	var resumed, fresh atomic.Int64
	last.Store(1 << 62)
	var all sync.WaitGroup
	browsers := make([]*browser, 200)
	for i := range browsers {
		browsers[i] = &browser{TB: t}
		all.Go(func() {
			if err := roam(h, browsers[i], rand.New(rand.NewPCG(1, uint64(i))), &last, &resumed, &fresh); err != nil {
				t.Errorf("browser %d: %v", i, err)
			}
		})
	}
	change(h, soak(40, 4000))
	last.Store(uint64(h.book(today, "the-last").Seq))
	h.book(today, "the-very-last") // wakes those who were waiting when the last became known
	all.Wait()
	for _, b := range browsers {
		b.followTo(h)
		b.equalsDesk(h.desk, today)
	}
	t.Logf("%d resumed, %d fresh snapshots", resumed.Load(), fresh.Load())
	if resumed.Load() < 30 || fresh.Load() < int64(len(browsers)) {
		t.Errorf("%d resumed and %d fresh snapshots: the test did not disturb anybody", resumed.Load(), fresh.Load())
	}
}

// change books, some at once, and takes some back.
func change(h *house, n int) {
	for i := 0; i < n; i += 4 {
		h.bookAtOnce(booking, i, i+4)
		h.must(coordinator, scheduler.Cancel{About: scheduler.About{Date: today}, Request: scheduler.RequestID(fmt.Sprint("p", i)), Reason: "fever"})
		time.Sleep(30 * time.Millisecond) // a day has pauses, in which some catch up
	}
}

// wordy is a booking of some size, so that who does not read is soon full.
func wordy(t testing.TB, date scheduler.Date, id string) scheduler.Book {
	b := booking(t, date, id)
	b.Request.Pathway = strings.Repeat("a long course; ", 200)
	return b
}

// bookAtOnce books p<from> to p<to> together, which shares a commit, and gives the last entry.
func (h *house) bookAtOnce(wish func(testing.TB, scheduler.Date, string) scheduler.Book, from, to int) (last scheduler.Seq) {
	h.Helper()
	var all sync.WaitGroup
	seqs := make([]scheduler.Seq, to-from)
	for i := range seqs {
		all.Go(func() {
			r, err := h.do(coordinator, wish(h, today, fmt.Sprint("p", from+i)))
			if err != nil {
				h.Error(err)
			}
			seqs[i] = r.Entry.Seq
		})
	}
	all.Wait()
	return slices.Max(seqs)
}

// roam watches until the last entry, and loses the line again and again.
func roam(h *house, b *browser, rnd *rand.Rand, last *atomic.Uint64, resumed, fresh *atomic.Int64) error {
	for uint64(b.seq) < last.Load() {
		before, had := b.fresh, b.epoch != ""
		if err := b.connect(h.url, today); err != nil {
			return err
		}
		for left := rnd.IntN(30); left > 0 && uint64(b.seq) < last.Load(); left-- {
			if _, err := b.next(); err != nil {
				return err
			}
		}
		if b.conn.Close(); b.fresh > before {
			fresh.Add(int64(b.fresh - before))
		} else if had {
			resumed.Add(1)
		}
		time.Sleep(time.Duration(rnd.IntN(200)) * time.Millisecond)
	}
	return nil
}

// followTo comes back once more and takes what is left.
func (b *browser) followTo(h *house) {
	b.Helper()
	if err := b.connect(h.url, today); err != nil {
		b.Fatal(err)
	}
	defer b.conn.Close()
	_, seq, err := h.desk.View(today)
	if err != nil {
		b.Fatal(err)
	}
	b.until(seq, nil)
}

// narrowly dials a browser whose machine takes little in advance.
func narrowly(h *house) (*browser, error) {
	h.narrow.Store(true)
	defer h.narrow.Store(false)
	d := websocket.Dialer{NetDial: func(network, addr string) (net.Conn, error) {
		c, err := net.Dial(network, addr)
		if t, ok := c.(*net.TCPConn); ok {
			err = t.SetReadBuffer(16 << 10)
		}
		return c, err
	}}
	conn, _, err := d.Dial("ws"+strings.TrimPrefix(h.url, "http")+"/live?day="+string(today), http.Header{"Origin": {h.url}})
	return &browser{TB: h, conn: conn}, err
}

// TestASlowBrowserIsGivenASnapshot and does not slow the others.
func TestASlowBrowserIsGivenASnapshot(t *testing.T) {
	h := newHouse(t, live.Options{Behind: 8, Stuck: time.Hour, Beat: time.Hour})
	h.open(today, "tiny-1")
	slow, err := narrowly(h)
	if err != nil {
		t.Fatal(err)
	}
	defer slow.conn.Close()
	quick := h.watch(today)
	quick.until(0, is("snapshot"))
	const changes, together = 80, 8
	var end scheduler.Seq
	for i := 0; i < changes; i += together {
		end = h.bookAtOnce(wordy, i, i+together)
		quick.until(end, nil) // the slow one reads nothing all the while
	}
	if quick.fresh != 1 || len(quick.entries) != changes {
		t.Errorf("the quick one had %d snapshots and %d entries, want 1 and %d", quick.fresh, len(quick.entries), changes)
	}
	slow.until(end, nil)
	if slow.fresh < 2 || len(slow.entries) > changes/2 {
		t.Errorf("the slow one had %d snapshots and %d entries: its backlog was not dropped", slow.fresh, len(slow.entries))
	}
	slow.equalsDesk(h.desk, today)
	quick.equalsDesk(h.desk, today)
	next := h.book(today, "after")
	slow.until(next.Seq, nil)
	slow.equalsDesk(h.desk, today)
}

// Traces are dropped first: who is slow is not sent a flood of old ones.
func TestTracesAreDroppedFirst(t *testing.T) {
	h := newHouse(t, live.Options{Stuck: time.Hour, Beat: time.Hour})
	h.open(today, "tiny-1")
	slow, err := narrowly(h)
	if err != nil {
		t.Fatal(err)
	}
	defer slow.conn.Close()
	quick := h.watch(today)
	quick.until(0, is("snapshot"))
	const flood = 6_000
	seen := 0
	for i := range flood {
		h.hub.Trace(scheduler.Reading{Sign: scheduler.Trace, Device: "cyclotron", Point: "beam", Value: float64(i), Unit: "µA", Date: today, At: morning()})
		if i%200 == 199 {
			quick.until(0, func(m said) bool { return m.Type == "trace" && m.Value == float64(i) })
		}
	}
	last := h.book(today, "after")
	for slow.seq < last.Seq {
		m, err := slow.next()
		if err != nil {
			t.Fatal(err)
		}
		if m.Type == "trace" {
			seen++
		}
	}
	if seen > flood/2 {
		t.Errorf("the slow one was sent %d of %d traces", seen, flood)
	}
	slow.equalsDesk(h.desk, today)
}

// gate holds up who asks for the view of a day that is not there.
type gate struct {
	live.Desk
	asked, open chan struct{}
}

func (g gate) View(date scheduler.Date) (desk.View, scheduler.Seq, error) {
	if date == "1999-01-01" {
		close(g.asked)
		<-g.open
	}
	return g.Desk.View(date)
}

// TestMoreThanTheHubKeeps: when the hub cannot pass on what it is told, showing still returns at once, and afterwards
// everybody starts anew instead of missing something.
func TestMoreThanTheHubKeeps(t *testing.T) {
	g := gate{asked: make(chan struct{}), open: make(chan struct{})}
	h := houseOn(t, live.Options{Beat: time.Hour}, func(d live.Desk) live.Desk { g.Desk = d; return g })
	h.open(today, "tiny-1")
	b := h.watch(today)
	b.until(0, is("snapshot"))
	refused := make(chan error)
	go func() { _, _, err := dial(h.url, "day=1999-01-01", h.url); refused <- err }()
	<-g.asked
	h.book(today, "unheard")
	for range 2<<16 + 10 { // however many the hub took before it was held up
		h.hub.Show(desk.Shown{Date: "2026-12-24"})
		h.hub.Trace(scheduler.Reading{Sign: scheduler.Trace, Date: "2026-12-24"})
	}
	last := h.book(today, "after")
	close(g.open)
	if err := <-refused; err == nil {
		t.Error("a day that is not there was shown")
	}
	b.until(last.Seq, nil)
	if b.fresh != 2 {
		t.Errorf("%d snapshots, want a second one", b.fresh)
	}
	b.equalsDesk(h.desk, today)
}
