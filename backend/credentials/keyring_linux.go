package credentials

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/godbus/dbus/v5"

	"partnerdesk/backend/customer"
)

const (
	serviceName = "org.freedesktop.secrets"
	servicePath = dbus.ObjectPath("/org/freedesktop/secrets")
	loginPath   = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
)

const (
	howToGet = "Install GNOME Keyring (package gnome-keyring) or KWallet, then log in to this computer again."

	noBusMessage  = "There is no keyring: Partner Desk runs outside a desktop session (no D-Bus session bus). Start it from your desktop, or with dbus-run-session."
	noneMessage   = "There is no keyring on this computer. " + howToGet
	noRingMessage = "The keyring has not been set up yet. Open Passwords and Keys (seahorse) or KWallet Manager, make a keyring and set it as default."
)

func lockedMessage() string {
	return "The keyring is locked. Unlock it (in Passwords and Keys or KWallet Manager), then try again."
}

func silentMessage() string {
	return "The keyring did not answer in time. Look for a window that asks for its password, or log in to this computer again."
}

func refusedMessage() string {
	return "The keyring refused to work. Unlock it in Passwords and Keys or KWallet Manager, or log in to this computer again."
}

// look finds the session bus, the Secret Service on it and whether the keyring
// is locked, on a connection of its own. Without this, go-keyring would start a
// bus daemon that nobody ends, or wait for ever.
func look(ctx context.Context) (state, error) {
	address := busAddress()
	if address == "" {
		return ready, customer.Fail(customer.Keyring, noBusMessage)
	}
	bus, err := dbus.Connect(address, dbus.WithContext(ctx))
	if err != nil {
		if ctx.Err() != nil {
			return ready, fail(silentMessage(), ctx.Err())
		}
		return ready, fail(noBusMessage, err)
	}
	defer func() { _ = bus.Close() }()
	if err := present(ctx, bus); err != nil {
		return ready, err
	}
	s, err := lockState(ctx, bus)
	var missing *customer.Error
	switch {
	case err == nil, errors.As(err, &missing):
		return s, err
	case ctx.Err() != nil, isTimeout(err):
		return ready, fail(silentMessage(), err)
	}
	return ready, fail(refusedMessage(), err)
}

// busAddress is the session bus's address, or "" when there is none. One that is
// found by XDG_RUNTIME_DIR goes into the environment, for go-keyring to find.
func busAddress() string {
	if address := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); address != "" && !strings.HasPrefix(address, "autolaunch:") {
		return address
	}
	dir := os.Getenv("XDG_RUNTIME_DIR")
	if dir == "" {
		return ""
	}
	socket := filepath.Join(dir, "bus")
	if info, err := os.Stat(socket); err != nil || info.Mode()&os.ModeSocket == 0 {
		return ""
	}
	address := "unix:path=" + dbus.EscapeBusAddressValue(socket)
	if os.Setenv("DBUS_SESSION_BUS_ADDRESS", address) != nil {
		return ""
	}
	return address
}

// present returns nil when a Secret Service runs or can be started.
func present(ctx context.Context, bus *dbus.Conn) error {
	var owned bool
	if err := bus.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.NameHasOwner", 0, serviceName).Store(&owned); err != nil {
		return fail(silentMessage(), err)
	}
	if owned {
		return nil
	}
	var startable []string
	if err := bus.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.ListActivatableNames", 0).Store(&startable); err != nil {
		return fail(silentMessage(), err)
	}
	if !slices.Contains(startable, serviceName) {
		return customer.Fail(customer.Keyring, noneMessage)
	}
	var started uint32
	err := bus.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.StartServiceByName", 0, serviceName, uint32(0)).Store(&started)
	if err != nil {
		return fail("The keyring could not be started. "+howToGet, err)
	}
	return nil
}

// lockState tells whether the keyring that go-keyring uses is locked: the one
// called login, or else the default one.
func lockState(ctx context.Context, bus *dbus.Conn) (state, error) {
	service := bus.Object(serviceName, servicePath)
	property := func(object dbus.BusObject, of, name string) (dbus.Variant, error) {
		var v dbus.Variant
		err := object.CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, of, name).Store(&v)
		return v, err
	}
	v, err := property(service, "org.freedesktop.Secret.Service", "Collections")
	if err != nil {
		return ready, err
	}
	path := loginPath
	if all, _ := v.Value().([]dbus.ObjectPath); !slices.Contains(all, loginPath) {
		err := service.CallWithContext(ctx, "org.freedesktop.Secret.Service.ReadAlias", 0, "default").Store(&path)
		if err != nil {
			return ready, err
		}
		if path == "/" {
			return ready, customer.Fail(customer.Keyring, noRingMessage)
		}
	}
	v, err = property(bus.Object(serviceName, path), "org.freedesktop.Secret.Collection", "Locked")
	if err != nil {
		return ready, err
	}
	if isLocked, _ := v.Value().(bool); isLocked {
		return locked, nil
	}
	return ready, nil
}

// isTimeout reports that the bus gave up waiting for an answer.
func isTimeout(err error) bool {
	var e dbus.Error
	return errors.As(err, &e) && (e.Name == "org.freedesktop.DBus.Error.NoReply" || e.Name == "org.freedesktop.DBus.Error.Timeout")
}
