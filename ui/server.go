// Package ui is who asks us over HTTP: one port with the page at /, the desk at /api, the live board at /live.
package ui

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"time"

	"beamslot/ui/api"
)

// Plant says how the machines are.
type Plant = api.Plant

// Options of a server. Desk and Hub are needed; without the rest it serves plain HTTP on loopback.
type Options struct {
	Desk         api.Desk
	Hub          Live
	Plant        Plant         // nil: no machines
	Web          fs.FS         // the board's built files; nil: none
	TLS          *tls.Config   // nil: plain HTTP
	TrustNetwork bool          // listen outside loopback, where whoever can reach the port can say to be anybody
	Hosts        []string      // further host names that the server answers to
	Origins      []string      // further origins whose pages may act, such as https://board.example
	BodyLimit    int64         // bytes; 0: 1 MiB
	Pace         time.Duration // a caller that takes or sends nothing for so long is given up; 0: 1 min
	Grace        time.Duration // for what is under way when the server stops; 0: 10 s
	Log          *slog.Logger  // nil: silent
}

// Live is the live board: it takes connections over, and so it must be closed by itself, and first.
type Live interface {
	http.Handler
	Close(context.Context) error
}

// Server is the one port.
type Server struct {
	o       Options
	handler http.Handler
}

// New wires a server. The error names what is missing, or an origin or a page that cannot be used.
func New(o Options) (*Server, error) {
	if o.Desk == nil || o.Hub == nil {
		return nil, errors.New("a server needs a desk and a hub: set Options.Desk and Options.Hub")
	}
	o = o.filled()
	acts, err := sameOrigin(newAdapter(api.App(o.Desk, o.Plant, o.Log), o.BodyLimit, o.Pace), o)
	if err != nil {
		return nil, fmt.Errorf("an allowed origin cannot be used: %w", err)
	}
	board, err := newPages(o.Web)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/api/", acts)
	mux.Handle("/live", o.Hub)
	mux.HandleFunc("/healthz", healthy)
	mux.Handle("/", board)
	return &Server{o, guarded(mux, o)}, nil
}

func (o Options) filled() Options {
	if o.BodyLimit <= 0 {
		o.BodyLimit = 1 << 20
	}
	if o.Pace <= 0 {
		o.Pace = time.Minute
	}
	if o.Grace <= 0 {
		o.Grace = 10 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// healthy says that the port is served.
func healthy(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok\n"))
}

// ServeHTTP is the whole port as a handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Listen opens the address, and refuses one outside loopback unless the network is trusted.
func (s *Server) Listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s: %w", addr, err)
	}
	if err := s.mayServe(l); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

func (s *Server) mayServe(l net.Listener) error {
	at, err := netip.ParseAddrPort(l.Addr().String())
	if s.o.TrustNetwork || err == nil && at.Addr().Unmap().IsLoopback() {
		return nil
	}
	return fmt.Errorf("%s can be reached from other machines, and who asks is only said, not proven: listen on 127.0.0.1, or trust the network explicitly", l.Addr())
}

// Serve answers on l until ctx ends, then lets go in order: the live boards first, then what is under way.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	if err := s.mayServe(l); err != nil {
		return errors.Join(err, l.Close())
	}
	srv := s.server()
	ended := make(chan error, 1)
	go func() { ended <- s.answer(srv, l) }()
	select {
	case err := <-ended:
		return errors.Join(fmt.Errorf("the port %s is not served any more: %w", l.Addr(), err), s.close())
	case <-ctx.Done():
	}
	err := s.letGo(srv)
	<-ended
	return err
}

func (s *Server) server() *http.Server {
	return &http.Server{
		Handler: s, TLSConfig: s.o.TLS.Clone(), // the server adds to it
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: s.o.Pace, WriteTimeout: s.o.Pace, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10,
		ErrorLog:       slog.NewLogLogger(s.o.Log.Handler(), slog.LevelWarn),
	}
}

func (s *Server) answer(srv *http.Server, l net.Listener) error {
	if s.o.TLS != nil {
		return srv.ServeTLS(l, "", "")
	}
	return srv.Serve(l)
}

func (s *Server) letGo(srv *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), s.o.Grace)
	defer cancel()
	err := s.o.Hub.Close(ctx)
	if over := srv.Shutdown(ctx); over != nil {
		err = errors.Join(err, fmt.Errorf("some requests did not end in %v: %w", s.o.Grace, over), srv.Close())
	}
	return err
}

func (s *Server) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), s.o.Grace)
	defer cancel()
	return s.o.Hub.Close(ctx)
}
