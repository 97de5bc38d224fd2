package backoffice

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Serve serves the handler on l until ctx ends, and then lets the requests that
// are under way finish; waiting ones end at once. It closes l. It returns nil
// after ctx ended. A Back Office is served once.
func (b *BackOffice) Serve(ctx context.Context, l net.Listener) error {
	s := &http.Server{
		Handler:           b.handler,
		ReadHeaderTimeout: 10 * time.Second,
		WriteTimeout:      2 * time.Minute, // a long poll takes up to 30 seconds before it writes
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(b.options.Logger.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- s.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	b.endWaiting()
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := s.Shutdown(grace); err != nil {
		return errors.Join(fmt.Errorf("stop serving: %w", err), s.Close())
	}
	return nil
}
