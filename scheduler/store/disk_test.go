package store

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"beamslot/scheduler/store/powercut"
)

// childDisk serves a disk at BEAMSLOT_DIR with the files of the folder BEAMSLOT_IMAGE, says "ready", and takes one
// order a line: "fail N ERRNO", "cutat N", and at last "cut" or "torn", upon which it leaves what is left in the folder.
func childDisk() int {
	signal.Ignore(syscall.SIGINT)
	dir, image := os.Getenv("BEAMSLOT_DIR"), os.Getenv("BEAMSLOT_IMAGE")
	d := powercut.New(filesIn(image))
	if err := d.Mount(dir); err != nil {
		fmt.Println("cannot mount:", err)
		return 1
	}
	fmt.Println("ready")
	orders := bufio.NewScanner(os.Stdin)
	for orders.Scan() {
		if word := obey(d, orders.Text()); word != "" {
			leave(image, d.Cut(word == "torn", seeded()))
		}
		fmt.Println("done")
	}
	if err := d.Unmount(); err != nil {
		syscall.Unmount(dir, syscall.MNT_DETACH)
	}
	return 0
}

// obey does what it can; a cut is left to the caller.
func obey(d *powercut.Disk, order string) (cut string) {
	words := strings.Fields(order)
	n, errno := 0, 0
	if len(words) > 1 {
		n, _ = strconv.Atoi(words[1])
	}
	if len(words) > 2 {
		errno, _ = strconv.Atoi(words[2])
	}
	switch words[0] {
	case "cutat":
		d.CutAt(n)
	case "fail":
		d.FailAt(n, syscall.Errno(errno))
	default:
		return words[0]
	}
	return ""
}

func seeded() *rand.Rand {
	round, _ := strconv.ParseUint(os.Getenv("BEAMSLOT_ROUND"), 10, 64)
	return rand.New(rand.NewPCG(round, 3))
}

func filesIn(image string) map[string][]byte {
	files := map[string][]byte{}
	found, _ := os.ReadDir(image)
	for _, f := range found {
		files[f.Name()], _ = os.ReadFile(filepath.Join(image, f.Name()))
	}
	return files
}

// leave makes the folder hold exactly these files.
func leave(image string, files map[string][]byte) {
	for name := range filesIn(image) {
		os.Remove(filepath.Join(image, name))
	}
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(image, name), b, 0o600); err != nil {
			fmt.Println("cannot leave:", err)
		}
	}
}

// disk is a mounted one in a child.
type disk struct {
	t     *testing.T
	dir   string
	cmd   *exec.Cmd
	in    io.WriteCloser
	says  *bufio.Reader
	ended bool
}

// mount shows the files of folder image on a disk that can lose power.
func mount(t *testing.T, image string, round int) *disk {
	t.Helper()
	d := &disk{t: t, dir: t.TempDir()}
	d.cmd = child(t, "disk", "BEAMSLOT_DIR="+d.dir, "BEAMSLOT_IMAGE="+image, fmt.Sprintf("BEAMSLOT_ROUND=%d", round))
	var err error
	if d.in, err = d.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := d.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	d.says = bufio.NewReader(out)
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.unmount)
	if line, _ := d.says.ReadString('\n'); line != "ready\n" {
		t.Fatalf("the disk says %q", line)
	}
	return d
}

// order tells the disk what to do, and waits until it is done.
func (d *disk) order(format string, args ...any) {
	d.t.Helper()
	fmt.Fprintf(d.in, format+"\n", args...)
	if line, _ := d.says.ReadString('\n'); line != "done\n" {
		d.t.Fatalf("the disk says %q", line)
	}
}

// unmount takes the disk away; whoever had files open on it is gone.
func (d *disk) unmount() {
	if d.ended {
		return
	}
	d.ended = true
	d.in.Close()
	d.cmd.Wait()
}

// needFUSE says how to get what a power cut needs. With BEAMSLOT_REQUIRE_FUSE a machine without it fails.
func needFUSE(t *testing.T) {
	t.Helper()
	if f, err := os.OpenFile("/dev/fuse", os.O_RDWR, 0); err == nil && os.Geteuid() == 0 {
		f.Close()
		return
	}
	const how = "a power cut is played on a FUSE disk: run as root with /dev/fuse (docker run --device /dev/fuse --cap-add SYS_ADMIN)"
	if os.Getenv("BEAMSLOT_REQUIRE_FUSE") != "" {
		t.Fatal(how)
	}
	t.Skip(how)
}
