package backoffice

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"partnerdesk/backend/backoffice/limit"
)

func TestWhoseRequestItIs(t *testing.T) {
	t.Parallel()
	trusted := proxies{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("fd00::/8")}
	for _, test := range []struct {
		name, peer string
		headers    []string // X-Forwarded-For
		want       string
	}{
		{"no proxy", "203.0.113.9:5000", nil, "203.0.113.9"},
		{"a client who claims to be another", "203.0.113.9:5000", []string{"198.51.100.1"}, "203.0.113.9"},
		{"a client who claims to be the proxy", "203.0.113.9:5000", []string{"10.0.0.1"}, "203.0.113.9"},
		{"a proxy", "10.0.0.1:5000", []string{"198.51.100.1"}, "198.51.100.1"},
		{"a proxy that adds the port", "10.0.0.1:5000", []string{"198.51.100.1:4711"}, "198.51.100.1"},
		{"a proxy that says nothing", "10.0.0.1:5000", nil, "10.0.0.1"},
		{"a proxy that says nonsense", "10.0.0.1:5000", []string{"unknown"}, "10.0.0.1"},
		{"a proxy that says nothing behind one that does", "10.0.0.1:5000", []string{"198.51.100.1, _hidden"}, "10.0.0.1"},
		{"a claim before the proxy's word", "10.0.0.1:5000", []string{"192.0.2.7, 198.51.100.1"}, "198.51.100.1"},
		{"a claim in a header of its own", "10.0.0.1:5000", []string{"192.0.2.7", "198.51.100.1"}, "198.51.100.1"},
		{"a claim to be a proxy", "10.0.0.1:5000", []string{"10.9.9.9, 198.51.100.1"}, "198.51.100.1"},
		{"two proxies", "10.0.0.1:5000", []string{"198.51.100.1, 10.0.0.2"}, "198.51.100.1"},
		{"two proxies and a claim", "127.0.0.1:5000", []string{"192.0.2.7,198.51.100.1,10.0.0.2"}, "198.51.100.1"},
		{"proxies alone", "10.0.0.1:5000", []string{"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
		{"an IPv6 client", "[fd00::1]:5000", []string{"2001:db8::7"}, "2001:db8::/64"},
		{"an IPv6 client in brackets", "[fd00::1]:5000", []string{"[2001:db8::7]:443"}, "2001:db8::/64"},
		{"a proxy in IPv6 clothes", "[::ffff:10.0.0.1]:5000", []string{"::ffff:198.51.100.1"}, "198.51.100.1"},
		{"empty entries", "10.0.0.1:5000", []string{"198.51.100.1, ,"}, "10.0.0.1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.RemoteAddr = test.peer
			for _, h := range test.headers {
				r.Header.Add("X-Forwarded-For", h)
			}
			if got := limit.Address(trusted.client(r)); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
			if got := limit.Address(proxies(nil).client(r)); got != limit.Address(test.peer) {
				t.Errorf("%q though no proxy is trusted", got)
			}
		})
	}
}

func TestProxiesOnly(t *testing.T) {
	t.Parallel()
	b := &BackOffice{options: Options{ProxiesOnly: true, Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}}
	h := b.admit(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	for peer, want := range map[string]int{
		"10.0.0.1:5000": 200, "127.0.0.1:5000": 200, "[::1]:5000": 200, "203.0.113.9:5000": 403, "[2001:db8::7]:5000": 403,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = peer
		r.Header.Set("X-Forwarded-For", "10.0.0.1")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%s: %d, want %d", peer, w.Code, want)
		}
		w = httptest.NewRecorder()
		r.URL.Path = "/healthz"
		if h.ServeHTTP(w, r); w.Code != 200 {
			t.Errorf("%s asks for the health: %d", peer, w.Code)
		}
	}
}

func TestTheServersOwnWordsNameNoAddress(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"http: TLS handshake error from 203.0.113.9:41234: EOF",
		"http: TLS handshake error from [2001:db8::7]:41234: read tcp [2001:db8::1]:443->[2001:db8::7]:41234: i/o timeout",
		"http2: server: error reading preface from client 203.0.113.9:41234: timeout",
		"http: panic serving [fe80::1%eth0]:41234: oops",
	} {
		var out bytes.Buffer
		if _, err := (nameless{slog.New(slog.NewTextHandler(&out, nil))}).Write([]byte(line + "\n")); err != nil {
			t.Fatal(err)
		}
		if got := out.String(); strings.Contains(got, "203.0") || strings.Contains(got, "2001:") || strings.Contains(got, "fe80") ||
			!strings.Contains(got, "http") {
			t.Errorf("%s", got)
		}
	}
}
