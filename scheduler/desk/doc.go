// Package desk is the one writer. Every change of the region's day goes through [Desk.Do]: permitted, decided,
// written down, applied, shown. What the desk knows is the [Agenda]; what it wrote is the [Journal].
package desk
