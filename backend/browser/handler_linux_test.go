//go:build cgo

package browser

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const linkToOpen = "PARTNER_DESK_TEST_LINK" // names the link for a process of its own

// TestOpenInProcess opens a link for the tests below: GIO reads the desktop's
// settings once in a process.
func TestOpenInProcess(t *testing.T) {
	link := os.Getenv(linkToOpen)
	if link == "" {
		t.Skip("not asked to")
	}
	if err := opener().OpenLink(t.Context(), link); err != nil {
		t.Error(err)
	}
}

// openWith opens testLink where script is the program that the desktop names for
// http links.
func openWith(t *testing.T, script string) (dir, output string, failed error) {
	t.Helper()
	dir = useBrowser(t, "touch asked-xdg-open")
	program := filepath.Join(dir, "named")
	for path, text := range map[string]string{
		program: "#!/bin/sh\ncd " + dir + "\n" + script,
		filepath.Join(dir, "applications", "named.desktop"): "[Desktop Entry]\nType=Application\nName=Named\nExec=" + program +
			" --class \"A b\" %i --new-tab %u\nMimeType=x-scheme-handler/http;\n",
		filepath.Join(dir, "mimeapps.list"): "[Default Applications]\nx-scheme-handler/http=named.desktop\n",
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestOpenInProcess$", "-test.v")
	cmd.Env = append(os.Environ(), linkToOpen+"="+testLink, "PATH="+dir+":/bin:/usr/bin")
	out, err := cmd.CombinedOutput()
	if !strings.Contains(string(out), "TestOpenInProcess") {
		t.Fatalf("did not run: %s, %v", out, err)
	}
	return dir, string(out), err
}

// TestOpenLinkWithTheDesktopsProgram: the program that the desktop names gets
// the link itself, as one word, in a session of its own.
func TestOpenLinkWithTheDesktopsProgram(t *testing.T) {
	dir, out, err := openWith(t, `printf '%s\n' "$@" > got; cut -d" " -f6 /proc/$$/stat > session; echo $$ > process`)
	if err != nil {
		t.Fatal(out)
	}
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Error(err)
		}
		return strings.TrimSpace(string(text))
	}
	if got := read("got"); got != "--class\nA b\n--new-tab\n"+testLink {
		t.Errorf("the browser got %q", got)
	}
	if session, process := read("session"), read("process"); session != process {
		t.Errorf("process %s is of session %s", process, session)
	}
	if _, err := os.Stat(filepath.Join(dir, "asked-xdg-open")); err == nil {
		t.Error("the link was opened twice")
	}
}

func TestOpenLinkSaysThatTheDesktopsProgramFailed(t *testing.T) {
	if _, out, err := openWith(t, "exit 3"); err == nil || !strings.Contains(out, "No browser could be opened") {
		t.Errorf("%v: %s", err, out)
	}
}

func TestWithLink(t *testing.T) {
	t.Parallel()
	for exec, want := range map[string]string{
		"firefox %u":             "firefox L",
		"browser %U --new":       "browser L --new",
		"env A=%% b --url=%u":    "env A=% b --url=L",
		"b %i %c --title=%c %u":  "b --title= L",
		"calculator":             "",
		"calculator %i --sum=%%": "",
	} {
		if got := withLink(strings.Fields(exec), "L"); !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s: %q", exec, got)
		}
	}
}
