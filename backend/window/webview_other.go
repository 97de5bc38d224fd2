//go:build !windows || bindings

package window

// CheckWebView finds nothing missing: here the program would not have started.
func CheckWebView() error { return nil }
