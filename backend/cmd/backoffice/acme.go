package main

import (
	"crypto/tls"
	"log/slog"
	"net/http"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
)

// authority gets certificates by ACME and renews them.
type authority struct {
	manager *autocert.Manager
	domains []string
	log     *slog.Logger
}

// newAuthority keeps keys and certificates in dir, readable by the user alone.
// An empty directory is Let's Encrypt.
func newAuthority(dir string, domains []string, email, directory string, log *slog.Logger) *authority {
	return &authority{
		manager: &autocert.Manager{
			Prompt:     autocert.AcceptTOS, // said in the help of --acme-domain
			Cache:      autocert.DirCache(dir),
			HostPolicy: autocert.HostWhitelist(domains...),
			Client:     &acme.Client{DirectoryURL: directory, UserAgent: "partner-desk-backoffice/" + version},
			Email:      email,
		},
		domains: domains, log: log,
	}
}

// tls also answers the authority's question by TLS-ALPN-01, which it asks at
// port 443.
func (a *authority) tls() *tls.Config {
	c := a.manager.TLSConfig()
	c.MinVersion = tls.VersionTLS12
	return c
}

// answer answers the authority's question by HTTP-01, which it asks at port
// 80, and leaves the other requests to next.
func (a *authority) answer(next http.Handler) http.Handler { return a.manager.HTTPHandler(next) }

// prepare gets the certificates now, so that the log tells at the start
// whether that works, and not the first visitor's browser.
func (a *authority) prepare() {
	for _, name := range a.domains {
		_, err := a.manager.GetCertificate(&tls.ClientHelloInfo{
			ServerName:       name,
			SignatureSchemes: []tls.SignatureScheme{tls.ECDSAWithP256AndSHA256},
			CipherSuites:     []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256},
		})
		if err != nil {
			a.log.Error("no certificate yet; it is asked for again when somebody connects", "domain", name, "error", err)
			continue
		}
		a.log.Info("certificate ready", "domain", name)
	}
}
