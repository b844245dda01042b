package modbus

import "fmt"

// Table is one of the four address spaces of a Modbus unit.
type Table string

// The tables; only coils and holding registers can be written.
const (
	Coil     Table = "coil"
	Discrete Table = "discrete"
	Input    Table = "input"
	Holding  Table = "holding"
)

// Known reports whether t is one of the four tables.
func (t Table) Known() bool { return t.Bits() || t == Input || t == Holding }

// Bits reports whether the table holds single bits rather than registers.
func (t Table) Bits() bool { return t == Coil || t == Discrete }

// Writable reports whether a master may write the table.
func (t Table) Writable() bool { return t == Coil || t == Holding }

// Limit is the most bits or registers that one read may ask for.
func (t Table) Limit() int {
	if t.Bits() {
		return 2000
	}
	return 125
}

// MaxWrite is the most registers that one write may carry.
const MaxWrite = 123

// Range is a run of bits or registers of one table.
type Range struct {
	Table   Table
	Address uint16
	Count   uint16
}

func (r Range) String() string {
	if r.Count == 1 {
		return fmt.Sprintf("%s %d", r.Table, r.Address)
	}
	return fmt.Sprintf("%s %d…%d", r.Table, r.Address, int(r.Address)+int(r.Count)-1)
}
