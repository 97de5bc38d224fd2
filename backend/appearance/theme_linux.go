package appearance

import (
	"context"
	"os"
	"time"

	"github.com/godbus/dbus/v5"
)

const (
	portalName = "org.freedesktop.portal.Desktop"
	portalPath = "/org/freedesktop/portal/desktop"
	settings   = "org.freedesktop.portal.Settings"
	namespace  = "org.freedesktop.appearance"
	schemeKey  = "color-scheme"
	preferDark = 1 // the portal's value; 0 is no preference, 2 is light
)

// Theme returns "light" or "dark" as the desktop portal says, or empty when
// there is no portal.
func Theme(ctx context.Context) string {
	bus, err := connect(ctx)
	if err != nil {
		return ""
	}
	defer func() { _ = bus.Close() }()
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	var value dbus.Variant
	err = bus.Object(portalName, portalPath).CallWithContext(ctx, settings+".Read", 0, namespace, schemeKey).Store(&value)
	if err != nil {
		return ""
	}
	return theme(value)
}

// Watch calls changed with each theme the desktop changes to, until ctx ends.
func Watch(ctx context.Context, changed func(theme string)) {
	bus, err := connect(ctx)
	if err != nil {
		return
	}
	defer func() { _ = bus.Close() }()
	if err := bus.AddMatchSignalContext(ctx, dbus.WithMatchInterface(settings), dbus.WithMatchMember("SettingChanged")); err != nil {
		return
	}
	signals := make(chan *dbus.Signal, 8)
	bus.Signal(signals)
	for {
		select {
		case <-ctx.Done():
			return
		case s, open := <-signals:
			if !open {
				return
			}
			if len(s.Body) == 3 && s.Body[0] == namespace && s.Body[1] == schemeKey {
				if value, ok := s.Body[2].(dbus.Variant); ok {
					changed(theme(value))
				}
			}
		}
	}
}

// connect joins the session bus if there is one; it never starts one.
func connect(ctx context.Context) (*dbus.Conn, error) {
	address := os.Getenv("DBUS_SESSION_BUS_ADDRESS")
	if address == "" {
		return nil, os.ErrNotExist
	}
	return dbus.Connect(address, dbus.WithContext(ctx))
}

// theme reads a colour scheme, which some portals wrap twice.
func theme(value dbus.Variant) string {
	inner := value.Value()
	if again, ok := inner.(dbus.Variant); ok {
		inner = again.Value()
	}
	if scheme, ok := inner.(uint32); ok && scheme == preferDark {
		return "dark"
	}
	return "light"
}
