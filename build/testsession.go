package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// sessionConfig is a message bus that starts nothing but the accessibility bus:
// what a test finds on it does not depend on the machine.
const sessionConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <servicedir>%s</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

// runSession runs a program in a session of its own, for tests: a virtual
// display, a home folder, a bus that starts nothing by itself, and a keyring
// that is unlocked, locked or absent. It ends with the program's exit code.
func runSession(ctx context.Context, _ *project, args []string) error {
	flags := flag.NewFlagSet("session", flag.ContinueOnError)
	home := flags.String("home", "", "the session's home folder (default: a temporary one)")
	keyring := flags.String("keyring", "unlocked", "unlocked, locked or none")
	browser := flags.String("browser", "", "the program that xdg-open opens links and mail addresses with")
	if err := flags.Parse(args); err != nil {
		return &exitError{2}
	}
	if flags.NArg() == 0 {
		return errors.New("session: name the program to run")
	}
	s, err := startTestSession(ctx, os.Stderr, *home, *keyring, *browser)
	if err != nil {
		return err
	}
	defer s.close()
	cmd := exec.Command(flags.Arg(0), flags.Args()[1:]...)
	cmd.Env = append(os.Environ(), s.env...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	program, err := s.programs.start(cmd)
	if err != nil {
		return err
	}
	if err := program.wait(ctx); err != nil {
		program.stop(15 * time.Second)
		return exitCode(err)
	}
	return nil
}

func startTestSession(ctx context.Context, log io.Writer, home, keyring, browser string) (*session, error) {
	s, err := startDisplay(ctx, log)
	if err != nil {
		return nil, err
	}
	if home == "" {
		home = filepath.Join(s.dir, "home")
	}
	err = s.makePrivate(ctx, log, home, keyring)
	if err == nil && browser != "" {
		err = s.openLinksWith(browser, filepath.Join(home, ".local", "share"), filepath.Join(home, ".config"))
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// makePrivate gives the session a home, a bus and a keyring of its own.
func (s *session) makePrivate(ctx context.Context, log io.Writer, home, keyring string) error {
	runtimeDir, services := filepath.Join(s.dir, "run"), filepath.Join(s.dir, "services")
	for _, dir := range []string{home, runtimeDir, services} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("make the session's folders: %w", err)
		}
	}
	s.env = append(s.env, "HOME="+home, "XDG_RUNTIME_DIR="+runtimeDir,
		"XDG_DATA_HOME="+filepath.Join(home, ".local", "share"), "XDG_CONFIG_HOME="+filepath.Join(home, ".config"),
		"XDG_CACHE_HOME="+filepath.Join(home, ".cache"), "XDG_STATE_HOME="+filepath.Join(home, ".local", "state"))
	const accessibility = "org.a11y.Bus.service"
	service, err := os.ReadFile("/usr/share/dbus-1/services/" + accessibility)
	if err == nil {
		err = os.WriteFile(filepath.Join(services, accessibility), withoutSystemd(service), 0o600)
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("prepare the accessibility bus: %w", err)
	}
	config := filepath.Join(s.dir, "bus.conf")
	if err := os.WriteFile(config, fmt.Appendf(nil, sessionConfig, services), 0o600); err != nil {
		return err
	}
	if err := s.startBus(ctx, log, "--config-file="+config); err != nil {
		return err
	}
	return s.startKeyring(log, keyring)
}

// withoutSystemd has the bus start the service itself.
func withoutSystemd(service []byte) []byte {
	var kept []string
	for line := range strings.Lines(string(service)) {
		if !strings.HasPrefix(line, "SystemdService") {
			kept = append(kept, line)
		}
	}
	return []byte(strings.Join(kept, ""))
}

// startKeyring starts a real keyring. A locked one is a keyring whose password
// nobody has given: it exists only in a home where it was unlocked before.
func (s *session) startKeyring(log io.Writer, state string) error {
	args := []string{"--foreground", "--components=secrets"}
	switch state {
	case "none":
		return nil
	case "unlocked":
		args = append(args, "--unlock")
	case "locked":
		args = append(args, "--start")
	default:
		return fmt.Errorf("session: a keyring is unlocked, locked or none, not %q", state)
	}
	cmd := exec.Command("gnome-keyring-daemon", args...)
	cmd.Env = append(os.Environ(), s.env...)
	cmd.Stdin = strings.NewReader("partner desk\n")
	cmd.Stdout, cmd.Stderr = log, log
	if _, err := s.programs.start(cmd); err != nil {
		return fmt.Errorf("the keyring: %w", err)
	}
	return s.waitForName("org.freedesktop.secrets")
}

// waitForName returns when a service is on the session's bus.
func (s *session) waitForName(name string) error {
	deadline := time.Now().Add(20 * time.Second)
	for {
		ask := exec.Command("dbus-send", "--session", "--print-reply=literal", "--dest=org.freedesktop.DBus",
			"/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner", "string:"+name)
		ask.Env = append(os.Environ(), s.env...)
		out, err := ask.Output()
		if err == nil && strings.Contains(string(out), "true") {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%s is not on the session's bus after 20 seconds", name)
		}
		time.Sleep(50 * time.Millisecond)
	}
}
