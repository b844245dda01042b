// Package modbus is a wire that never lies. A [Link] owns one TCP connection on which many units answer; one
// request is under way at a time, each reply is held against its own request, and whatever else comes ends the
// connection. The PDU layer is goburrow/modbus; packager and transporter are ours, because its own keep a
// connection after an error and never recover from a late reply.
package modbus
