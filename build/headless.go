package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// gatePort is where the window's content is served when nothing else is there.
const gatePort = 34115

// runWithoutDisplay runs the app on a virtual display and serves the content of
// its window to a browser on this machine.
func runWithoutDisplay(ctx context.Context, p *project, args []string) error {
	say("there is no display: Partner Desk will run on a virtual one, and you use it in a browser")
	if err := setUp(ctx, p, runHeadless); err != nil {
		return err
	}
	program, err := buildDevDesk(ctx, p)
	if err != nil {
		return err
	}
	s, err := startDisplay(ctx, io.Discard)
	if err != nil {
		return err
	}
	defer s.close()
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		if err := s.startBus(ctx, io.Discard, "--session"); err != nil {
			return err
		}
	}
	if err := s.tellLinks(ctx, os.Stdout); err != nil {
		return err
	}
	inner, err := freeAddress()
	if err != nil {
		return err
	}
	cmd := exec.Command(program, args...)
	cmd.Dir = p.root
	cmd.Env = append(append(os.Environ(), s.env...), devEnv(p, inner)...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	desk, err := s.programs.start(cmd)
	if err != nil {
		return err
	}
	if err := waitForServer(ctx, "http://"+inner, desk); err != nil {
		return err
	}
	closeGate, err := openGate(inner)
	if err != nil {
		return err
	}
	defer closeGate()
	err = ended(ctx, desk)
	say("ending Partner Desk")
	desk.stop(15 * time.Second)
	return err
}

// devEnv tells a dev build where its window's files are and where to serve them.
func devEnv(p *project, address string) []string {
	return []string{"assetdir=" + p.frontend("dist"), "devserver=" + address, "loglevel=Warning"}
}

// openGate serves the window behind a key on a known port and says where.
func openGate(inner string) (closeGate func(), err error) {
	listener, err := listenNear(gatePort)
	if err != nil {
		return nil, err
	}
	gate, err := newGate(listener.Addr().String(), inner)
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: gate, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			fmt.Fprintln(os.Stderr, "serving the window ended:", err)
		}
	}()
	fmt.Printf("\nPartner Desk is open. Use it in a browser on this machine:\n\n  %s\n\n"+
		"Links that the app opens (log in as, mail) appear here. Ctrl-C ends it.\n\n", gate.URL())
	return func() { _ = server.Close() }, nil
}

// freeAddress is a loopback address that nobody listens on now.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a free port: %w", err)
	}
	return l.Addr().String(), l.Close()
}

// listenNear listens on the port or the first free one of the next hundred.
func listenNear(port int) (net.Listener, error) {
	for p := port; p < port+100; p++ {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", p))
		if err == nil {
			return l, nil
		}
		if !errors.Is(err, syscall.EADDRINUSE) {
			return nil, err
		}
	}
	return nil, fmt.Errorf("no port is free from %d to %d", port, port+99)
}

// waitForServer returns when the app answers, and fails when it ended instead.
func waitForServer(ctx context.Context, base string, desk *child) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	target := (&url.URL{Scheme: "http", Host: base[len("http://"):], Path: "/"}).String()
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
		if err != nil {
			return err
		}
		if res, err := http.DefaultClient.Do(req); err == nil {
			_ = res.Body.Close()
			return nil
		}
		select {
		case <-desk.done:
			return fmt.Errorf("the app ended before its window was there: %w", errors.Join(errEnded, desk.err))
		case <-ctx.Done():
			return fmt.Errorf("the app does not answer: %w", ctx.Err())
		case <-time.After(100 * time.Millisecond):
		}
	}
}
