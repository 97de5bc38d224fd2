// Package smtptest runs a real SMTP server on loopback for tests, which can
// refuse, ask to come back or cut the connection.
package smtptest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Server is a real SMTP server on loopback that keeps what it accepts.
type Server struct {
	Port  int            // set by Start
	Roots *x509.CertPool // trusts the server's certificate; set by Start
	// Arrived gets one for each mail that was offered, accepted or not.
	Arrived chan struct{}
	// User and Password are asked for when User is not empty.
	User, Password string
	// OnMail, OnRcpt and OnData may refuse; OnData is called before the mail is read.
	OnMail, OnRcpt func(string) error
	OnData         func(*smtp.Conn) error

	mu       sync.Mutex
	accepted []Delivery
}

// Delivery is a mail as it was accepted.
type Delivery struct {
	From, To string
	Raw      []byte
}

// Start runs s until the test ends, with security "starttls", "tls" or "none".
// The certificate is valid until end and for names, or for 127.0.0.1 without any.
func (s *Server) Start(t *testing.T, security string, end time.Time, names ...string) {
	t.Helper()
	s.Arrived = make(chan struct{}, 100)
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &session{s: s, conn: c}, nil }))
	server.Domain = "mail.example"
	server.AllowInsecureAuth = security == "none"
	server.ErrorLog = log.New(io.Discard, "", 0)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.Port = listener.Addr().(*net.TCPAddr).Port
	if security != "none" {
		config := s.certify(t, end, names)
		if security == "tls" {
			listener = tls.NewListener(listener, config)
		} else {
			server.TLSConfig = config
		}
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	t.Cleanup(func() {
		_ = server.Close()
		_ = listener.Close() // Serve may not have begun with it yet
		if err := <-ended; err != nil && !errors.Is(err, net.ErrClosed) {
			t.Error(err)
		}
	})
}

func (s *Server) certify(t *testing.T, end time.Time, names []string) *tls.Config {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test"}, DNSNames: names,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: end.Add(-48 * time.Hour), NotAfter: end,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if len(names) > 0 {
		template.IPAddresses = nil
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	s.Roots = x509.NewCertPool()
	s.Roots.AddCert(leaf)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
}

// Deliveries returns the mails that s accepted, in their order.
func (s *Server) Deliveries() []Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Delivery(nil), s.accepted...)
}

type session struct {
	s    *Server
	conn *smtp.Conn
	in   bool
	d    Delivery
}

func (c *session) Reset()        { c.d = Delivery{} }
func (c *session) Logout() error { return nil }

func (c *session) AuthMechanisms() []string {
	if c.s.User == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (c *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != c.s.User || password != c.s.Password {
			return smtp.ErrAuthFailed
		}
		c.in = true
		return nil
	}), nil
}

func (c *session) Mail(from string, _ *smtp.MailOptions) error {
	if c.s.User != "" && !c.in {
		return smtp.ErrAuthRequired
	}
	c.d.From = from
	if c.s.OnMail != nil {
		return c.s.OnMail(from)
	}
	return nil
}

func (c *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	c.d.To = to
	if c.s.OnRcpt != nil {
		return c.s.OnRcpt(to)
	}
	return nil
}

func (c *session) Data(r io.Reader) error {
	defer func() { c.s.Arrived <- struct{}{} }()
	if c.s.OnData != nil {
		if err := c.s.OnData(c.conn); err != nil {
			return err
		}
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	c.d.Raw = raw
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.s.accepted = append(c.s.accepted, c.d)
	return nil
}
