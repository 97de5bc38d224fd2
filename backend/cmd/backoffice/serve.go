package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"

	"partnerdesk/backend/backoffice"
)

const aboutServe = `
It listens on --addr and serves the desks and the customers' pages there, until
it is told to stop (SIGTERM or Ctrl-C). It says on standard error where it listens.

Plain http is served on this machine only. For others, give a certificate, or
put a proxy that speaks https before it.`

func serveCommand(f *flags) action {
	var c config
	c.declare(f)
	return func(ctx context.Context, p *program) error {
		s, err := c.check(f, p)
		if err != nil {
			return err
		}
		return s.serve(ctx)
	}
}

// serve opens the Back Office and serves it until ctx ends.
func (s *settings) serve(ctx context.Context) (err error) {
	unlock, err := lockToServe(ctx, s.dir)
	if err != nil {
		return err
	}
	defer unlock()
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", s.addr)
	if err != nil {
		return fmt.Errorf("can't listen on %s: %w", s.addr, err)
	}
	s.listening = l.Addr().String()
	office, err := backoffice.Open(ctx, backoffice.Options{
		DataDir: s.dir, Name: s.name, Version: version, PublicURL: s.url, Hosts: s.hosts, Logger: s.log,
	})
	if err != nil {
		return errors.Join(err, l.Close())
	}
	defer func() { err = errors.Join(err, office.Close()) }()

	work, stop := context.WithCancel(ctx)
	var working sync.WaitGroup
	working.Go(func() { office.Run(work) })
	defer working.Wait()
	defer stop()
	s.log.Info("serving", "address", s.listening, "url", s.url(), "data", s.dir, "version", version)
	if err := office.Serve(ctx, l); err != nil {
		return err
	}
	s.log.Info("stopped", slog.String("data", s.dir))
	return nil
}
