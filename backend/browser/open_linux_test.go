package browser

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"partnerdesk/backend/customer"
)

const testLink = "http://127.0.0.1:7360/enter#aB3_-x"

// useBrowser makes script the browser that the real xdg-open calls, with a
// desktop-less environment of its own. It returns where the script may write.
func useBrowser(t *testing.T, script string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	path := filepath.Join(dir, "browser")
	if err := os.WriteFile(path, []byte("#!/bin/sh\ncd "+dir+"\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"BROWSER": path, "HOME": dir, "DISPLAY": "", "WAYLAND_DISPLAY": "", "XDG_CURRENT_DESKTOP": "", "DESKTOP_SESSION": "",
		"XDG_DATA_DIRS": dir, "XDG_DATA_HOME": dir, "XDG_CONFIG_HOME": dir, "XDG_CONFIG_DIRS": dir,
	} {
		t.Setenv(name, value)
	}
	return dir
}

func opener() *Opener { return New(func() []string { return []string{"http://127.0.0.1:7360"} }) }

func TestOpenLink(t *testing.T) {
	dir := useBrowser(t, `printf '%s\n' "$#" "$1" > got`)
	if err := opener().OpenLink(t.Context(), testLink); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, "got"))
	if err != nil || string(got) != "1\n"+testLink+"\n" {
		t.Errorf("the browser got %q, %v", got, err)
	}
}

func TestOpenLinkRefusesBeforeItStartsAnything(t *testing.T) {
	dir := useBrowser(t, "touch got")
	for _, link := range []string{"file:///etc/passwd", "-flag", "http://evil.example/", "javascript:alert(1)"} {
		if err := opener().OpenLink(t.Context(), link); customer.CodeOf(err) != customer.Forbidden {
			t.Errorf("OpenLink(%q): %v", link, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "got")); err == nil {
		t.Error("a browser was started")
	}
}

func TestOpenMail(t *testing.T) {
	dir := useBrowser(t, `printf '%s' "$1" > got`)
	if err := opener().OpenMail(t.Context(), "zoe@blumen.example", "Grüße", "Zeile 1\nZeile 2"); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, "got"))
	if err != nil || string(got) != "mailto:zoe@blumen.example?subject=Gr%C3%BC%C3%9Fe&body=Zeile%201%0D%0AZeile%202" {
		t.Errorf("the mail program got %q, %v", got, err)
	}
}

func TestOpenLinkFails(t *testing.T) {
	useBrowser(t, "exit 3")
	err := opener().OpenLink(t.Context(), testLink)
	if customer.CodeOf(err) != customer.Internal || !strings.Contains(err.Error(), "No browser could be opened") {
		t.Errorf("browser that fails: %v", err)
	}
	t.Setenv("BROWSER", "/nowhere/browser")
	if err := opener().OpenLink(t.Context(), testLink); !strings.Contains(err.Error(), "No browser could be opened") {
		t.Errorf("no browser: %v", err)
	}
	t.Setenv("PATH", t.TempDir())
	if err := opener().OpenLink(t.Context(), testLink); !strings.Contains(err.Error(), "xdg-utils") {
		t.Errorf("no xdg-open: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := opener().OpenLink(ctx, testLink); err == nil {
		t.Error("opened for a context that had ended")
	}
}

// TestOpenLinkDoesNotWait: the browser is still open when OpenLink returns, and
// ends only when it is told to.
func TestOpenLinkDoesNotWait(t *testing.T) {
	dir := useBrowser(t, "read word < pipe")
	pipe := filepath.Join(dir, "pipe")
	makePipe(t, pipe)
	o := opener()
	o.patient = 50 * time.Millisecond
	if err := o.OpenLink(t.Context(), testLink); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(pipe, []byte("end\n"), 0); err != nil { // waits for the browser to read
		t.Fatal(err)
	}
}

func makePipe(t *testing.T, path string) {
	t.Helper()
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
}
