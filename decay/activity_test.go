package decay_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"beamslot/decay"
)

func ExampleActivity_String() {
	for _, bq := range []float64{0, 0.5, 37, 9999, 9999.9, 999960, 185e6, 3.7e9, 1.2345e12, 2e21} {
		fmt.Println(decay.Activity(bq))
	}
	// Output:
	// 0 Bq
	// 0.5 Bq
	// 37 Bq
	// 9.999 kBq
	// 10 kBq
	// 1 MBq
	// 185 MBq
	// 3.7 GBq
	// 1.234 TBq
	// 2e+09 TBq
}

func TestActivitiesAsPeopleWriteThem(t *testing.T) {
	for s, want := range map[string]decay.Activity{
		"3.7GBq": 3.7e9, " 3.7 GBq ": 3.7e9, "0Bq": 0, "37kBq": 37e3, "100MBq": 100e6, "1TBq": 1e12, "1Ci": 3.7e10, "100mCi": 3.7e9, "5µCi": 185e3,
		"5μCi": 185e3, "5uCi": 185e3, "2nCi": 74, "2.5e3kBq": 2.5e6, "1E-3GBq": 1e6, "+5MBq": 5e6, ".5MBq": 5e5, "1e6 Bq": 1e6, "1000000TBq": decay.MaxActivity,
	} {
		if got, err := decay.ParseActivity(s); err != nil || !near(float64(got), float64(want), 1e-15) {
			t.Errorf("%q is read as %v (%v), want %v", s, float64(got), err, float64(want))
		}
	}
}

func TestWhatIsNoActivity(t *testing.T) {
	for s, why := range map[string]string{
		"": "a number and its unit", "MBq": "a number and its unit", "5": "a number and its unit", "3,7GBq": "after a point", "5mBq": "the unit must be",
		"5mbq": "the unit must be", "5 XBq": "the unit must be", "-5MBq": "0 Bq or more", "-0MBq": "0 Bq or more", "1e999MBq": "above 1000000 TBq",
		"1000001TBq": "above 1000000 TBq", "1.2.3MBq": "is not a number", "--5MBq": "is not a number", "NaNMBq": "a number and its unit", "InfMBq": "a number and its unit",
		"+MBq": "is not a number", ".MBq": "is not a number", "5eMBq": "the unit must be", "0x10MBq": "the unit must be", "1_0MBq": "the unit must be",
		"5MBq" + strings.Repeat("q", 1<<20): "the unit must be",
	} {
		got, err := decay.ParseActivity(s)
		if err == nil || !strings.Contains(err.Error(), why) || len(err.Error()) > 250 {
			t.Errorf("%.40q was taken for %v, %v; want an error with %q", s, got, err, why)
		}
	}
}

func TestAnActivityIsReadAsItIsPrinted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := decay.Activity(math.Exp2(rapid.Float64Range(-60, 59).Draw(t, "log2")))
		got, err := decay.ParseActivity(a.String())
		if err != nil || !near(float64(got), float64(a), 5.01e-4) {
			t.Errorf("%g Bq is printed as %v and read as %g (%v)", float64(a), a, float64(got), err)
		}
		if got.String() != a.String() {
			t.Errorf("%v is printed as %v the second time", a, got)
		}
	})
}

func TestEvenNoActivityIsPrinted(t *testing.T) {
	for want, a := range map[string]float64{"NaN Bq": math.NaN(), "+Inf Bq": math.Inf(1), "-5 MBq": -5e6, "1.798e+308 Bq": math.MaxFloat64} {
		if got := decay.Activity(a).String(); got != want {
			t.Errorf("%g is printed as %q, want %q", a, got, want)
		}
	}
}

func FuzzParseActivity(f *testing.F) {
	for _, s := range []string{"3.7GBq", "100 mCi", "1e3kBq", "5e", "1e999Bq", "-0Bq", "µCi", "+-.", "5eMBq"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := decay.ParseActivity(s)
		if err != nil {
			return
		}
		if !(a >= 0 && a <= decay.MaxActivity) || math.Signbit(float64(a)) {
			t.Errorf("%q is read as %g Bq", s, float64(a))
		}
		if again, err := decay.ParseActivity(a.String()); err != nil && a < decay.MaxActivity*0.999 || err == nil && !near(float64(again), float64(a), 5.01e-4) {
			t.Errorf("%q is printed as %v, which is read as %v (%v)", s, a, again, err)
		}
	})
}
