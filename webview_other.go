//go:build !windows || bindings

package main

// checkWebView finds nothing missing: here the program would not have started.
func checkWebView() error { return nil }
