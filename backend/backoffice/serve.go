package backoffice

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"strings"
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
		ErrorLog:          log.New(nameless{b.options.Logger}, "", 0),
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

// nameless logs what net/http has to say, such as a handshake that failed,
// without the clients' addresses, which are personal.
type nameless struct{ log *slog.Logger }

var ipAddress = regexp.MustCompile(`\d{1,3}(\.\d{1,3}){3}(:\d+)?|\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%\w+)?\](:\d+)?`)

func (n nameless) Write(line []byte) (int, error) {
	n.log.Info("http server", "message", ipAddress.ReplaceAllString(strings.TrimSpace(string(line)), "…"))
	return len(line), nil
}
