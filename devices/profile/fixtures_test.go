package profile_test

import (
	"testing"

	"beamslot/devices/profile"
	"beamslot/fixtures/profiles"
)

// The models that come with the program are sound, and each is read in one frame.
func TestFixtures(t *testing.T) {
	models, err := profile.ReadDir(profiles.Files)
	if err != nil {
		t.Fatal(err)
	}
	kinds := make(map[profile.Kind]bool)
	for _, m := range models {
		kinds[m.Device.Kind] = true
		if f := m.Frames(0); len(f) != 1 {
			t.Errorf("%s takes %d reads", m.Name(), len(f))
		}
	}
	if len(kinds) != 5 {
		t.Errorf("%d kinds of device have a model, not 5", len(kinds))
	}
}
