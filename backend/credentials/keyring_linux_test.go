package credentials_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"partnerdesk/backend/credentials"
	"partnerdesk/backend/customer"
)

// inside tells the test binary, started again within a session of its own,
// which case to run there.
const inside = "PARTNER_DESK_KEYRING_CASE"

// busConfig is a session bus that starts no service by itself.
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir=%s</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`

// TestKeyring runs each case in a process, session bus and home of its own.
func TestKeyring(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"dbus-run-session", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("%s is needed to test on a real keyring (packages dbus-daemon and gnome-keyring): %v", tool, err)
		}
	}
	for name, c := range cases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			home, err := os.MkdirTemp("", "pd") // short: a socket's path has at most 107 bytes
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.RemoveAll(home) })
			config, launched := filepath.Join(home, "bus.conf"), filepath.Join(home, "launched")
			write(t, config, 0o600, fmt.Sprintf(busConfig, home))
			write(t, filepath.Join(home, "dbus-launch"), 0o700, "#!/bin/sh\ntouch "+launched+"\nexit 1\n")
			self, err := os.Executable()
			if err != nil {
				t.Fatal(err)
			}
			args := []string{self, "-test.run=^TestInside$", "-test.v", "-test.timeout=60s"}
			if c.bus {
				args = append([]string{"dbus-run-session", "--config-file=" + config, "--"}, args...)
			}
			cmd := exec.Command(args[0], args[1:]...)
			cmd.Env = []string{inside + "=" + name, "HOME=" + home, "XDG_RUNTIME_DIR=" + home, "PATH=" + home + ":" + os.Getenv("PATH"), "LANG=C.UTF-8"}
			if c.address != "" {
				cmd.Env = append(cmd.Env, "DBUS_SESSION_BUS_ADDRESS="+c.address)
			}
			out, err := cmd.CombinedOutput()
			if err != nil || !bytes.Contains(out, []byte("--- PASS: TestInside")) {
				t.Fatalf("%v\n%s", err, out)
			}
			if _, err := os.Stat(launched); err == nil {
				t.Error("a bus daemon was launched")
			}
		})
	}
}

func write(t *testing.T, path string, mode os.FileMode, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

type keyringCase struct {
	bus     bool
	address string // of the bus, when it is not the session's own
	run     func(*testing.T)
}

func cases() map[string]keyringCase {
	return map[string]keyringCase{
		"works":                  {bus: true, run: works},
		"locked":                 {bus: true, run: lockedRing},
		"found by runtime dir":   {bus: true, run: foundByRuntimeDir},
		"silent service":         {bus: true, run: silentService},
		"bus without a service":  {bus: true, run: says("There is no keyring on this computer. Install GNOME Keyring")},
		"no bus":                 {run: says("no D-Bus session bus")},
		"bus gone":               {address: "unix:path=/nowhere/bus", run: says("no D-Bus session bus")},
		"autolaunch":             {address: "autolaunch:", run: says("no D-Bus session bus")},
		"address of nothing":     {address: "nonsense", run: says("no D-Bus session bus")},
		"service without a ring": {bus: true, run: withoutRing},
	}
}

// TestInside is one case of TestKeyring, within its session.
func TestInside(t *testing.T) {
	c, ok := cases()[os.Getenv(inside)]
	if !ok {
		t.SkipNow() // started by itself, not by TestKeyring
	}
	c.run(t)
}

// daemon runs a real keyring daemon, unlocked with a password unless it is "".
func daemon(t *testing.T, password string) (end func()) {
	t.Helper()
	args := []string{"--foreground", "--components=secrets"}
	if password != "" {
		args = append(args, "--unlock")
	}
	cmd := exec.Command("gnome-keyring-daemon", args...)
	cmd.Stdin = strings.NewReader(password)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	end = func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		waitForName(t, false)
	}
	waitForName(t, true)
	return end
}

// waitForName waits until the Secret Service is or is not on the bus.
func waitForName(t *testing.T, there bool) {
	t.Helper()
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = bus.Close() }()
	if err := bus.AddMatchSignal(dbus.WithMatchMember("NameOwnerChanged")); err != nil {
		t.Fatal(err)
	}
	signals := make(chan *dbus.Signal, 16)
	bus.Signal(signals)
	for {
		var owned bool
		if err := bus.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, "org.freedesktop.secrets").Store(&owned); err != nil {
			t.Fatal(err)
		}
		if owned == there {
			return
		}
		<-signals
	}
}

func works(t *testing.T) {
	end := daemon(t, "x")
	k, other := credentials.New("Partner Desk test"), credentials.New("Something else")
	if err := k.Available(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"partner", "smtp ünïcode 李 🙂", strings.Repeat("long key ", 50)} {
		absent(t, k, key)
		for _, secret := range []string{"first", "second ünïcode 李小龍 أحمد 🙂", strings.Repeat("0123456789", 1000), "line\nbreak\ttab", ""} {
			if err := k.Set(t.Context(), key, secret); err != nil {
				t.Fatal(err)
			}
			if got, err := k.Get(t.Context(), key); err != nil || got != secret {
				t.Errorf("Get(%.10q) = %.20q, %v; want %.20q", key, got, err, secret)
			}
		}
		absent(t, other, key)
		for range 2 { // deleting nothing is fine
			if err := k.Delete(t.Context(), key); err != nil {
				t.Fatal(err)
			}
		}
		absent(t, k, key)
	}
	want := credentials.Credential{Username: "zoë@tulp.example", Secret: "geheim \"李\""}
	if err := k.SetCredential(t.Context(), "partner", want); err != nil {
		t.Fatal(err)
	}
	end() // what is kept outlives the daemon
	defer daemon(t, "x")()
	if got, err := k.Credential(t.Context(), "partner"); err != nil || got != want {
		t.Errorf("after a restart: %v, %v", got, err)
	}
	if err := k.Set(t.Context(), "partner", "not JSON: geheim"); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Credential(t.Context(), "partner"); customer.CodeOf(err) != customer.Keyring || strings.Contains(err.Error(), "geheim") {
		t.Errorf("something else kept there: %v", err)
	}
}

func lockedRing(t *testing.T) {
	k := credentials.New("Partner Desk test")
	k.Limit = 2 * time.Second // a prompt may wait for somebody to answer
	end := daemon(t, "x")
	if err := k.Set(t.Context(), "partner", "kept"); err != nil {
		t.Fatal(err)
	}
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	var done []dbus.ObjectPath
	var prompt dbus.ObjectPath
	err = bus.Object("org.freedesktop.secrets", "/org/freedesktop/secrets").Call("org.freedesktop.Secret.Service.Lock", 0,
		[]dbus.ObjectPath{"/org/freedesktop/secrets/collection/login"}).Store(&done, &prompt)
	if err != nil || len(done) != 1 {
		t.Fatalf("lock: %v, %v", done, err)
	}
	refuses(t, k, "The keyring is locked. Unlock it")
	end()
	defer daemon(t, "x")()
	if got, err := k.Get(t.Context(), "partner"); err != nil || got != "kept" {
		t.Errorf("after unlocking: %q, %v", got, err)
	}
}

// refuses checks that every call fails with code Keyring and these words.
func refuses(t *testing.T, k *credentials.Keyring, words string) {
	t.Helper()
	_, get := k.Get(t.Context(), "partner")
	for call, err := range map[string]error{
		"Get": get, "Set": k.Set(t.Context(), "partner", "other"), "Delete": k.Delete(t.Context(), "partner"), "Available": k.Available(t.Context()),
	} {
		if customer.CodeOf(err) != customer.Keyring || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: %v, want %q", call, err, words)
		}
	}
}

func says(words string) func(*testing.T) {
	return func(t *testing.T) { refuses(t, credentials.New("Partner Desk test"), words) }
}

// withoutRing has a daemon that was never unlocked and so has no keyring yet.
func withoutRing(t *testing.T) {
	defer daemon(t, "")()
	refuses(t, credentials.New("Partner Desk test"), "The keyring has not been set up yet")
}

// foundByRuntimeDir has the bus in the place where systemd puts it, and nothing
// in the environment.
func foundByRuntimeDir(t *testing.T) {
	defer daemon(t, "x")()
	address := os.Getenv("DBUS_SESSION_BUS_ADDRESS")
	socket, ok := strings.CutPrefix(strings.SplitN(address, ",", 2)[0], "unix:path=")
	if !ok {
		t.Fatalf("the bus is at %q", address)
	}
	if err := os.Symlink(socket, filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "bus")); err != nil {
		t.Fatal(err)
	}
	if err := os.Unsetenv("DBUS_SESSION_BUS_ADDRESS"); err != nil {
		t.Fatal(err)
	}
	k := credentials.New("Partner Desk test")
	if err := k.Set(t.Context(), "partner", "kept"); err != nil {
		t.Fatal(err)
	}
	if got, err := k.Get(t.Context(), "partner"); err != nil || got != "kept" {
		t.Errorf("Get: %q, %v", got, err)
	}
}

// mute answers no call.
type mute struct{ ctx context.Context }

func (m mute) LookupObject(dbus.ObjectPath) (dbus.ServerObject, bool) {
	<-m.ctx.Done()
	return nil, false
}

func silentService(t *testing.T) {
	bus, err := dbus.ConnectSessionBus(dbus.WithHandler(mute{t.Context()}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bus.RequestName("org.freedesktop.secrets", dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	k := credentials.New("Partner Desk test")
	k.Limit = 50 * time.Millisecond
	refuses(t, k, "did not answer in time")
}
