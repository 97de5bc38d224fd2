package main

import (
	"crypto/tls"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"

	"partnerdesk/backend/backoffice/mail"
	"partnerdesk/backend/customer"
)

// config is what the operator said, as it was said.
type config struct {
	dir, name                        string
	addr, publicURL                  string
	proxies                          []string
	certFile, keyFile                string
	domains                          []string
	acmeEmail, acmeDirectory         string
	httpAddr                         string
	smtp, smtpFrom, smtpFromName     string
	smtpPasswordFile                 string
	metricsAddr, logFormat, logLevel string
	metricsAnywhere                  bool
}

func (c *config) declare(f *flags) {
	c.addr, c.name, c.logFormat, c.logLevel = defaultAddr, "Back Office", "text", "info"
	f.text(&c.dir, "data", "DIR", "the folder that holds all data; made when it is missing")
	f.text(&c.addr, "addr", "HOST:PORT", "where to listen; port 0 takes a free one")
	f.text(&c.publicURL, "public-url", "URL", "where desks and customers reach it, such as https://office.example")
	f.text(&c.name, "name", "NAME", "the name that desks and customers see")
	f.text(&c.certFile, "tls-cert", "FILE", "the certificate with its chain, in PEM; read anew when it changes")
	f.text(&c.keyFile, "tls-key", "FILE", "the certificate's private key, in PEM")
	f.texts(&c.domains, "acme-domain", "NAME", "a name to get a certificate for by ACME, instead of files")
	f.text(&c.acmeEmail, "acme-email", "EMAIL", "where the certificate authority may write to")
	f.text(&c.acmeDirectory, "acme-directory", "URL", "the certificate authority, if not Let's Encrypt")
	f.text(&c.httpAddr, "http-addr", "HOST:PORT", "where to send plain http on to https, such as :80")
	f.texts(&c.proxies, "trusted-proxy", "CIDR", "a reverse proxy that may say in X-Forwarded-For whose request it hands on")
	f.text(&c.smtp, "smtp", "URL", "the mail server, such as smtp://user@mail.example:587 (STARTTLS) or smtps://…:465; "+
		"without one, mails become files in DIR/mail")
	f.text(&c.smtpPasswordFile, "smtp-password-file", "FILE", "the file with the mail server's password, if it is not in "+smtpPassword)
	f.text(&c.smtpFrom, "smtp-from", "EMAIL", "the address that mails are sent from, if not the user's")
	f.text(&c.smtpFromName, "smtp-from-name", "NAME", "the sender's name, if not the partner's")
	f.text(&c.metricsAddr, "metrics-addr", "HOST:PORT", "where to serve metrics for Prometheus, such as 127.0.0.1:9360")
	f.yes(&c.metricsAnywhere, "metrics-anywhere", "let other machines reach --metrics-addr")
	f.text(&c.logFormat, "log-format", "FORMAT", "text or json")
	f.text(&c.logLevel, "log-level", "LEVEL", "debug (every request), info, warn or error")
}

// settings are a configuration that was found to be right.
type settings struct {
	dir, name   string
	addr        string
	public      string // empty: the address that is listened on, on this machine
	listening   string // that address, once it is known
	proxies     []netip.Prefix
	proxiesOnly bool // others would come over plain http
	smtp        *mail.SMTP
	httpAddr    string // empty: none
	metricsAddr string // empty: none
	log         *slog.Logger

	tls      *tls.Config                     // nil: plain http
	prepare  func()                          // looks after the certificates as serving begins; may be nil
	reload   func()                          // reads certificates anew; nil: there is nothing to read
	answered func(http.Handler) http.Handler // answers the certificate authority over plain http; may be nil
}

// check returns the settings, or a usageError that names the first flag that
// is wrong.
func (c *config) check(f *flags, p *program) (*settings, error) {
	s := &settings{addr: c.addr, name: strings.TrimSpace(c.name), httpAddr: c.httpAddr, metricsAddr: c.metricsAddr}
	var err error
	if s.dir, err = dataDir(f, c.dir); err != nil {
		return nil, err
	}
	if s.log, err = newLog(f, p.err, c.logFormat, c.logLevel); err != nil {
		return nil, err
	}
	if utf8.RuneCountInString(s.name) > customer.MaxName || s.name == "" || strings.ContainsFunc(s.name, unicode.IsControl) {
		return nil, f.wrong("name", "must be a name of at most 100 characters.")
	}
	for _, check := range []func(*flags, *settings) error{c.checkProxies, c.checkCertificate, c.checkAddresses, c.checkMetrics} {
		if err := check(f, s); err != nil {
			return nil, err
		}
	}
	return s, c.checkMail(f, p, s)
}

func (c *config) checkMetrics(f *flags, _ *settings) error {
	if c.metricsAddr == "" {
		if c.metricsAnywhere {
			return f.need("metrics-addr", "--metrics-anywhere says who may reach it.")
		}
		return nil
	}
	host, err := splitAddress(f, "metrics-addr", c.metricsAddr)
	if err == nil && !onLoopback(host) && !c.metricsAnywhere {
		err = f.wrong("metrics-addr", "is reached by other machines; listen on 127.0.0.1, or say that this is meant with --metrics-anywhere.")
	}
	return err
}
