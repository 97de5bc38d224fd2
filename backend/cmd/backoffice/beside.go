package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"time"
)

// serveBeside serves what is small and quickly answered until ctx ends. It
// closes l.
func serveBeside(ctx context.Context, l net.Listener, h http.Handler) error {
	s := &http.Server{
		Handler: h, ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: time.Minute,
		MaxHeaderBytes: 8 << 10, ErrorLog: log.New(io.Discard, "", 0), // it would name clients' addresses
	}
	failed := make(chan error, 1)
	go func() { failed <- s.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve on %s: %w", l.Addr(), err)
	case <-ctx.Done():
		err := s.Close() // what it was answering can be asked again
		if ended := <-failed; !errors.Is(ended, http.ErrServerClosed) {
			err = errors.Join(err, ended)
		}
		return err
	}
}

// plainHTTP sends browsers on to the public address, and never to another. A
// program that posts in clear is told so, and not sent on with its secret.
func (s *settings) plainHTTP() http.Handler {
	var h http.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.Error(w, "Use the https address of this Back Office.", http.StatusForbidden)
			return
		}
		path := r.URL.RequestURI()
		if !strings.HasPrefix(path, "/") {
			path = "/"
		}
		http.Redirect(w, r, s.url()+path, http.StatusMovedPermanently)
	})
	if s.answered != nil {
		h = s.answered(h)
	}
	return h
}
