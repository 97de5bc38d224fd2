package main

import (
	"crypto/x509"
	"encoding/pem"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/letsencrypt/pebble/v2/ca"
	"github.com/letsencrypt/pebble/v2/db"
	"github.com/letsencrypt/pebble/v2/va"
	"github.com/letsencrypt/pebble/v2/wfe"
	"github.com/miekg/dns"
)

// ourAuthority is Pebble, Let's Encrypt's own test server, on loopback. It
// validates for real, at the ports it is told of by open.
type ourAuthority struct {
	url   string         // of the directory
	trust string         // SSL_CERT_FILE for those who ask it
	roots *x509.CertPool // of the certificates it gives
	open  func(tlsPort, httpPort int)
	close func()
}

func startAuthority(t *testing.T) *ourAuthority {
	t.Helper()
	a := &ourAuthority{roots: x509.NewCertPool()}
	quiet := log.New(io.Discard, "", 0)
	store := db.NewMemoryStore()
	signer := ca.New(quiet, store, "", "ecdsa", 0, 1, map[string]ca.Profile{"default": {}})
	if !a.roots.AppendCertsFromPEM(signer.GetRootCert(0).PEM()) {
		t.Fatal("no root")
	}
	resolver := startResolver(t)
	var h http.Handler
	ready := make(chan struct{})
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		<-ready
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	a.close, a.url = server.Close, server.URL+"/dir"
	a.open = func(tlsPort, httpPort int) {
		validator := va.New(quiet, httpPort, tlsPort, false, resolver, store)
		front := wfe.New(quiet, store, validator, signer, []string{"ca.example"}, false, false, 1, 1)
		h = front.Handler()
		close(ready)
	}
	a.trust = filepath.Join(t.TempDir(), "authority.pem")
	check(t, os.WriteFile(a.trust, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600))
	return a
}

// startResolver runs a DNS server for which every name is this machine.
func startResolver(t *testing.T) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	s := &dns.Server{Listener: l, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		m := new(dns.Msg).SetReply(q)
		if q.Question[0].Qtype == dns.TypeA {
			m.Answer = append(m.Answer, &dns.A{
				Hdr: dns.RR_Header{Name: q.Question[0].Name, Rrtype: dns.TypeA, Class: dns.ClassINET},
				A:   net.IPv4(127, 0, 0, 1),
			})
		}
		_ = w.WriteMsg(m) // who asked may be gone
	})}
	started := make(chan struct{})
	s.NotifyStartedFunc = func() { close(started) }
	served := make(chan error, 1)
	go func() { served <- s.ActivateAndServe() }()
	<-started
	t.Cleanup(func() {
		check(t, s.Shutdown())
		check(t, <-served)
	})
	return l.Addr().String()
}

func portOf(t *testing.T, address string) int {
	t.Helper()
	_, port, err := net.SplitHostPort(address)
	check(t, err)
	n, err := strconv.Atoi(port)
	check(t, err)
	return n
}

// port80 is a port that stands for 80 at address: requests at 80 name the host
// alone.
func port80(t *testing.T, address string) int {
	t.Helper()
	s := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(&url.URL{Scheme: "http", Host: address})
		r.Out.Host, _, _ = strings.Cut(r.In.Host, ":")
	}})
	t.Cleanup(s.Close)
	return portOf(t, s.Listener.Addr().String())
}

// closedPort is a port at which nobody answers.
func closedPort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	check(t, l.Close())
	return portOf(t, l.Addr().String())
}

func TestCertificateByACME(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		plain bool // the authority finds port 80 only
	}{{"TLS-ALPN-01", false}, {"HTTP-01", true}} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a, dir := startAuthority(t), t.TempDir()
			args := []string{"--acme-domain", "office.example", "--acme-email", "info@agency.example", "--acme-directory", a.url,
				"--public-url", "https://office.example"}
			if test.plain {
				args = append(args, "--http-addr", "127.0.0.1:0")
			}
			s := serveWith(t, []string{"SSL_CERT_FILE=" + a.trust}, dir, args...)
			if test.plain {
				a.open(closedPort(t), port80(t, s.said(t, "sending plain http on to https", "address")))
			} else {
				a.open(portOf(t, s.address), closedPort(t))
			}
			s.wait(t, `"certificate ready","domain":"office.example"`, 1)
			first, _ := presented(t, s.address, "office.example", a.roots)
			if page := get(t, through(s.address, a.roots), "https://office.example/login"); page.status != http.StatusOK {
				t.Errorf("answer %d", page.status)
			}
			if strings.Contains(s.text(), "info@agency.example") {
				t.Error("the log holds an address")
			}
			s.stop(t)
			info, err := os.Stat(filepath.Join(dir, "acme"))
			check(t, err)
			if info.Mode().Perm() != 0o700 {
				t.Errorf("the keys' folder is %v", info.Mode().Perm())
			}

			a.close() // what was got is kept
			again := serveWith(t, []string{"SSL_CERT_FILE=" + a.trust}, dir, args...)
			if second, _ := presented(t, again.address, "office.example", a.roots); second != first {
				t.Error("the certificate was not kept")
			}
			again.stop(t)
		})
	}
}

func TestNoCertificateByACMEIsTold(t *testing.T) {
	t.Parallel()
	a := startAuthority(t)
	a.close()
	s := serveWith(t, []string{"SSL_CERT_FILE=" + a.trust}, t.TempDir(), "--acme-domain", "office.example", "--acme-directory", a.url,
		"--public-url", "https://office.example")
	s.wait(t, "no certificate yet", 1)
	s.stop(t)
}
