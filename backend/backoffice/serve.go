package backoffice

import (
	"context"
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
// are under way finish; waiting ones end at once, and those that take longer
// than ten seconds are cut off. It closes l. It returns nil after ctx ended. A
// Back Office is served once.
func (b *BackOffice) Serve(ctx context.Context, l net.Listener) error {
	return b.serve(ctx, l, b.httpServer(), 10*time.Second)
}

func (b *BackOffice) httpServer() *http.Server {
	return &http.Server{
		Handler:           b.handler,
		ReadHeaderTimeout: 10 * time.Second,
		// Bodies too that nobody reads. A request that is still waited for then
		// would break off: a long poll takes up to 30 seconds.
		ReadTimeout:    2 * time.Minute,
		WriteTimeout:   2 * time.Minute, // counts from the request's beginning, too
		IdleTimeout:    2 * time.Minute,
		MaxHeaderBytes: 32 << 10,
		ErrorLog:       log.New(nameless{b.options.Logger}, "", 0),
	}
}

func (b *BackOffice) serve(ctx context.Context, l net.Listener, s *http.Server, grace time.Duration) error {
	failed := make(chan error, 1)
	go func() { failed <- s.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	b.endWaiting()
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if err := s.Shutdown(patience); err != nil {
		b.options.Logger.WarnContext(ctx, "stopped before every request was answered", "error", err)
		if err := s.Close(); err != nil {
			b.options.Logger.WarnContext(ctx, "close connections", "error", err)
		}
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
