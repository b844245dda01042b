package store

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
)

// The test binary starts itself again as a writer to be killed, and as a disk that loses power.
func TestMain(m *testing.M) {
	switch os.Getenv("BEAMSLOT_CHILD") {
	case "writer":
		os.Exit(childWriter())
	case "disk":
		os.Exit(childDisk())
	}
	os.Exit(m.Run())
}

// soak is how often a crash test crashes: n in the normal run, more with BEAMSLOT_SOAK.
func soak(n, more int) int {
	if os.Getenv("BEAMSLOT_SOAK") != "" {
		return more
	}
	return n
}

// child starts the test binary in a role of TestMain.
func child(t *testing.T, role string, env ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-test.run=^$")
	cmd.Env = append(append(os.Environ(), "BEAMSLOT_CHILD="+role), env...)
	return cmd
}

// childWriter sends a stream of commands of eight people through a real desk, and says each entry that was
// acknowledged.
func childWriter() int {
	j, err := Open(os.Getenv("BEAMSLOT_JOURNAL"), Options{noSync: os.Getenv("BEAMSLOT_NOSYNC") != ""})
	if err != nil {
		return 1
	}
	d, err := desk.Open(context.Background(), j, desk.Options{Now: time.Now})
	if err != nil {
		return 1
	}
	if len(d.Days()) == 0 {
		acknowledge(d, "open")
	}
	var people sync.WaitGroup
	for p := range 8 {
		people.Go(func() { bookAndCancel(d, fmt.Sprintf("%s.%d", os.Getenv("BEAMSLOT_ROUND"), p)) })
	}
	people.Wait()
	return 0
}

// bookAndCancel books, and now and then takes back, until something goes wrong.
func bookAndCancel(d *desk.Desk, who string) {
	for i := 0; ; i++ {
		id := fmt.Sprintf("%s.%d", who, i)
		if !acknowledge(d, id) || i%3 == 2 && !acknowledge(d, id+"-cancel") {
			return
		}
	}
}

// acknowledge does the command and says its entry in one write, once it is acknowledged.
func acknowledge(d *desk.Desk, id string) bool {
	r, err := d.Do(context.Background(), act(id))
	if err != nil {
		return false
	}
	_, err = fmt.Fprintf(os.Stdout, "ack %s %d %s\n", id, r.Entry.Seq, sumOf(r.Entry))
	return err == nil
}

// act is the command that goes with an id, here and in the child.
func act(id string) desk.Act {
	about, nurse := scheduler.About{Date: "2026-11-24"}, scheduler.Actor{Name: "nurse", Role: scheduler.PETStaff}
	if id == "open" {
		return desk.Act{ID: "open", By: scheduler.Actor{Name: "c", Role: scheduler.Coordinator}, Command: scheduler.Open{About: about, Day: crashQuestion()}}
	}
	if patient, ok := strings.CutSuffix(id, "-cancel"); ok {
		return desk.Act{ID: scheduler.CommandID(id), By: nurse, Command: scheduler.Cancel{About: about, Request: scheduler.RequestID("R" + patient), Reason: "ill"}}
	}
	r := scheduler.Request{ID: scheduler.RequestID("R" + id), Tracer: "FDG", WeightKg: 70, Dose: 200, Uptake: scheduler.Span{60, 70},
		Scan: 20, Class: 3, Value: 1200, LatePerMin: 1, Centres: []scheduler.CentreID{"C1"}}
	wall := scheduler.Wall{From: "08:00", To: "15:00", Zone: "UTC"}
	return desk.Act{ID: scheduler.CommandID(id), By: nurse, Command: scheduler.Book{About: about, Request: r, Wall: wall}}
}

// sumOf tells entries apart.
func sumOf(e scheduler.Entry) string {
	b, err := json.Marshal(e)
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%x", sha256.Sum256(b))
}

func crashQuestion() scheduler.Day {
	data, err := os.ReadFile("../../fixtures/instances/tiny-1.json")
	if err != nil {
		panic(err)
	}
	day, err := scheduler.ParseDay(data)
	if err != nil {
		panic(err)
	}
	return day
}

// ack is an entry that was acknowledged.
type ack struct {
	id, sum string
	seq     scheduler.Seq
}

// acks gathers what writers acknowledged.
type acks struct {
	mu   sync.Mutex
	said []ack
}

// listen reads the writer's acknowledgements until it ends; a line without its end was not said.
func (a *acks) listen(r *bufio.Reader) {
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		var said ack
		if _, err := fmt.Sscanf(line, "ack %s %d %s", &said.id, &said.seq, &said.sum); err == nil {
			a.mu.Lock()
			a.said = append(a.said, said)
			a.mu.Unlock()
		}
	}
}

func (a *acks) all() []ack {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.said
}

// writer is a child that writes; heard is closed when it has ended.
type writer struct {
	cmd   *exec.Cmd
	heard chan struct{}
}

// startWriter starts a writer on the journal and gathers its acknowledgements into all.
func startWriter(t *testing.T, journal string, round int, all *acks, env ...string) writer {
	t.Helper()
	cmd := child(t, "writer", append(env, "BEAMSLOT_JOURNAL="+journal, fmt.Sprintf("BEAMSLOT_ROUND=%d", round))...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	w := writer{cmd, make(chan struct{})}
	go func() { defer close(w.heard); all.listen(bufio.NewReader(out)) }()
	return w
}

// kill ends the writer with SIGKILL.
func (w writer) kill() {
	w.cmd.Process.Kill()
	<-w.heard
	w.cmd.Wait() // its error is the kill
}

// until waits for at least n acknowledgements more, for the writer's end, or long enough.
func (w writer) until(all *acks, n int) {
	from := len(all.all())
	for range 5000 {
		select {
		case <-w.heard:
			return
		case <-time.After(time.Millisecond):
			if len(all.all()) >= from+n {
				return
			}
		}
	}
}
