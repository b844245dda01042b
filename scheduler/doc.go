// Package scheduler is the vocabulary of a PET day: the words that every other room speaks.
//
// A [Day] is the question, a [Plan] the answer, a [Score] its weight. A [Command] may be refused, an
// [Event] happened, an [Entry] is written down. An [Order] goes to the floor, a [Reading] comes back.
// There is no clock, no I/O and no randomness here: whoever needs the time is told it.
package scheduler
