package main

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestKeepInside(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("links take a privilege there, and packages for Linux are not made there")
	}
	root := t.TempDir()
	for _, dir := range []string{"lib/arm", "usr/lib/arm"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(root, "lib", "arm", "libz.so.1"), []byte("z"), 0o600); err != nil {
		t.Fatal(err)
	}
	links := map[string]string{"libz.so": "/lib/arm/libz.so.1", "near.so": "libz.so", "gone.so": "/lib/arm/gone.so.1"}
	for name, to := range links {
		if err := os.Symlink(to, filepath.Join(root, "usr", "lib", "arm", name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := keepInside(root); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"libz.so", "near.so"} {
		if text, err := os.ReadFile(filepath.Join(root, "usr", "lib", "arm", name)); err != nil || string(text) != "z" {
			t.Errorf("%s leads to %q, %v", name, text, err)
		}
	}
	if to, err := os.Readlink(filepath.Join(root, "usr", "lib", "arm", "near.so")); err != nil || to != "libz.so" {
		t.Errorf("a link that was inside leads to %q, %v", to, err)
	}
}
