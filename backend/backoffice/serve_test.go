package backoffice

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"partnerdesk/backend/backoffice/client"
)

// TestNoConnectionIsHeldByABodyThatDoesNotCome, and a long poll ends by itself
// before that: with all times a thirtieth of what they are.
func TestNoConnectionIsHeldByABodyThatDoesNotCome(t *testing.T) {
	t.Parallel()
	b, err := Open(t.Context(), Options{DataDir: t.TempDir(), Throwaway: true, PublicURL: func() string { return "http://127.0.0.1" }})
	if err != nil {
		t.Fatal(err)
	}
	const username, secret = "ada@agency.example", "correct horse battery"
	if _, err := b.CreatePartner(t.Context(), username, "Agency", secret); err != nil {
		t.Fatal(err)
	}
	s := b.httpServer()
	s.ReadTimeout, s.WriteTimeout = s.ReadTimeout/30, s.WriteTimeout/30
	address, stop := serveIt(t, b, s, time.Minute)

	c, err := client.New("http://"+address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.SignIn(t.Context(), username, secret); err != nil {
		t.Fatal(err)
	}
	closed := make(chan error)
	unsent := []string{"GET /login", "GET /nowhere", "POST /healthz", "GET /healthz", "DELETE /api/v1/session", "GET /api/v1/nowhere"}
	for _, request := range unsent {
		go func() { closed <- holdBody(address, request) }()
	}
	page, err := c.Changes(t.Context(), "", 0, 0)
	if err == nil {
		_, err = c.Changes(t.Context(), page.Next, 0, time.Second)
	}
	if err != nil {
		t.Errorf("a long poll: %v", err)
	}
	for range unsent {
		if err := <-closed; err != nil {
			t.Error(err)
		}
	}
	if err := errors.Join(stop(), b.Close()); err != nil {
		t.Error(err)
	}
}

// holdBody says that a body follows, sends none, and waits for the connection
// to be closed.
func holdBody(address, request string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	if err := conn.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(conn, "%s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\n", request); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, conn); errors.Is(err, os.ErrDeadlineExceeded) {
		return fmt.Errorf("%s: the connection stays", request)
	}
	return nil // closed, or reset
}

// serveIt serves until stop is called, which returns what Serve does.
func serveIt(t *testing.T, b *BackOffice, s *http.Server, grace time.Duration) (address string, stop func() error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- b.serve(ctx, l, s, grace) }()
	return l.Addr().String(), func() error {
		cancel()
		return <-served
	}
}

// TestStoppingLetsARequestFinish, for as long as there is patience.
func TestStoppingLetsARequestFinish(t *testing.T) {
	t.Parallel()
	for _, patient := range []bool{true, false} {
		var log bytes.Buffer
		begun, goOn := make(chan struct{}), make(chan struct{})
		b := &BackOffice{options: Options{Logger: slog.New(slog.NewTextHandler(&log, nil))}, stopping: make(chan struct{})}
		b.handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			close(begun)
			<-goOn
			_, _ = io.WriteString(w, "done")
		})
		grace := time.Minute
		if !patient {
			grace = time.Millisecond
		}
		address, stop := serveIt(t, b, b.httpServer(), grace)
		answer := make(chan string, 1)
		go func() {
			conn, err := net.Dial("tcp", address)
			if err != nil {
				answer <- err.Error()
				return
			}
			defer func() { _ = conn.Close() }()
			_, _ = io.WriteString(conn, "GET / HTTP/1.0\r\n\r\n")
			all, _ := io.ReadAll(bufio.NewReader(conn))
			answer <- string(all)
		}()
		<-begun
		if patient {
			go func() {
				<-b.stopping // it was told to stop
				close(goOn)
			}()
		}
		if err := stop(); err != nil {
			t.Errorf("stopping: %v", err)
		}
		if !patient {
			close(goOn)
		}
		if got := <-answer; strings.HasSuffix(got, "done") != patient {
			t.Errorf("answered %q", got)
		}
		if warned := strings.Contains(log.String(), "level=WARN"); warned == patient {
			t.Errorf("logged %q", log.String())
		}
	}
}
