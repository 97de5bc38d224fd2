package main

import (
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"

	"log/slog"
)

// config is what the operator said, as it was said.
type config struct {
	dir, addr, publicURL, name string
	logFormat, logLevel        string
}

func (c *config) declare(f *flags) {
	c.addr, c.name, c.logFormat, c.logLevel = "127.0.0.1:7360", "Back Office", "text", "info"
	f.text(&c.dir, "data", "DIR", "the folder that holds all data; made when it is missing")
	f.text(&c.addr, "addr", "HOST:PORT", "where to listen; port 0 takes a free one")
	f.text(&c.publicURL, "public-url", "URL", "where desks and customers reach it, such as https://office.example")
	f.text(&c.name, "name", "NAME", "the name that desks and customers see")
	f.text(&c.logFormat, "log-format", "FORMAT", "text or json")
	f.text(&c.logLevel, "log-level", "LEVEL", "debug (every request), info, warn or error")
}

// settings are a configuration that was found to be right.
type settings struct {
	dir, addr, name string
	public          string // empty: http at the address that is listened on
	listening       string // the address, once it is known
	log             *slog.Logger
}

// check returns the settings, or a usageError that names the first flag that
// is wrong.
func (c *config) check(f *flags, p *program) (*settings, error) {
	s := &settings{addr: c.addr, name: strings.TrimSpace(c.name)}
	var err error
	if s.dir, err = dataDir(f, c.dir); err != nil {
		return nil, err
	}
	if s.log, err = newLog(f, p.err, c.logFormat, c.logLevel); err != nil {
		return nil, err
	}
	host, err := splitAddress(f, "addr", c.addr)
	if err != nil {
		return nil, err
	}
	if s.public, err = c.checkPublicURL(f); err != nil {
		return nil, err
	}
	if !onLoopback(host) {
		return nil, f.wrong("addr", "is reached by other machines, and plain http is served on this machine only. "+
			"Listen on 127.0.0.1 and put a proxy that speaks https before it.")
	}
	if s.name == "" || len(s.name) > 100 {
		return nil, f.wrong("name", "must be a name of at most 100 characters.")
	}
	return s, nil
}

// dataDir returns the absolute path of the folder that --data names.
func dataDir(f *flags, dir string) (string, error) {
	if dir == "" {
		return "", f.need("data", "the folder that holds the Back Office's data, such as /var/lib/backoffice.")
	}
	path, err := filepath.Abs(dir)
	if err != nil {
		return "", f.wrong("data", "names a folder that can't be found: "+err.Error()+".")
	}
	return path, nil
}

// splitAddress checks a HOST:PORT to listen on and returns its host.
func splitAddress(f *flags, name, address string) (host string, err error) {
	host, port, err := net.SplitHostPort(address)
	if n, portErr := strconv.Atoi(port); err != nil || portErr != nil || n < 0 || n > 65535 {
		return "", f.wrong(name, "must be an address and a port, such as 127.0.0.1:7360.")
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

// checkPublicURL returns the address without a slash at its end.
func (c *config) checkPublicURL(f *flags) (string, error) {
	if c.publicURL == "" {
		return "", nil
	}
	u, err := url.Parse(c.publicURL)
	switch {
	case err != nil || u.Hostname() == "" || (u.Scheme != "http" && u.Scheme != "https"):
		return "", f.wrong("public-url", "must be an address such as https://office.example.")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "" || strings.Trim(u.Path, "/") != "":
		return "", f.wrong("public-url", "must be a host alone, such as https://office.example, without a path or more.")
	case u.Scheme == "http" && !onLoopback(u.Hostname()):
		return "", f.wrong("public-url", "must begin with https://; plain http is for this machine only.")
	}
	return u.Scheme + "://" + strings.ToLower(u.Host), nil
}

// url is where desks and customers reach the Back Office.
func (s *settings) url() string {
	if s.public != "" {
		return s.public
	}
	return "http://" + s.listening
}

// hosts are the names it may be addressed by (DESIGN, section 11).
func (s *settings) hosts() []string {
	var all []string
	if u, err := url.Parse(s.url()); err == nil {
		all = append(all, u.Host)
	}
	if host, port, err := net.SplitHostPort(s.listening); err == nil && onLoopback(host) {
		all = append(all, "127.0.0.1:"+port, "localhost:"+port, "[::1]:"+port)
	}
	return all
}
