package ui

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"beamslot/ui/api"
)

// policy lets the page load its own files and talk to its own server, and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// guarded puts both doors behind the same guards: the headers that bind browsers, and the host's name.
func guarded(next http.Handler, o Options) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		bind(w.Header(), o.TLS != nil)
		if !answersTo(r.Host, o) {
			api.WrongHost(r.Host).ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func bind(h http.Header, secure bool) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	if secure {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// answersTo holds the Host header to names that nobody else can point here: a foreign name that resolves to this
// machine (DNS rebinding) would make its page a neighbour of ours.
func answersTo(host string, o Options) bool {
	name := strings.ToLower(hostname(host))
	if name == "localhost" || slices.ContainsFunc(o.Hosts, func(h string) bool { return strings.EqualFold(h, name) }) {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && (ip.Unmap().IsLoopback() || o.TrustNetwork)
}

// hostname is a host without its port and brackets.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.Trim(host, "[]")
}

// sameOrigin refuses what a page of another origin asks for, unless it only reads.
func sameOrigin(next http.Handler, o Options) (http.Handler, error) {
	p := http.NewCrossOriginProtection()
	for _, origin := range o.Origins {
		if err := p.AddTrustedOrigin(origin); err != nil {
			return nil, err
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := p.Check(r); err != nil {
			api.CrossOrigin(err).ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	}), nil
}
