package decay_test

import (
	"strings"
	"testing"

	"beamslot/decay"
)

func TestNamesAsPeopleWriteThem(t *testing.T) {
	for name, want := range map[string]decay.Nuclide{
		"F-18": "F-18", "18F": "F-18", "F18": "F-18", "f-18": "F-18", " 18-F ": "F-18", "[18F]": "F-18", "¹⁸F": "F-18", "GA68": "Ga-68",
		"68Ga": "Ga-68", "⁶⁸Ga": "Ga-68", "Tc-99m": "Tc-99m", "99mTc": "Tc-99m", "TC99M": "Tc-99m", "99m-Tc": "Tc-99m", "99MTC": "Tc-99m",
		"⁹⁹ᵐTc": "Tc-99m", "C11": "C-11", "11c": "C-11", "013N": "N-13", "Lu-177": "Lu-177", "lu177M": "Lu-177m",
		// The same letters, an element or an isomer:
		"99mo": "Mo-99", "99Mo": "Mo-99", "22na": "Na-22", "52mn": "Mn-52", "52mN": "N-52m", "52MN": "Mn-52", "13n": "N-13",
		"120mI": "I-120m", "120mi": "I-120m", "60mco": "Co-60m", "81mkr": "Kr-81m",
	} {
		if got, err := decay.ParseNuclide(name); err != nil || got != want {
			t.Errorf("%q is read as %s (%v), want %s", name, got, err, want)
		}
	}
}

func TestWhatIsNoName(t *testing.T) {
	for name, why := range map[string]string{
		"": "write it like", "F": "write it like", "18": "write it like", "F-": "write it like", "-18": "write it like", "F-0": "mass number is 0",
		"Fluorine-18": "write it like", "F-18-2": "write it like", "F-1800": "write it like", "F 18": "write it like", "F-18x": "write it like",
		"Tc-99mm": "write it like", "Xq-18": "no element Xq", "18J": "no element J", "[": "write it like", "18--F": "write it like", "18-": "write it like",
		strings.Repeat("F", 1<<20): "write it like", "F-¹⁸²³⁴": "write it like", "\xff-18": "write it like",
	} {
		got, err := decay.ParseNuclide(name)
		if err == nil || !strings.Contains(err.Error(), why) || len(err.Error()) > 200 {
			t.Errorf("%.40q was taken for %q, %v; want an error with %q", name, got, err, why)
		}
	}
}

func TestAnUnknownNuclideNamesItsNeighbours(t *testing.T) {
	for name, want := range map[string]string{
		"F-19":    "F-19 is not in beamslot-recommended/1; it has F-18, F-17",
		"Fm-255":  "Fm-255 is not in beamslot-recommended/1",
		"G-68":    "G-68 is not in beamslot-recommended/1; it has Ga-68, Ge-68",
		"Tc-100m": "Tc-100m is not in beamslot-recommended/1; it has Tc-99, Tc-99m",
	} {
		if _, err := decay.Lookup(name); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("the error for %s is %v; want %s", name, err, want)
		}
	}
	if _, err := decay.Lookup("I-140"); err == nil || strings.Count(err.Error(), "I-") != 6 {
		t.Errorf("the error names all of iodine, or none: %v", err)
	}
}

func FuzzParseNuclide(f *testing.F) {
	for _, s := range []string{"F-18", "99mTc", "Ga68", "", "-", "é-1", "52mN", "[18F", "¹⁸F", "99m-Tc"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := decay.ParseNuclide(s)
		if err != nil {
			return
		}
		if again, err := decay.ParseNuclide(string(n)); err != nil || again != n {
			t.Errorf("%q is printed as %s, which is read as %s (%v)", s, n, again, err)
		}
		if d, err := decay.Lookup(s); err == nil && d.Nuclide != n {
			t.Errorf("%q is read as %s and found as %s", s, n, d.Nuclide)
		}
	})
}
