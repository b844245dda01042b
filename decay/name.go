package decay

import (
	"fmt"
	"strings"
)

const (
	digits  = "0123456789"
	letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

// ParseNuclide reads a name in the ways people write it (F-18, f18, 18F, [18F], ¹⁸F, Tc-99m, 99mTc) and gives the one
// way it is printed. It asks whether there is such an element, not whether there is such a nuclide.
func ParseNuclide(s string) (Nuclide, error) {
	n, err := spell(s)
	if err != nil {
		return "", err
	}
	if symbol, _, _ := strings.Cut(string(n), "-"); !isElement(symbol) {
		return "", fmt.Errorf("%.40q is not a nuclide: there is no element %s", s, symbol)
	}
	return n, nil
}

// spell reads a name without asking whether its element exists.
func spell(s string) (Nuclide, error) {
	t := strings.Map(onLine, strings.TrimSpace(s))
	if inner, ok := strings.CutPrefix(t, "["); ok {
		t, _ = strings.CutSuffix(inner, "]")
	}
	symbol, mass, isomer := symbolFirst(t)
	if strings.TrimLeft(t, digits) != t {
		symbol, mass, isomer = massFirst(t)
	}
	if !isName(symbol, mass, isomer) {
		return "", fmt.Errorf("%.40q is not a nuclide; write it like F-18, 18F or Tc-99m", s)
	}
	if mass = strings.TrimLeft(mass, "0"); mass == "" {
		return "", fmt.Errorf("%.40q is not a nuclide: its mass number is 0", s)
	}
	return Nuclide(capital(symbol) + "-" + mass + strings.ToLower(isomer)), nil
}

// isName holds the three parts to what a name can be made of.
func isName(symbol, mass, isomer string) bool {
	return (len(symbol) == 1 || len(symbol) == 2) && strings.Trim(symbol, letters) == "" &&
		len(mass) >= 1 && len(mass) <= 3 && strings.Trim(mass, digits) == "" &&
		len(isomer) <= 1 && strings.Trim(isomer, "mMnN") == ""
}

// symbolFirst takes F-18, F18 and Tc-99m apart.
func symbolFirst(t string) (symbol, mass, isomer string) {
	rest := strings.TrimLeft(t, letters)
	symbol, rest = t[:len(t)-len(rest)], strings.TrimPrefix(rest, "-")
	isomer = strings.TrimLeft(rest, digits)
	return symbol, rest[:len(rest)-len(isomer)], isomer
}

// massFirst takes 18F, 18-F, 99mTc and 99m-Tc apart. In 52mn and 52mN the same letters mean two things: written
// in one case they are the element, as far as there is one.
func massFirst(t string) (symbol, mass, isomer string) {
	rest := strings.TrimLeft(t, digits)
	mass = t[:len(t)-len(rest)]
	if before, after, dashed := strings.Cut(rest, "-"); dashed {
		return after, mass, before
	}
	mixed := len(rest) == 2 && rest[0] >= 'a' && rest[1] <= 'Z'
	if len(rest) < 2 || (!mixed && isElement(capital(rest))) {
		return rest, mass, ""
	}
	if strings.Trim(rest[:1], "mMnN") == "" {
		return rest[1:], mass, rest[:1]
	}
	return rest, mass, ""
}

// capital writes a symbol as it is printed.
func capital(symbol string) string {
	return strings.ToUpper(symbol[:1]) + strings.ToLower(symbol[1:])
}

// onLine brings a raised digit or letter down to the line.
func onLine(r rune) rune {
	switch {
	case r == '¹':
		return '1'
	case r == '²' || r == '³':
		return r - '²' + '2'
	case r == '⁰' || r >= '⁴' && r <= '⁹':
		return r - '⁰' + '0'
	case r == 'ᵐ':
		return 'm'
	}
	return r
}
