// Package beamslot is the map of the house; nothing lives here.
//
// Beamslot takes a region's PET day from the cyclotron's beam to the patient's scanner slot:
//
//	cmd/beamslot       wires everything; the only room that says time.Now
//	ui                 who asks us over HTTP: api, the live board, the page
//	devices            what we speak to on a wire: Modbus, profiles, the simulated plant
//	scheduler          the words; below it rules (the law), solve (the search), desk (the one writer), store (the journal)
//	decay              the physics
//	fixtures           examples: a region, its days, device profiles
//
// Who may import whom is held by house_test.go; docs/architecture.md says why.
package beamslot
