package alert_test

import (
	"os"
	"path/filepath"
	"testing"

	"partnerdesk/backend/alert"
)

// program puts a shell script of that name on a path of the test's own.
func program(t *testing.T, dir, name, script string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
}

func TestShowTriesWhatTheDesktopHas(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	t.Setenv("DISPLAY", ":0")
	if alert.Show(t.Context(), "Title", "Text") {
		t.Error("shown by nothing")
	}
	program(t, dir, "xmessage", `printf '%s|' "$@" > "`+dir+`/got"`)
	if !alert.Show(t.Context(), "Title", "-Text & <more>") {
		t.Error("not shown by xmessage")
	}
	got, err := os.ReadFile(filepath.Join(dir, "got"))
	if err != nil || string(got) != "-center|Title\n\n-Text & <more>|" {
		t.Errorf("xmessage got %q, %v", got, err)
	}
	program(t, dir, "zenity", `printf '%s|' "$@" > "`+dir+`/got"; exit 1`)
	if !alert.Show(t.Context(), "Title", "-Text & <more>") {
		t.Error("not shown by zenity")
	}
	got, err = os.ReadFile(filepath.Join(dir, "got"))
	if err != nil || string(got) != "--error|--no-markup|--title=Title|--text=-Text & <more>|" {
		t.Errorf("zenity got %q, %v", got, err)
	}
}

func TestShowNeedsADisplay(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	program(t, dir, "zenity", "exit 0")
	if alert.Show(t.Context(), "Title", "Text") {
		t.Error("shown without a display")
	}
}
