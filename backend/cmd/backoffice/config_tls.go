package main

import (
	"crypto/tls"
	"net"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"partnerdesk/backend/customer"
)

// protocols are what a connection may speak; the first is preferred.
var protocols = []string{"h2", "http/1.1"}

// checkCertificate reads where the certificate comes from, and loads it when
// it comes from files. Without either, s.tls stays nil.
func (c *config) checkCertificate(f *flags, s *settings) error {
	switch {
	case len(c.domains) > 0 && c.certFile+c.keyFile != "":
		return f.wrong("acme-domain", "and --tls-cert both give a certificate; give one of them.")
	case len(c.domains) > 0:
		return c.checkACME(f, s)
	case f.given("acme-email") || f.given("acme-directory"):
		return f.need("acme-domain", "the name to get a certificate for.")
	case c.certFile == "" && c.keyFile == "":
		return nil
	case c.certFile == "":
		return f.need("tls-cert", "--tls-key is the key of a certificate.")
	case c.keyFile == "":
		return f.need("tls-key", "--tls-cert is nothing without its key.")
	}
	files := &certificates{certFile: c.certFile, keyFile: c.keyFile, log: s.log}
	if err := files.load(); err != nil {
		return f.wrong("tls-cert", "and --tls-key can't be used: "+err.Error()+".")
	}
	s.tls = &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: protocols, GetCertificate: files.get}
	s.prepare, s.reload = func() { files.warn(publicHost(c.publicURL)) }, files.again
	return nil
}

func publicHost(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

func (c *config) checkACME(f *flags, s *settings) error {
	for i, name := range c.domains {
		name = strings.ToLower(name)
		if c.domains[i] = name; net.ParseIP(name) != nil || !strings.Contains(strings.Trim(name, "."), ".") || strings.ContainsAny(name, "/:*@ ") {
			return f.wrong("acme-domain", "must be a full name, such as office.example.")
		}
	}
	if host := publicHost(c.publicURL); !slices.Contains(c.domains, host) {
		return f.wrong("acme-domain", "must name the host of --public-url, since that is what desks and customers ask for.")
	}
	if c.acmeEmail != "" && customer.CheckUsername(c.acmeEmail) != nil {
		return f.wrong("acme-email", "must be an email address, such as info@agency.example.")
	}
	if c.acmeDirectory != "" {
		if u, err := url.Parse(c.acmeDirectory); err != nil || u.Scheme != "https" || u.Host == "" {
			return f.wrong("acme-directory", "must be the https address of the certificate authority's directory.")
		}
	}
	a := newAuthority(filepath.Join(s.dir, "acme"), c.domains, c.acmeEmail, c.acmeDirectory, s.log)
	s.tls, s.prepare, s.answered = a.tls(), a.prepare, a.answer
	return nil
}
