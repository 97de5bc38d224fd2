package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"partnerdesk/backend/backoffice/client"
)

const (
	username = "ada@agency.example"
	secret   = "correct horse battery staple"
)

// binary is the program as it ships, built once for all tests.
var binary string

func TestMain(m *testing.M) {
	code, err := buildAndRun(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func buildAndRun(m *testing.M) (code int, err error) {
	for name, value := range map[string]string{"PEBBLE_VA_NOSLEEP": "1", "PEBBLE_WFE_NONCEREJECT": "0"} { // of the ACME server
		if err := os.Setenv(name, value); err != nil {
			return 0, err
		}
	}
	dir, err := os.MkdirTemp("", "backoffice")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	binary = filepath.Join(dir, "backoffice")
	build := exec.Command("go", "build", "-buildvcs=false", "-ldflags", "-s -w -X main.version=9.8.7", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return m.Run(), nil
}

// ran is how a command ended.
type ran struct {
	code     int
	out, err string
}

// run runs the program to its end.
func run(t *testing.T, stdin string, args ...string) ran {
	t.Helper()
	return runWith(t, nil, stdin, args...)
}

func runWith(t *testing.T, env []string, stdin string, args ...string) ran {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // for one that serves by mistake
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stdin = strings.NewReader(stdin)
	var out, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return ran{cmd.ProcessState.ExitCode(), out.String(), stderr.String()}
}

// must fails the test unless the command went well.
func must(t *testing.T, r ran) ran {
	t.Helper()
	if r.code != 0 {
		t.Fatalf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	return r
}

// served is a running `backoffice serve`.
type served struct {
	cmd     *exec.Cmd
	dir     string
	url     string // where it says that it is reached
	address string // where it listens
	ended   chan struct{}

	mu   sync.Mutex
	log  bytes.Buffer
	more chan struct{} // gets one when the log has grown
}

// serve starts the server on data in dir and waits until it says that it
// serves. It is stopped when the test ends.
func serve(t *testing.T, dir string, args ...string) *served {
	t.Helper()
	return serveWith(t, nil, dir, args...)
}

func serveWith(t *testing.T, env []string, dir string, args ...string) *served {
	t.Helper()
	s := &served{dir: dir, ended: make(chan struct{}), more: make(chan struct{}, 1)}
	args = append([]string{"serve", "--data", dir, "--log-format", "json", "--log-level", "debug"}, args...)
	if !strings.Contains(strings.Join(args, " "), "--addr") {
		args = append(args, "--addr", "127.0.0.1:0")
	}
	s.cmd = exec.Command(binary, args...)
	s.cmd.Env = append(os.Environ(), env...)
	stderr, err := s.cmd.StderrPipe()
	check(t, err)
	check(t, s.cmd.Start())
	ready := make(chan struct{})
	go s.read(bufio.NewScanner(stderr), ready)
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill() // it has mostly ended already
		<-s.ended
	})
	select {
	case <-ready:
	case <-s.ended:
		t.Fatalf("the server ended:\n%s", s.text())
	}
	return s
}

// read keeps the log until the server ends.
func (s *served) read(lines *bufio.Scanner, ready chan struct{}) {
	for lines.Scan() {
		var line struct{ Msg, Address, URL string }
		s.mu.Lock()
		s.log.WriteString(lines.Text() + "\n")
		s.mu.Unlock()
		select {
		case s.more <- struct{}{}:
		default:
		}
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Msg == "serving" {
			s.url, s.address = line.URL, line.Address
			close(ready)
		}
	}
	_ = s.cmd.Wait() // its exit code is in ProcessState
	close(s.ended)
}

func (s *served) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.String()
}

// wait waits until the log holds text so many times.
func (s *served) wait(t *testing.T, text string, times int) {
	t.Helper()
	stuck := time.After(time.Minute)
	for strings.Count(s.text(), text) < times {
		select {
		case <-s.more:
		case <-s.ended:
			t.Fatalf("the server ended without %q:\n%s", text, s.text())
		case <-stuck:
			t.Fatalf("no %q:\n%s", text, s.text())
		}
	}
}

// said returns a value of the first line of the log with this message.
func (s *served) said(t *testing.T, message, name string) string {
	t.Helper()
	for line := range strings.Lines(s.text()) {
		var values map[string]any
		if json.Unmarshal([]byte(line), &values) == nil && values["msg"] == message {
			return fmt.Sprint(values[name])
		}
	}
	t.Fatalf("the log does not say %q:\n%s", message, s.text())
	return ""
}

// stop ends the server as systemd does and fails unless it ends well.
func (s *served) stop(t *testing.T) {
	t.Helper()
	check(t, s.cmd.Process.Signal(syscall.SIGTERM))
	<-s.ended
	if code := s.cmd.ProcessState.ExitCode(); code != 0 {
		t.Fatalf("exit code %d\n%s", code, s.text())
	}
}

// client signs in with a partner's password.
func (s *served) client(t *testing.T) *client.Client {
	t.Helper()
	c, err := client.New(s.url, nil)
	check(t, err)
	_, err = c.SignIn(context.Background(), username, secret)
	check(t, err)
	return c
}

// addPartner makes the partner of the tests.
func addPartner(t *testing.T, dir string) {
	t.Helper()
	must(t, run(t, secret+"\n", "partner", "add", "--data", dir, "--username", username, "--name", "Ada's Agency"))
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// dialTo makes every connection go to address.
func dialTo(address string) func(ctx context.Context, network, _ string) (net.Conn, error) {
	return func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, address)
	}
}
