package profile

import (
	"time"

	"beamslot/devices/modbus"
)

// Kind is what a device is for; kinds.go says what each must be able to say and do.
type Kind string

// The kinds of devices.
const (
	Cyclotron      Kind = "cyclotron" // one target of it
	Synthesis      Kind = "synthesis_module"
	Calibrator     Kind = "dose_calibrator"
	Generator      Kind = "generator"
	Dispenser      Kind = "lot_dispenser"
	orderPrefix         = "$"
	maxNameLength       = 64
	maxFileBytes        = 1 << 20
	lastAddress         = 1 << 16
	defaultMaxGap       = 8
	defaultWithin       = 5 * time.Second
	defaultMaxRead      = 125
)

// Model is a device model: what its registers mean. Addresses count from the instance's base.
type Model struct {
	Device    Device             `yaml:"device"`
	Note      string             `yaml:"note,omitempty"`
	Defaults  Defaults           `yaml:"defaults,omitempty"`
	Limits    Limits             `yaml:"limits,omitempty"`
	Identity  *Identity          `yaml:"identity,omitempty"`
	Heartbeat *Heartbeat         `yaml:"heartbeat,omitempty"`
	Points    map[string]Point   `yaml:"points"`
	Commands  map[string]Command `yaml:"commands,omitempty"`
}

// Device says which model this is.
type Device struct {
	ID       string `yaml:"id"`
	Kind     Kind   `yaml:"kind"`
	Maker    string `yaml:"maker"`
	Model    string `yaml:"model"`
	Revision int    `yaml:"revision"`
}

// Defaults hold for points that do not say otherwise: input registers, order ABCD.
type Defaults struct {
	Table modbus.Table `yaml:"table,omitempty"`
	Order modbus.Order `yaml:"order,omitempty"`
}

// Limits are what the device can take.
type Limits struct {
	MaxRegisters int  `yaml:"max_registers,omitempty"` // in one read; 125 when not given
	MaxGap       *int `yaml:"max_gap,omitempty"`       // unused addresses that a read may pass over; 8 when not given
}

// Identity refuses a device whose point does not say this.
type Identity struct {
	Point  string `yaml:"point"`
	Equals string `yaml:"equals"`
}

// Heartbeat is a counter that proves the device alive; when it stands still all its points are stale.
type Heartbeat struct {
	Point    string        `yaml:"point"`
	MaxStill time.Duration `yaml:"max_still"`
}

// Access says whether a point may be written.
type Access string

// The accesses; a point is read when it says nothing.
const (
	ReadOnly  Access = "read"
	WriteOnly Access = "write" // written by commands; never polled
)

// Point is one value of the device.
type Point struct {
	Table   modbus.Table      `yaml:"table,omitempty"`
	Address int               `yaml:"address"`
	Type    modbus.Type       `yaml:"type"`
	Length  int               `yaml:"length,omitempty"` // characters of a string
	Order   modbus.Order      `yaml:"order,omitempty"`
	Scale   float64           `yaml:"scale,omitempty"` // value = raw × scale + offset
	Offset  float64           `yaml:"offset,omitempty"`
	Unit    string            `yaml:"unit,omitempty"`
	Min     *float64          `yaml:"min,omitempty"` // outside, the value is uncertain; never clipped
	Max     *float64          `yaml:"max,omitempty"`
	Enum    map[uint16]string `yaml:"enum,omitempty"`
	Bits    map[uint8]string  `yaml:"bits,omitempty"`
	Atomic  string            `yaml:"atomic,omitempty"` // points with the same word are read in one frame
	Access  Access            `yaml:"access,omitempty"`
}

// Command is the only way to write: named values, in one frame, once, then confirmed by the device's own state.
type Command struct {
	Write   map[string]string `yaml:"write"`   // point → $field of the order, or a word of its enum
	Require map[string]Words  `yaml:"require"` // point → words, one of which must hold before
	Confirm map[string]Words  `yaml:"confirm"` // point → words, or one $field, that must hold after
	Within  time.Duration     `yaml:"within,omitempty"`
}

// Words is one word or a list of them.
type Words []string

// Name is how the model is called in a site file.
func (m Model) Name() string { return m.Device.ID }

// words is how many addresses the point takes.
func (p Point) words() int {
	if p.Table.Bits() {
		return 1
	}
	return p.Type.Words(p.Length)
}

func (p Point) end() int { return p.Address + p.words() }
