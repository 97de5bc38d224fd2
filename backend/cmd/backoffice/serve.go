package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"

	"golang.org/x/sync/errgroup"

	"partnerdesk/backend/backoffice"
	"partnerdesk/backend/backoffice/metrics"
)

const aboutServe = `
It listens on --addr for desks and customers until it is told to stop (SIGTERM or
Ctrl-C), and says on standard error where.

Plain http is for this machine only. Others reach it by a certificate (--tls-cert and
--tls-key, or --acme-domain, which accepts the authority's terms for you and needs
port 443, or port 80 with --http-addr), or by a proxy that speaks https
(--trusted-proxy). SIGHUP reads the certificate files anew.

The mail server's password is in the variable BACKOFFICE_SMTP_PASSWORD or a file.`

func serveCommand(f *flags) action {
	var c config
	c.declare(f)
	return func(ctx context.Context, p *program) error {
		s, err := c.check(f, p)
		if err != nil {
			return err
		}
		return s.serve(ctx, notifier(p.env))
	}
}

// serve opens the Back Office and serves it until ctx ends; then requests and
// the mail that are under way are finished.
func (s *settings) serve(ctx context.Context, notify func(state string)) (err error) {
	asked := hangUps()
	unlock, err := lockToServe(ctx, s.dir)
	if err != nil {
		return err
	}
	defer unlock()
	l, err := s.listen(ctx)
	if err != nil {
		return err
	}
	counted := metrics.New(version)
	office, err := backoffice.Open(ctx, s.options(counted))
	if err != nil {
		return errors.Join(err, l.close())
	}
	defer func() { err = errors.Join(err, office.Close()) }()
	office.SetSMTP(s.smtp)

	// The queue goes on until the last request is answered, which may send mail.
	working, stop := context.WithCancel(context.WithoutCancel(ctx))
	var work sync.WaitGroup
	defer work.Wait()
	defer stop()
	work.Go(func() { office.Run(working) })
	work.Go(func() { s.reloads(working, asked) })
	plain := s.plainHTTP() // before prepare, which may need it
	if s.prepare != nil {
		go s.prepare() // may take minutes, and nothing depends on it
	}
	s.log.Info("serving", "address", s.listening, "url", s.url(), "data", s.dir, "version", version)
	notify("READY=1")
	defer context.AfterFunc(ctx, func() { notify("STOPPING=1") })()
	servers, ctx := errgroup.WithContext(ctx)
	servers.Go(func() error { return office.Serve(ctx, l.main) })
	if l.http != nil {
		servers.Go(func() error { return serveBeside(ctx, l.http, plain) })
	}
	if l.metrics != nil {
		servers.Go(func() error { return serveBeside(ctx, l.metrics, metricsOnly(counted.Handler(office.Figures))) })
	}
	if err := servers.Wait(); err != nil {
		return err
	}
	s.log.Info("stopped")
	return nil
}

func (s *settings) options(m backoffice.Meter) backoffice.Options {
	return backoffice.Options{
		DataDir: s.dir, Name: s.name, Version: version, PublicURL: s.url, Hosts: s.hosts, Logger: s.log,
		Proxies: s.proxies, ProxiesOnly: s.proxiesOnly, Meter: m,
	}
}

// listeners are the open ports; http and metrics may be nil.
type listeners struct{ main, http, metrics net.Listener }

func (l listeners) close() error {
	var errs []error
	for _, one := range []net.Listener{l.main, l.http, l.metrics} {
		if one != nil {
			errs = append(errs, one.Close())
		}
	}
	return errors.Join(errs...)
}

// listen opens every port, or none.
func (s *settings) listen(ctx context.Context) (l listeners, err error) {
	defer func() {
		if err != nil {
			err = errors.Join(err, l.close())
		}
	}()
	if l.main, err = listenOn(ctx, s.addr); err != nil {
		return l, err
	}
	s.listening = l.main.Addr().String()
	if s.tls != nil {
		l.main = tls.NewListener(l.main, s.tls)
	}
	if s.httpAddr != "" {
		if l.http, err = listenOn(ctx, s.httpAddr); err != nil {
			return l, err
		}
		s.log.Info("sending plain http on to https", "address", l.http.Addr().String())
	}
	if s.metricsAddr != "" {
		if l.metrics, err = listenOn(ctx, s.metricsAddr); err != nil {
			return l, err
		}
		s.log.Info("serving metrics", "address", l.metrics.Addr().String())
	}
	return l, nil
}

func listenOn(ctx context.Context, address string) (net.Listener, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("can't listen on %s: %w", address, err)
	}
	return l, nil
}

func metricsOnly(h http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", h)
	return mux
}
