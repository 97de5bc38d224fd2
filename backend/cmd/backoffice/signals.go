package main

import (
	"context"
	"net"
	"os"
	"os/signal"
	"syscall"
)

// hangUps gets each SIGHUP from now on. Without it the first one, which may
// come while the data is being opened, would end the program.
func hangUps() chan os.Signal {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGHUP)
	return asked
}

// reloads reads the certificate anew each time that is asked, until ctx ends.
func (s *settings) reloads(ctx context.Context, asked chan os.Signal) {
	defer signal.Stop(asked)
	for {
		select {
		case <-ctx.Done():
			return
		case <-asked:
			if s.reload != nil {
				s.reload()
			}
		}
	}
}

// notifier tells systemd how the service stands, when that has asked for it
// (sd_notify); otherwise it does nothing.
func notifier(env func(string) (string, bool)) func(state string) {
	return func(state string) {
		socket, found := env("NOTIFY_SOCKET")
		if !found || socket == "" {
			return
		}
		conn, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: socket, Net: "unixgram"})
		if err != nil {
			return // systemd says itself that it heard nothing
		}
		_, _ = conn.Write([]byte(state)) // likewise
		_ = conn.Close()
	}
}
