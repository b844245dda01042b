// Package rules is the law of a PET day, plain and slow. [Laws] is the list: each law is a named function whose
// name a person reads on the board. [Check] holds a plan against a day under all of them and weighs it;
// [May] says which role may ask for what. It shares no code with the search, so that each can prove the other.
package rules
