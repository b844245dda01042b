// Package devices speaks to machines. A [Floor] carries orders out and brings readings in: it polls every device of
// a site file, tells the desk what changed, and commands nothing but what an order asks for, once, confirmed by
// the device's own state. Which register means what is data (devices/profile); nothing above this package knows.
package devices
