package decay

import (
	"fmt"
	"time"
)

// Elution is how well a column is washed: the shares, from 0 to 1, of the daughter and of the parent that come off.
type Elution struct {
	Efficiency   float64
	Breakthrough float64
}

// Eluate is what came off: the daughter, and the parent that broke through.
type Eluate struct {
	Daughter, Parent Assay
}

// Elute washes the column at t and gives what comes off and what is left on it.
func (p Pair) Elute(c Column, t time.Time, e Elution) (Eluate, Column, error) {
	if !(e.Efficiency >= 0 && e.Efficiency <= 1 && e.Breakthrough >= 0 && e.Breakthrough <= 1) {
		return Eluate{}, Column{}, fmt.Errorf("an elution of %g of the %s and %g of the %s: shares are from 0 to 1",
			e.Efficiency, p.Daughter.Nuclide, e.Breakthrough, p.Parent.Nuclide)
	}
	then, err := p.At(c, t)
	if err != nil {
		return Eluate{}, Column{}, err
	}
	off := Eluate{
		Daughter: Assay{p.Daughter.Nuclide, then.Daughter * Activity(e.Efficiency), then.Reference},
		Parent:   Assay{p.Parent.Nuclide, then.Parent * Activity(e.Breakthrough), then.Reference},
	}
	then.Daughter -= off.Daughter.Activity
	then.Parent -= off.Parent.Activity
	return off, then, nil
}
