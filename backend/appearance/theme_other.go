//go:build !linux

package appearance

import "context"

// Theme returns empty: the page's media query tells.
func Theme(context.Context) string { return "" }

// Watch waits for ctx to end: the page's media query tells.
func Watch(ctx context.Context, _ func(theme string)) { <-ctx.Done() }
