package store

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"beamslot/scheduler"
	"beamslot/scheduler/desk"
	"beamslot/scheduler/store/powercut"
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
	cmd.Stderr = os.Stderr
	return cmd
}

const crashDay = scheduler.Date("2026-11-24")

// childWriter sends a stream of commands of eight people through a real desk, and says each id that was
// acknowledged.
func childWriter() int {
	now := time.Now
	j, err := Open(os.Getenv("BEAMSLOT_JOURNAL"), Options{noSync: os.Getenv("BEAMSLOT_NOSYNC") != ""})
	if err != nil {
		fmt.Fprintln(os.Stderr, "writer:", err)
		return 1
	}
	d, err := desk.Open(context.Background(), j, desk.Options{Now: now})
	if err != nil {
		fmt.Fprintln(os.Stderr, "writer:", err)
		return 1
	}
	if len(d.Days()) == 0 {
		acknowledge(d, scheduler.Actor{Name: "c", Role: scheduler.Coordinator}, "open", scheduler.Open{About: scheduler.About{Date: crashDay}, Day: crashQuestion()})
	}
	var people sync.WaitGroup
	for p := range 8 {
		people.Go(func() { bookAndCancel(d, fmt.Sprintf("%s-%d", os.Getenv("BEAMSLOT_ROUND"), p)) })
	}
	people.Wait()
	return 0
}

// bookAndCancel books, and now and then takes back, until something goes wrong.
func bookAndCancel(d *desk.Desk, who string) {
	nurse := scheduler.Actor{Name: who, Role: scheduler.PETStaff}
	about := scheduler.About{Date: crashDay}
	wall := scheduler.Wall{From: "08:00", To: "15:00", Zone: "UTC"}
	for i := 0; ; i++ {
		id := fmt.Sprintf("%s-%d", who, i)
		r := scheduler.Request{ID: scheduler.RequestID("R" + id), Tracer: "FDG", WeightKg: 70, Dose: 200, Uptake: scheduler.Span{60, 70},
			Scan: 20, Class: 3, Value: 1200, LatePerMin: 1, Centres: []scheduler.CentreID{"C1"}}
		if !acknowledge(d, nurse, id, scheduler.Book{About: about, Request: r, Wall: wall}) {
			return
		}
		if i%3 == 2 && !acknowledge(d, nurse, id+"-c", scheduler.Cancel{About: about, Request: r.ID, Reason: "ill"}) {
			return
		}
	}
}

// acknowledge does the command and says its id in one write, once it is acknowledged.
func acknowledge(d *desk.Desk, by scheduler.Actor, id string, c scheduler.Command) bool {
	if _, err := d.Do(context.Background(), desk.Act{ID: scheduler.CommandID(id), By: by, Command: c}); err != nil {
		return false
	}
	_, err := os.Stdout.WriteString("ack " + id + "\n")
	return err == nil
}

func crashQuestion() scheduler.Day {
	data, err := os.ReadFile(os.Getenv("BEAMSLOT_DAY"))
	if err != nil {
		panic(err)
	}
	day, err := scheduler.ParseDay(data)
	if err != nil {
		panic(err)
	}
	return day
}

// childDisk serves a disk at BEAMSLOT_DIR with the file BEAMSLOT_IMAGE on it, says "ready", and at a line
// "cut" or "torn" loses power and leaves what is left in the image.
func childDisk() int {
	signal.Ignore(syscall.SIGINT)
	image := os.Getenv("BEAMSLOT_IMAGE")
	content, err := os.ReadFile(image)
	if err != nil && !os.IsNotExist(err) {
		return 1
	}
	d := &powercut.Disk{Name: "journal.db"}
	if err := d.Mount(os.Getenv("BEAMSLOT_DIR"), content); err != nil {
		fmt.Println("cannot mount:", err)
		return 1
	}
	fmt.Println("ready")
	line, _ := bufio.NewReader(os.Stdin).ReadString('\n')
	seed, _ := strconv.ParseUint(os.Getenv("BEAMSLOT_ROUND"), 10, 64)
	left := d.Cut(strings.TrimSpace(line) == "torn", rand.New(rand.NewPCG(seed, 3)))
	if err := os.WriteFile(image, left, 0o600); err != nil {
		return 1
	}
	fmt.Println("cut")
	bufio.NewReader(os.Stdin).ReadString('\n') // until the writer is gone
	if err := d.Unmount(); err != nil {
		syscall.Unmount(os.Getenv("BEAMSLOT_DIR"), syscall.MNT_DETACH)
	}
	return 0
}

// acks gathers what a writer acknowledged.
type acks struct {
	mu  sync.Mutex
	ids []string
}

// listen reads the writer's acknowledgements until it ends; a line without its end was not said.
func (a *acks) listen(r *bufio.Reader) {
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		if id, ok := strings.CutPrefix(strings.TrimSpace(line), "ack "); ok {
			a.mu.Lock()
			a.ids = append(a.ids, id)
			a.mu.Unlock()
		}
	}
}

func (a *acks) count() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.ids)
}

// startWriter starts a writer on the journal and gathers its acknowledgements into all; end kills it.
func startWriter(t *testing.T, journal string, round int, all *acks, env ...string) (end func()) {
	t.Helper()
	day, err := filepath.Abs("../../fixtures/instances/tiny-1.json")
	if err != nil {
		t.Fatal(err)
	}
	cmd := child(t, "writer", append(env, "BEAMSLOT_JOURNAL="+journal, "BEAMSLOT_DAY="+day, fmt.Sprintf("BEAMSLOT_ROUND=%d", round))...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	heard := make(chan struct{})
	go func() { defer close(heard); all.listen(bufio.NewReader(out)) }()
	return func() {
		cmd.Process.Kill()
		<-heard
		cmd.Wait() // its error is the kill
	}
}

// waitForMore waits until at least n acknowledgements more have come, or a writer has had long enough.
func waitForMore(all *acks, n int) {
	from := all.count()
	for range 2000 {
		if all.count() >= from+n {
			return
		}
		time.Sleep(time.Millisecond)
	}
}
