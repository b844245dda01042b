// Package solve is the search for a plan: construct, then ruin and recreate with annealed acceptance.
//
// A [scheduler.Day] is compiled once into a problem of small integers on the day's time grid. A state is a plan in
// the making on it: bit-sets say when each scanner, room, target, hot cell and QC line is free, and running sums
// referred to EOS say what each vial and batch must hold. Every change goes through six steps (place, unplace,
// open and close a vial, open and close a batch), each of which knows how to undo itself exactly, and none of
// which ever leaves an unlawful plan. Moves are built from them, one move a file. docs/planning.md has the method.
package solve
