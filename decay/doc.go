// Package decay is the physics of a PET day: nuclides with their half-lives and where these are from, activities
// that mean something because they carry nuclide and reference time, decay to any moment, saturation in a beam and
// ingrowth in a generator. It knows no clock and no files; docs/physics.md has the equations.
package decay
