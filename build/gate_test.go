package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestGate(t *testing.T) {
	t.Parallel()
	inner := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "window"+r.Header.Get("Cookie"))
	}))
	t.Cleanup(inner.Close)
	g, err := newGate("127.0.0.1:34115", strings.TrimPrefix(inner.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	cookie := g.cookie + "=" + g.key
	for _, c := range []struct {
		name, target, host string
		headers            map[string]string
		status             int
		body               string
	}{
		{"with the cookie", "/", "127.0.0.1:34115", map[string]string{"Cookie": cookie}, 200, "window"},
		{"by name", "/x.js", "localhost:34115", map[string]string{"Cookie": cookie}, 200, "window"},
		{"with the key", "/?key=" + g.key, "127.0.0.1:34115", nil, 200, "Open Partner Desk"},
		{"without either", "/", "127.0.0.1:34115", nil, 403, "printed"},
		{"a wrong key", "/?key=" + g.key[1:], "127.0.0.1:34115", nil, 403, "printed"},
		{"the key elsewhere", "/wails/ipc?key=" + g.key, "127.0.0.1:34115", nil, 403, "printed"},
		{"a wrong cookie", "/", "127.0.0.1:34115", map[string]string{"Cookie": g.cookie + "=x"}, 403, "printed"},
		{"another host", "/", "evil.example:34115", map[string]string{"Cookie": cookie}, 403, "belongs"},
		{"another port", "/", "127.0.0.1:80", map[string]string{"Cookie": cookie}, 403, "belongs"},
		{"own origin", "/", "127.0.0.1:34115", map[string]string{"Cookie": cookie, "Origin": "http://127.0.0.1:34115"}, 200, "window"},
		{"another origin", "/", "127.0.0.1:34115", map[string]string{"Cookie": cookie, "Origin": "https://evil.example"}, 403, "belongs"},
		{"a null origin", "/", "127.0.0.1:34115", map[string]string{"Cookie": cookie, "Origin": "null"}, 403, "belongs"},
		{"a socket without origin", "/wails/ipc", "127.0.0.1:34115", map[string]string{"Cookie": cookie, "Upgrade": "WebSocket"}, 403, "belongs"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest(http.MethodGet, c.target, nil)
			r.Host = c.host
			for k, v := range c.headers {
				r.Header.Set(k, v)
			}
			w := httptest.NewRecorder()
			g.ServeHTTP(w, r)
			if w.Code != c.status || !strings.Contains(w.Body.String(), c.body) {
				t.Errorf("%d %q, want %d with %q", w.Code, w.Body, c.status, c.body)
			}
			if strings.Contains(w.Body.String(), g.key) {
				t.Error("the key reached the app or the page")
			}
		})
	}
}
