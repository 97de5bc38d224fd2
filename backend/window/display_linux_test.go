package window_test

import (
	"net"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"partnerdesk/backend/window"
)

func TestCheckDisplay(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	there := "127.0.0.1:" + strconv.Itoa(port-6000)
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	tests := []struct {
		display, wayland, want string
	}{
		{"", "", "there is no display"},
		{"nonsense", "", "no such name"},
		{":x", "", "no such name"},
		{":59000", "", "does not answer"},
		{"unix:59000.1", "", "does not answer"},
		{"", "wayland-9", "there is no display"},
		{there, "", ""},
		{there + ".0", "wayland-9", ""},
	}
	for _, tt := range tests {
		t.Setenv("DISPLAY", tt.display)
		t.Setenv("WAYLAND_DISPLAY", tt.wayland)
		err := window.CheckDisplay()
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("DISPLAY=%q WAYLAND_DISPLAY=%q: %v, want %q", tt.display, tt.wayland, err, tt.want)
		}
	}
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	t.Setenv("DISPLAY", there)
	if err := window.CheckDisplay(); err == nil || !strings.Contains(err.Error(), "does not answer") {
		t.Errorf("a display that went: %v", err)
	}
}

func TestCheckDisplayTakesWayland(t *testing.T) {
	dir := t.TempDir()
	listener, err := net.Listen("unix", filepath.Join(dir, "wayland-0"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	t.Setenv("XDG_RUNTIME_DIR", dir)
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "wayland-0")
	if err := window.CheckDisplay(); err != nil {
		t.Errorf("by name: %v", err)
	}
	t.Setenv("WAYLAND_DISPLAY", filepath.Join(dir, "wayland-0"))
	if err := window.CheckDisplay(); err != nil {
		t.Errorf("by path: %v", err)
	}
	t.Setenv("GDK_BACKEND", "x11")
	if err := window.CheckDisplay(); err == nil {
		t.Error("GTK was told to take X, and there is none")
	}
}
