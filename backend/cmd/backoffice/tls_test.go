package main

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"

	"partnerdesk/backend/backoffice/client"
)

// presented returns the serial number of the certificate that the server shows
// to a new connection, and what the connection speaks.
func presented(t *testing.T, address, name string, roots *x509.CertPool) (serial, protocol string) {
	t.Helper()
	conn, err := tls.Dial("tcp", address, &tls.Config{ServerName: name, RootCAs: roots, NextProtos: protocols})
	check(t, err)
	defer func() { check(t, conn.Close()) }()
	state := conn.ConnectionState()
	return state.PeerCertificates[0].SerialNumber.String(), state.NegotiatedProtocol
}

// through returns a client of http whose connections all go to address.
func through(address string, roots *x509.CertPool) *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			TLSClientConfig:   &tls.Config{RootCAs: roots},
			DialContext:       dialTo(address),
			ForceAttemptHTTP2: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// answer is a whole answer.
type answer struct {
	status, protocol int // HTTP/1 or 2
	header           http.Header
	body             string
}

func get(t *testing.T, hc *http.Client, url string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	check(t, err)
	return ask(t, hc, req)
}

func ask(t *testing.T, hc *http.Client, req *http.Request) answer {
	t.Helper()
	resp, err := hc.Do(req)
	check(t, err)
	body, err := io.ReadAll(resp.Body)
	check(t, err)
	check(t, resp.Body.Close())
	return answer{resp.StatusCode, resp.ProtoMajor, resp.Header, string(body)}
}

func TestCertificateFromFiles(t *testing.T) {
	t.Parallel()
	dir, files := t.TempDir(), t.TempDir()
	cert, key, roots := keyPair(t, files, "office.example")
	s := serve(t, dir, "--tls-cert", cert, "--tls-key", key, "--public-url", "https://office.example", "--http-addr", "127.0.0.1:0")
	addPartner(t, dir)
	c, err := client.New("https://office.example", through(s.address, roots))
	check(t, err)
	_, err = c.SignIn(t.Context(), username, secret)
	check(t, err)

	a := get(t, through(s.address, roots), "https://office.example/login")
	if a.status != http.StatusOK || a.protocol != 2 || a.header.Get("Strict-Transport-Security") == "" {
		t.Errorf("%d by HTTP/%d, %v", a.status, a.protocol, a.header)
	}
	if a := get(t, through(s.address, roots), "https://office.example:7360/login"); a.status != http.StatusOK {
		t.Errorf("with a port: %d", a.status)
	}
	plain := s.said(t, "sending plain http on to https", "address")
	a = get(t, through(plain, nil), "http://evil.example/login?token=1")
	if to := a.header.Get("Location"); a.status != http.StatusMovedPermanently || to != "https://office.example/login?token=1" {
		t.Errorf("plain http: %d to %q", a.status, to)
	}
	posted, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://office.example/api/v1/session", strings.NewReader("{}"))
	check(t, err)
	if a := ask(t, through(plain, nil), posted); a.status != http.StatusForbidden {
		t.Errorf("a secret in clear: %d", a.status)
	}
	s.stop(t)
}

func TestCertificateIsReadAnew(t *testing.T) {
	t.Parallel()
	files := t.TempDir()
	cert, key, roots := keyPair(t, files, "office.example")
	s := serve(t, t.TempDir(), "--tls-cert", cert, "--tls-key", key, "--public-url", "https://office.example")
	first, protocol := presented(t, s.address, "office.example", roots)
	if protocol != "h2" {
		t.Errorf("speaks %q", protocol)
	}

	good, err := os.ReadFile(key)
	check(t, err)
	check(t, os.WriteFile(key, []byte("half a key"), 0o600))
	if still, _ := presented(t, s.address, "office.example", roots); still != first {
		t.Error("a broken file is in use")
	}
	check(t, os.WriteFile(key, good, 0o600))
	_, _, roots = keyPair(t, files, "office.example")
	second, _ := presented(t, s.address, "office.example", roots)
	if second == first {
		t.Error("the new certificate is not in use")
	}
	check(t, s.cmd.Process.Signal(syscall.SIGHUP)) // by hand, for files that look the same
	s.wait(t, `"valid_until"`, 2)
	if text := s.text(); !strings.Contains(text, "the last one stays in use") {
		t.Errorf("the log does not tell of the broken file:\n%s", text)
	}
	s.stop(t)
}

func TestHandshakesThatFailNameNobody(t *testing.T) {
	t.Parallel()
	cert, key, _ := keyPair(t, t.TempDir(), "127.0.0.1")
	s := serve(t, t.TempDir(), "--tls-cert", cert, "--tls-key", key, "--public-url", "https://office.example")
	s.wait(t, "the certificate is not for the host of --public-url", 1)
	conn, err := net.Dial("tcp", s.address)
	check(t, err)
	_, err = conn.Write([]byte("GET / HTTP/1.1\r\n\r\n"))
	check(t, err)
	s.wait(t, "http server", 1)
	if own := conn.LocalAddr().String(); strings.Contains(s.text(), own) {
		t.Errorf("the log holds the client's address:\n%s", s.text())
	}
	check(t, conn.Close())
	s.stop(t)
}
