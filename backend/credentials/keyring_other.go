//go:build !linux

package credentials

import (
	"context"
	"runtime"
)

// look finds nothing out: the keyring is part of this system.
func look(context.Context) (state, error) { return ready, nil }

func name() string {
	switch runtime.GOOS {
	case "windows":
		return "Windows Credential Manager"
	case "darwin":
		return "macOS keychain"
	}
	return "system keyring"
}

func lockedMessage() string { return "The " + name() + " is locked. Unlock it, then try again." }

func silentMessage() string {
	return "The " + name() + " did not answer in time. Look for a window that asks for your password, then try again."
}

func refusedMessage() string {
	return "The " + name() + " refused to work. Unlock it, or log in to this computer again, then try again."
}
