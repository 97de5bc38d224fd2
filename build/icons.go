package main

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
)

// iconSizes are those that desktops ask for, in pixels.
var iconSizes = []int{16, 24, 32, 48, 64, 128, 256, 512}

// drawIcon draws the product's icon as a PNG of that size.
func (r *release) drawIcon(ctx context.Context, size int, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	pixels := strconv.Itoa(size)
	return task{dir: r.root, env: r.env(), args: []string{
		"rsvg-convert", "--width", pixels, "--height", pixels, "--output", to, r.path("build", "icon", "partner-desk.svg"),
	}}.do(ctx)
}
