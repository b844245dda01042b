// Package store keeps the journal on one disk: a bbolt file in which each entry is one sealed line. It keeps the
// promise of desk.Journal; what an entry means is none of its business. docs/journal.md has the format.
package store
