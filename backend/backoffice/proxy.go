package backoffice

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// proxies are the networks of the reverse proxies that are trusted to say
// whose request they hand on.
type proxies []netip.Prefix

func (p proxies) hold(ip netip.Addr) bool {
	return slices.ContainsFunc(p, func(n netip.Prefix) bool { return n.Contains(ip) })
}

// client returns the remote address that counts for a request: the peer's, or,
// when the peer is a trusted proxy, the last one in X-Forwarded-For that is
// not. What stands before that one is the client's own claim.
func (p proxies) client(r *http.Request) string {
	ip, ok := peerOf(r)
	if !ok || !p.hold(ip) {
		return r.RemoteAddr
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		next, ok := parseHop(hop)
		if !ok {
			break // the nearest known hop has to answer for it
		}
		if ip = next; !p.hold(ip) {
			break
		}
	}
	return net.JoinHostPort(ip.String(), "0")
}

// peerOf is the address at the other end of the connection.
func peerOf(r *http.Request) (netip.Addr, bool) {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	return at.Addr().Unmap().WithZone(""), err == nil
}

// parseHop reads one entry of X-Forwarded-For; some proxies add the port.
func parseHop(hop string) (netip.Addr, bool) {
	hop = strings.TrimSpace(hop)
	ip, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(hop, "["), "]"))
	if err != nil {
		at, err := netip.ParseAddrPort(hop)
		if err != nil {
			return netip.Addr{}, false
		}
		ip = at.Addr()
	}
	return ip.Unmap().WithZone(""), true
}

// forwarded gives requests from trusted proxies the address of the client they
// came from. It changes the request, which is observe's own copy.
func (b *BackOffice) forwarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.RemoteAddr = proxies(b.options.Proxies).client(r)
		next.ServeHTTP(w, r)
	})
}

// admit refuses, where only proxies may come, everybody but those and this
// machine: their requests would be readable on the way. The health is
// anybody's: this machine may ask under an address that is not loopback.
func (b *BackOffice) admit(next http.Handler) http.Handler {
	if !b.options.ProxiesOnly {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ip, ok := peerOf(r)
		if r.URL.Path != healthPath && (!ok || !ip.IsLoopback() && !proxies(b.options.Proxies).hold(ip)) {
			plain(w, http.StatusForbidden, "Use the https address of this Back Office.")
			return
		}
		next.ServeHTTP(w, r)
	})
}
