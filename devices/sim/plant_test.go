package sim_test

import (
	"context"
	"encoding/binary"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	gb "github.com/goburrow/modbus"
	"go.uber.org/goleak"

	"beamslot/devices/profile"
	"beamslot/devices/sim"
	"beamslot/fixtures/profiles"
	"beamslot/scheduler"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func models(t testing.TB) []profile.Model {
	t.Helper()
	m, err := profile.ReadDir(profiles.Files)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func instance(t testing.TB, name string) scheduler.Day {
	t.Helper()
	data, err := os.ReadFile("../../fixtures/instances/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	day, err := scheduler.ParseDay(data)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

// serve starts the plant of an instance; its clock stands still at noon.
func serve(t *testing.T, name string, o sim.Options) (*sim.Plant, string) {
	t.Helper()
	if o.Now == nil {
		o.Now = func() time.Time { return noon }
	}
	p, err := sim.New(instance(t, name), models(t), o)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- p.Serve(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return p, l.Addr().String()
}

// An independent master reads the plant: goburrow's own handler, which is sound as long as the wire is.
func master(t *testing.T, address string, unit byte) gb.Client {
	h := gb.NewTCPClientHandler(address)
	h.SlaveId, h.Timeout = unit, 10*time.Second
	t.Cleanup(func() { h.Close() })
	return gb.NewClient(h)
}

// Functions and exceptions are those of the Modbus specification.
func TestFunctions(t *testing.T) {
	_, address := serve(t, "tiny-1", sim.Options{})
	m := master(t, address, 1)
	id, err := m.ReadInputRegisters(0, 4)
	if err != nil || strings.TrimRight(string(id), "\x00") != "CYC-1" {
		t.Errorf("identity %q, %v", id, err)
	}
	if _, err := m.WriteMultipleRegisters(0, 2, []byte("2026")); err != nil {
		t.Error(err)
	}
	if _, err := m.WriteSingleRegister(2, 0x2d31); err != nil {
		t.Error(err)
	}
	if back, err := m.ReadHoldingRegisters(0, 3); err != nil || string(back) != "2026-1" {
		t.Errorf("what was written is read back as %q, %v", back, err)
	}
	for name, c := range map[string]struct {
		code byte
		do   func(gb.Client) ([]byte, error)
	}{
		"beyond the points":  {2, func(m gb.Client) ([]byte, error) { return m.ReadInputRegisters(30, 20) }},
		"beyond the last":    {2, func(m gb.Client) ([]byte, error) { return m.ReadInputRegisters(65530, 10) }},
		"no coils":           {2, func(m gb.Client) ([]byte, error) { return m.ReadCoils(0, 1) }},
		"no discretes":       {2, func(m gb.Client) ([]byte, error) { return m.ReadDiscreteInputs(0, 9) }},
		"write beyond":       {2, func(m gb.Client) ([]byte, error) { return m.WriteSingleRegister(30, 1) }},
		"write a coil":       {2, func(m gb.Client) ([]byte, error) { return m.WriteSingleCoil(1, 0xFF00) }},
		"write coils":        {2, func(m gb.Client) ([]byte, error) { return m.WriteMultipleCoils(1, 3, []byte{5}) }},
		"an order of nought": {3, func(m gb.Client) ([]byte, error) { return m.WriteSingleRegister(29, 1) }},
		"no such order":      {3, func(m gb.Client) ([]byte, error) { return m.WriteSingleRegister(29, 77) }},
		"mask write":         {1, func(m gb.Client) ([]byte, error) { return m.MaskWriteRegister(1, 2, 3) }},
	} {
		_, err := c.do(m)
		var e *gb.ModbusError
		if !errors.As(err, &e) || e.ExceptionCode != c.code {
			t.Errorf("%s: %v, not exception %d", name, err, c.code)
		}
	}
	var e *gb.ModbusError
	if _, err := master(t, address, 200).ReadInputRegisters(0, 1); !errors.As(err, &e) || e.ExceptionCode != 11 {
		t.Errorf("a unit that is not there: %v", err)
	}
}

// Frames that are no Modbus end the connection and nothing else.
func TestGarbageIn(t *testing.T) {
	_, address := serve(t, "tiny-1", sim.Options{})
	for _, b := range []string{"GET / HTTP/1.1\r\n\r\n", "\x00\x01\x00\x00\x00\x01\x01", "\x00\x01\x00\x00\xff\xff\x01\x03"} {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		conn.Write([]byte(b))
		conn.SetReadDeadline(time.Now().Add(10 * time.Second))
		if n, err := conn.Read(make([]byte, 10)); n != 0 || err == nil || os.IsTimeout(err) {
			t.Errorf("%q is answered with %d bytes, %v", b, n, err)
		}
		conn.Close()
	}
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.Write([]byte("\x00\x07\x00\x00\x00\x02\x01\x03")) // a read without address
	reply := make([]byte, 20)
	if n, _ := conn.Read(reply); n != 9 || reply[7] != 0x83 || reply[8] != 3 {
		t.Errorf("% x", reply[:n])
	}
}

// Every machine of the largest day has its place, and every place answers.
func TestEveryMachineAnswers(t *testing.T) {
	p, address := serve(t, "large-1", sim.Options{})
	cfg := p.Site(address)
	if err := cfg.Check(); err != nil {
		t.Fatal(err)
	}
	by := make(map[string]profile.Model)
	for _, m := range cfg.Models {
		by[m.Name()] = m
	}
	for _, d := range cfg.Devices {
		m := by[d.Model]
		raw, err := master(t, address, d.Unit).ReadInputRegisters(d.Base, 5)
		if err != nil || strings.TrimRight(string(raw[:8]), "\x00") != m.Identity.Equals {
			t.Errorf("%s at unit %d base %d: %q, %v", d.Name, d.Unit, d.Base, raw, err)
		}
	}
	if len(cfg.Devices) < 50 {
		t.Errorf("%d devices", len(cfg.Devices))
	}
}

// A plant is the same for the same seed.
func TestSeeded(t *testing.T) {
	read := func(seed uint64) []byte {
		_, address := serve(t, "tiny-1", sim.Options{Seed: seed})
		m := master(t, address, 1)
		order := append([]byte("2026-11-24/B1"), make([]byte, 35)...)
		order = binary.BigEndian.AppendUint16(order, 1)
		order = binary.BigEndian.AppendUint32(order, uint32(noon.Add(time.Hour).Unix()))
		order = append(order, 0x41, 0x20, 0, 0, 0, 1) // 10 µA, start
		if _, err := m.WriteMultipleRegisters(0, 30, order); err != nil {
			t.Fatal(err)
		}
		raw, err := m.ReadInputRegisters(5, 34)
		if err != nil || raw[1] != 1 {
			t.Fatalf("% x, %v", raw, err)
		}
		return raw
	}
	first, second := read(3), read(3)
	if string(first) != string(second) {
		t.Error("the same seed gives another beam")
	}
}

func TestScenarioFiles(t *testing.T) {
	file := filepath.Join(t.TempDir(), "s.yaml")
	for text, says := range map[string]string{
		"syntheses: [{site: oslo, tracer: FDG, nth: 1, yield_factor: 0.7}]": "",
		`{"wire": [{"unit": 3, "fault": "timeout", "count": 5}]}`:           "",
		"beams: [{batch: B1, after: 10m}]":                                  "",
		"":                                                                  "",
		"syntheses: [{fails_at: lunch}]":                                    `cannot fail at "lunch": its steps are transfer`,
		"syntheses: [{yield_factor: -1}]":                                   "yield_factor -1 is below 0",
		"assays: [{fault: sleepy}]":                                         `a measurement has no fault "sleepy"`,
		"wire:\n- {fault: smoke}":                                           `a wire has no fault "smoke"`,
		"wire:\n- {fault: timeout}\n- {flaut: timeout}":                     "line 3: field flaut not found",
		"beams: []\n---\nbeams: []":                                         "is one YAML document",
		"beams: [{after: soon}]":                                            "line 1: cannot unmarshal",
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := sim.ReadScenario(file)
		if (err == nil) != (says == "") || err != nil && (!strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), "s.yaml")) {
			t.Errorf("%q: it says %v, not %q", text, err, says)
		}
	}
}

// A plant cannot be built from a day without date's form, or from models that lack a kind.
func TestNewRefuses(t *testing.T) {
	day := instance(t, "tiny-1")
	if _, err := sim.New(day, nil, sim.Options{}); err == nil || !strings.Contains(err.Error(), "no profile is a") {
		t.Errorf("no models: %v", err)
	}
	day.Date = "yesterday"
	if _, err := sim.New(day, models(t), sim.Options{}); err == nil || !strings.Contains(err.Error(), "the day's date") {
		t.Errorf("a date that is none: %v", err)
	}
	bad := sim.Scenario{Wire: []sim.WireFault{{Fault: "smoke"}}}
	if _, err := sim.New(instance(t, "tiny-1"), models(t), sim.Options{Scenario: bad}); err == nil {
		t.Error("a scenario that means nothing went through")
	}
}
