//go:build !linux || bindings

package window

// CheckDisplay returns nil: there is always a display, or none is needed.
func CheckDisplay() error { return nil }
