// Package profile says what the registers of a device mean, as data: one YAML file for each device model. A
// [Model] is read strictly and checked whole before anything is asked of a device; [Model.Frames] plans the
// fewest reads that bring all its points without ever splitting one, or a group that belongs together.
package profile
