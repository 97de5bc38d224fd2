package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// A session is a virtual display with a window manager and a message bus.
type session struct {
	dir      string   // holds its files; removed at the end
	env      []string // for the programs that run in it
	programs children
}

// startDisplay starts a session. Its programs write to log.
func startDisplay(ctx context.Context, log io.Writer) (*session, error) {
	dir, err := os.MkdirTemp("", "partner-desk-session-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for the session: %w", err)
	}
	s := &session{dir: dir}
	if err := s.open(ctx, log); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *session) open(ctx context.Context, log io.Writer) error {
	authority := filepath.Join(s.dir, "xauthority")
	if err := writeXauthority(authority); err != nil {
		return err
	}
	xvfb := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-auth", authority)
	xvfb.Stdout, xvfb.Stderr = log, log
	display, err := s.startAndHear(ctx, xvfb)
	if err != nil {
		return fmt.Errorf("the virtual display: %w", err)
	}
	s.env = append(s.env, "DISPLAY=:"+display, "XAUTHORITY="+authority, "WAYLAND_DISPLAY=", "GDK_BACKEND=x11",
		"LIBGL_ALWAYS_SOFTWARE=1")

	openbox := exec.Command("openbox", "--sm-disable")
	openbox.Env = append(os.Environ(), s.env...)
	openbox.Stdout, openbox.Stderr = log, log
	if _, err := s.programs.start(openbox); err != nil {
		return fmt.Errorf("the window manager: %w", err)
	}
	return nil
}

// startBus starts a message bus for the session; args choose its rules.
func (s *session) startBus(ctx context.Context, log io.Writer, args ...string) error {
	bus := exec.Command("dbus-daemon", append(args, "--nofork", "--nopidfile", "--print-address=3")...)
	bus.Env = append(os.Environ(), s.env...)
	bus.Stdout, bus.Stderr = log, log
	address, err := s.startAndHear(ctx, bus)
	if err != nil {
		return fmt.Errorf("the session's message bus: %w", err)
	}
	s.env = append(s.env, "DBUS_SESSION_BUS_ADDRESS="+address)
	return nil
}

// startAndHear starts a program and returns the line it writes to its file
// descriptor 3 when it is ready.
func (s *session) startAndHear(ctx context.Context, cmd *exec.Cmd) (string, error) {
	reader, writer, err := os.Pipe()
	if err != nil {
		return "", err
	}
	defer reader.Close()
	cmd.ExtraFiles = []*os.File{writer}
	program, err := s.programs.start(cmd)
	if closeErr := writer.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return "", err
	}
	heard := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(reader).ReadString('\n') // an error leaves the line empty
		heard <- strings.TrimSpace(line)
	}()
	select {
	case line := <-heard:
		if line == "" {
			return "", fmt.Errorf("%s %w", filepath.Base(cmd.Path), errEnded)
		}
		return line, nil
	case <-program.done:
		return "", errors.Join(fmt.Errorf("%s %w", filepath.Base(cmd.Path), errEnded), program.err)
	case <-time.After(30 * time.Second):
		return "", fmt.Errorf("%s is not ready after 30 seconds", filepath.Base(cmd.Path))
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (s *session) close() {
	s.programs.stop()
	_ = os.RemoveAll(s.dir) // a leftover in the temporary folder harms nobody
}
