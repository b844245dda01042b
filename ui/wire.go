package ui

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/netip"
	"time"
)

// wire is the connection as fasthttp may see it: where from, where to, and, as a [secureWire], under which TLS.
// Bytes are net/http's business: reading and writing here is refused.
type wire struct{ local, remote net.Addr }

func (w wire) LocalAddr() net.Addr              { return w.local }
func (w wire) RemoteAddr() net.Addr             { return w.remote }
func (w wire) Read([]byte) (int, error)         { return 0, net.ErrClosed }
func (w wire) Write([]byte) (int, error)        { return 0, net.ErrClosed }
func (w wire) Close() error                     { return net.ErrClosed }
func (w wire) SetDeadline(time.Time) error      { return net.ErrClosed }
func (w wire) SetReadDeadline(time.Time) error  { return net.ErrClosed }
func (w wire) SetWriteDeadline(time.Time) error { return net.ErrClosed }

// secureWire is a wire under TLS.
type secureWire struct {
	wire
	state *tls.ConnectionState
}

// Handshake is over before a request is read.
func (secureWire) Handshake() error { return nil }

// ConnectionState is the TLS state of the request's connection.
func (w secureWire) ConnectionState() tls.ConnectionState { return *w.state }

func wireOf(r *http.Request) net.Conn {
	w := wire{local: &net.TCPAddr{}, remote: &net.TCPAddr{}}
	if a, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok {
		w.local = a
	}
	if a, err := netip.ParseAddrPort(r.RemoteAddr); err == nil {
		w.remote = net.TCPAddrFromAddrPort(a)
	}
	if r.TLS != nil {
		return secureWire{w, r.TLS}
	}
	return w
}
