package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"
)

const aboutHealth = `
It ends with exit code 0 when the Back Office that listens on --addr on this machine can
serve. Give it the flags or the environment of serve.`

func healthCommand(f *flags) action {
	c := config{addr: defaultAddr}
	f.text(&c.addr, "addr", "HOST:PORT", "where it listens")
	f.text(&c.publicURL, "public-url", "URL", "where desks and customers reach it")
	f.text(&c.certFile, "tls-cert", "FILE", "says that it has a certificate")
	f.texts(&c.domains, "acme-domain", "NAME", "says that it has a certificate")
	return func(ctx context.Context, p *program) error {
		if _, err := splitAddress(f, "addr", c.addr); err != nil {
			return err
		}
		secure := c.certFile != "" || len(c.domains) > 0
		public, err := c.checkPublicURL(f, secure)
		if err != nil {
			return err
		}
		if err := askHealth(ctx, c.addr, public, secure); err != nil {
			return err
		}
		return p.say("It can serve.\n")
	}
}

// askHealth asks the server on this machine. Whether its certificate is good
// is not for a liveness check to say: restarting would not mend it.
func askHealth(ctx context.Context, addr, publicURL string, secure bool) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	near := reach(addr)
	scheme, host := "http", near
	if secure {
		scheme = "https"
	}
	if u, err := url.Parse(publicURL); err == nil && u.Host != "" {
		host = u.Host
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, scheme+"://"+near+"/healthz", nil)
	if err != nil {
		return fmt.Errorf("ask %s: %w", near, err)
	}
	req.Host = host
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	hc := &http.Client{Transport: &http.Transport{
		TLSClientConfig:   &tls.Config{ServerName: name, InsecureSkipVerify: true}, //nolint:gosec // no secret is sent, and none believed
		DisableKeepAlives: true,
	}}
	resp, err := hc.Do(req)
	if err != nil {
		return fmt.Errorf("no answer: %w", err)
	}
	if err := resp.Body.Close(); err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	if resp.StatusCode != http.StatusOK {
		return errors.New("it can't serve: it answered " + resp.Status)
	}
	return nil
}

// reach is where to find on this machine what listens on an address.
func reach(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return addr
	}
	ip, err := netip.ParseAddr(host)
	switch {
	case host == "" || (err == nil && ip.Is4() && ip.IsUnspecified()):
		host = "127.0.0.1"
	case err == nil && ip.IsUnspecified():
		host = "::1"
	}
	return net.JoinHostPort(host, port)
}
