package devices

import (
	"strings"
	"testing"

	"beamslot/devices/profile"
	"beamslot/fixtures/profiles"
)

// A site file is refused in sentences that name it, or is one from which a floor can be opened.
func FuzzConfig(f *testing.F) {
	models, err := profile.ReadDir(profiles.Files)
	if err != nil {
		f.Fatal(err)
	}
	f.Add("devices:\n- {name: T1, model: cyclotron-generic, link: \"tcp://h:502\", unit: 1, site: S1, target: T1}")
	f.Add("profiles: .\ndevices: [{name: DC, model: calibrator-generic, link: tcp://[::1]:1, unit: 255, base: 65400, site: a}]")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := parseConfig("f.yaml", []byte(text))
		if err == nil {
			c.Models = models
			err = c.check("f.yaml", deviceLines([]byte(text)))
		}
		if err != nil {
			if !strings.HasPrefix(err.Error(), "f.yaml") {
				t.Errorf("%q does not name the file", err)
			}
			return
		}
		for _, d := range c.Devices {
			if m, ok := c.model(d.Model); !ok || m.Frames(d.Base)[0].Range.Address < d.Base {
				t.Errorf("%+v was accepted", d)
			}
		}
	})
}
