package appearance_test

import (
	"bufio"
	"context"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"partnerdesk/backend/appearance"
)

// portal answers as a desktop portal does, on a bus of the test.
type portal struct{ scheme uint32 }

func (p *portal) Read(namespace, key string) (dbus.Variant, *dbus.Error) {
	if namespace != "org.freedesktop.appearance" || key != "color-scheme" {
		return dbus.Variant{}, dbus.NewError("org.freedesktop.portal.Error.NotFound", nil)
	}
	return dbus.MakeVariant(dbus.MakeVariant(p.scheme)), nil
}

// startBus runs a message bus for the test and makes it the session's.
func startBus(t *testing.T) *dbus.Conn {
	t.Helper()
	if _, err := exec.LookPath("dbus-daemon"); err != nil {
		t.Fatal("dbus-daemon is missing: install dbus")
	}
	cmd := exec.CommandContext(t.Context(), "dbus-daemon", "--session", "--nofork", "--print-address")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", strings.TrimSpace(address))
	bus, err := dbus.Connect(strings.TrimSpace(address))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Close() })
	return bus
}

func TestThemeFollowsThePortal(t *testing.T) {
	bus := startBus(t)
	if got := appearance.Theme(t.Context()); got != "" {
		t.Errorf("without a portal: %q, want empty", got)
	}
	p := &portal{scheme: 1}
	if err := bus.Export(p, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings"); err != nil {
		t.Fatal(err)
	}
	if _, err := bus.RequestName("org.freedesktop.portal.Desktop", 0); err != nil {
		t.Fatal(err)
	}
	if got := appearance.Theme(t.Context()); got != "dark" {
		t.Errorf("theme = %q, want dark", got)
	}

	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	themes := make(chan string, 1)
	go appearance.Watch(ctx, func(theme string) {
		select {
		case themes <- theme:
		default:
		}
	})
	tick := time.NewTicker(20 * time.Millisecond) // the watcher may not listen yet
	defer tick.Stop()
	for {
		select {
		case got := <-themes:
			if got != "light" {
				t.Errorf("changed to %q, want light", got)
			}
			return
		case <-tick.C:
			if err := bus.Emit("/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings.SettingChanged",
				"org.freedesktop.appearance", "color-scheme", dbus.MakeVariant(uint32(2))); err != nil {
				t.Fatal(err)
			}
		case <-ctx.Done():
			t.Fatal("the change was not told")
		}
	}
}

func TestThemeWithoutABus(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	if got := appearance.Theme(t.Context()); got != "" {
		t.Errorf("theme = %q, want empty", got)
	}
}
