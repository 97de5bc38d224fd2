package main

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
)

// certificates gives out the certificate in two files, and reads them anew
// when they change. While they can't be used, the last good one goes on.
type certificates struct {
	certFile, keyFile string
	log               *slog.Logger

	mu      sync.Mutex
	current *tls.Certificate
	seen    [2]os.FileInfo // the files as they were last read
}

// load reads both files.
func (c *certificates) load() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.read()
}

func (c *certificates) read() error {
	c.seen = c.look()
	pair, err := tls.LoadX509KeyPair(c.certFile, c.keyFile)
	if err != nil {
		return fmt.Errorf("load the certificate: %w", err)
	}
	c.current = &pair
	return nil
}

// look returns how the files are now; nil for one that can't be found.
func (c *certificates) look() (now [2]os.FileInfo) {
	for i, name := range []string{c.certFile, c.keyFile} {
		if info, err := os.Stat(name); err == nil {
			now[i] = info
		}
	}
	return now
}

// get is for tls.Config.
func (c *certificates) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := c.look(); !same(now[0], c.seen[0]) || !same(now[1], c.seen[1]) {
		c.renew()
	}
	return c.current, nil
}

// again reads the files whether they look changed or not.
func (c *certificates) again() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.renew()
}

func (c *certificates) renew() {
	if err := c.read(); err != nil {
		c.log.Error("the certificate could not be read anew; the last one stays in use", "error", err)
		return
	}
	c.log.Info("the certificate was read anew", "valid_until", c.current.Leaf.NotAfter)
}

// warn says when the certificate is not for the host that is asked for.
func (c *certificates) warn(host string) {
	if host == "" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.current.Leaf.VerifyHostname(host); err != nil {
		c.log.Warn("the certificate is not for the host of --public-url", "error", err)
	}
}

func same(a, b os.FileInfo) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}
