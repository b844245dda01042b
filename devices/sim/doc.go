// Package sim is a plant that answers over real Modbus TCP and obeys physics: cyclotrons, modules, generators,
// dispensers and calibrators of a day, described by the same profiles that the floor reads. Every state is worked
// out from the clock when it is asked for, so that a clock that runs sixty times as fast changes nothing.
package sim
