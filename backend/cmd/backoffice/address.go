package main

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

const defaultAddr = "127.0.0.1:7360"

// splitAddress checks a HOST:PORT to listen on and returns its host.
func splitAddress(f *flags, name, address string) (host string, err error) {
	host, port, err := net.SplitHostPort(address)
	if n, portErr := strconv.Atoi(port); err != nil || portErr != nil || n < 0 || n > 65535 {
		return "", f.wrong(name, "must be an address and a port, such as "+defaultAddr+".")
	}
	return host, nil
}

// onLoopback tells whether only this machine reaches what listens on host.
func onLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// checkAddresses sees to it that nothing personal travels in clear: https by
// our own certificate, or by a proxy that is named, or this machine alone.
func (c *config) checkAddresses(f *flags, s *settings) error {
	host, err := splitAddress(f, "addr", c.addr)
	if err != nil {
		return err
	}
	if s.public, err = c.checkPublicURL(f, s.tls != nil); err != nil {
		return err
	}
	switch {
	case s.tls == nil && !onLoopback(host) && len(s.proxies) == 0:
		return f.wrong("addr", "is reached by other machines, and plain http is for this machine only: give --tls-cert and --tls-key, "+
			"--acme-domain, or --trusted-proxy for a proxy that speaks https.")
	case s.public == "" && (!onLoopback(host) || len(s.proxies) > 0):
		return f.need("public-url", "where desks and customers reach this Back Office, such as https://office.example.")
	case s.tls == nil && strings.HasPrefix(s.public, "https:") && len(s.proxies) == 0:
		return f.wrong("public-url", "begins with https://, but nothing here speaks it: give --tls-cert and --tls-key, --acme-domain, "+
			"or --trusted-proxy for a proxy that does.")
	}
	s.proxiesOnly = s.tls == nil && !onLoopback(host)
	if c.httpAddr == "" {
		return nil
	}
	if s.tls == nil {
		return f.wrong("http-addr", "sends on to https, which needs --tls-cert and --tls-key, or --acme-domain.")
	}
	_, err = splitAddress(f, "http-addr", c.httpAddr)
	return err
}

// checkPublicURL returns the address as browsers send it: without a slash at
// its end, and without a port that goes without saying.
func (c *config) checkPublicURL(f *flags, secure bool) (string, error) {
	if c.publicURL == "" {
		return "", nil
	}
	u, err := url.Parse(c.publicURL)
	switch {
	case err != nil || u.Hostname() == "" || (u.Scheme != "http" && u.Scheme != "https"):
		return "", f.wrong("public-url", "must be an address such as https://office.example.")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "" || strings.Trim(u.Path, "/") != "":
		return "", f.wrong("public-url", "must be a host alone, such as https://office.example, without a path or more.")
	case u.Scheme == "http" && (secure || !onLoopback(u.Hostname())):
		return "", f.wrong("public-url", "must begin with https://; plain http is for this machine only.")
	}
	usual := map[string]string{"http": ":80", "https": ":443"}[u.Scheme]
	return u.Scheme + "://" + strings.TrimSuffix(strings.ToLower(u.Host), usual), nil
}

// checkProxies reads the networks that --trusted-proxy names.
func (c *config) checkProxies(f *flags, s *settings) error {
	for _, text := range c.proxies {
		network, err := netip.ParsePrefix(text)
		if ip, ipErr := netip.ParseAddr(text); ipErr == nil {
			network, err = netip.PrefixFrom(ip, ip.BitLen()), nil
		}
		switch {
		case err != nil:
			return f.wrong("trusted-proxy", "must be the address or the network of a proxy, such as 127.0.0.1 or 10.0.0.0/8.")
		case network.Bits() == 0:
			return f.wrong("trusted-proxy", "names everybody; name the proxy alone.")
		}
		s.proxies = append(s.proxies, network.Masked())
	}
	return nil
}

// url is where desks and customers reach the Back Office.
func (s *settings) url() string {
	switch {
	case s.public != "":
		return s.public
	case s.tls != nil:
		return "https://" + s.listening
	}
	return "http://" + s.listening
}

// hosts are the names it may be addressed by (DESIGN, section 11).
func (s *settings) hosts() []string {
	var all []string
	if u, err := url.Parse(s.url()); err == nil {
		all = append(all, u.Host)
	}
	if host, port, err := net.SplitHostPort(s.listening); err == nil && (onLoopback(host) || s.proxiesOnly) {
		all = append(all, "127.0.0.1:"+port, "localhost:"+port, "[::1]:"+port)
	}
	return all
}
