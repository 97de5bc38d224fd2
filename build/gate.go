package main

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
)

// A gate stands before the app's own server, which trusts whoever asks: it lets
// through only the browser that was given the key, and only from its own page.
type gate struct {
	key, cookie string
	hosts       []string // the names it is reached by, with port
	inner       http.Handler
}

// newGate makes a gate at an address before another one, with a fresh key.
func newGate(address, inner string) (*gate, error) {
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("make the window's key: %w", err)
	}
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	g := &gate{
		key:    base64.RawURLEncoding.EncodeToString(key),
		cookie: "partner-desk-window-" + port,
		hosts:  []string{"127.0.0.1:" + port, "localhost:" + port},
	}
	g.inner = &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(&url.URL{Scheme: "http", Host: inner})
		r.Out.Header.Del("Cookie")
	}}
	return g, nil
}

// entrance goes on to the window from this very site: a redirect would still
// count as coming from wherever the printed address was clicked, and a browser
// keeps a strict cookie back then.
const entrance = `<!doctype html><html lang="en"><title>Partner Desk</title>` +
	`<meta http-equiv="refresh" content="0;url=/"><p><a href="/">Open Partner Desk</a></p></html>`

// URL is the address that opens the window.
func (g *gate) URL() string { return "http://" + g.hosts[0] + "/?key=" + g.key }

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Referrer-Policy", "no-referrer")
	if !slices.Contains(g.hosts, strings.ToLower(r.Host)) || !g.sameOrigin(r) {
		http.Error(w, "This address belongs to Partner Desk on this machine.", http.StatusForbidden)
		return
	}
	if r.Method == http.MethodGet && r.URL.Path == "/" && g.matches(r.URL.Query().Get("key")) {
		http.SetCookie(w, &http.Cookie{
			Name: g.cookie, Value: g.key, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
		})
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, entrance) // who left early needs no answer
		return
	}
	if c, err := r.Cookie(g.cookie); err != nil || !g.matches(c.Value) {
		http.Error(w, "Open the address with its key, as it was printed when Partner Desk started.", http.StatusForbidden)
		return
	}
	g.inner.ServeHTTP(w, r)
}

// sameOrigin refuses what another site's page asks for. A WebSocket always
// names its origin.
func (g *gate) sameOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return !strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
	}
	return strings.EqualFold(origin, "http://"+r.Host)
}

func (g *gate) matches(key string) bool {
	return subtle.ConstantTimeCompare([]byte(key), []byte(g.key)) == 1
}
