package winetest

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// What the suite made, in the folder that it names in the environment.
var (
	made    = os.Getenv("PARTNER_DESK_WINE_DIR")
	words   = strings.Fields(os.Getenv("PARTNER_DESK_WINE")) // start a Windows program
	version = os.Getenv("PARTNER_DESK_VERSION")              // of setup.exe
	drive   = filepath.Join(made, "prefix", "drive_c")
)

const olderVersion = "0.0.1" // of older-setup.exe

func TestMain(m *testing.M) {
	if made == "" {
		return // not in the suite
	}
	os.Exit(m.Run())
}

// windows is how Windows calls a file on its drive.
func windows(path string) string {
	rest, ok := strings.CutPrefix(path, drive)
	if !ok {
		panic(path + " is not on the drive")
	}
	return "C:" + strings.ReplaceAll(rest, "/", `\`)
}

// local is the user's %LOCALAPPDATA%.
func local(t *testing.T) string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(drive, "users", "*", "AppData", "Local"))
	if err != nil || len(all) != 1 {
		t.Fatalf("the users' folders are %q, %v", all, err)
	}
	return all[0]
}

// command is a Windows program, by its path here or on Windows. What comes after
// an = is not quoted, as NSIS wants the folders that it is told.
func command(program string, args ...string) *exec.Cmd {
	all := append(words[1:len(words):len(words)], program)
	for _, arg := range args {
		if strings.HasPrefix(arg, "/D=") || strings.HasPrefix(arg, "_?=") {
			all = append(all, strings.Split(arg, " ")...)
		} else {
			all = append(all, arg)
		}
	}
	return exec.Command(words[0], all...)
}

// run runs a Windows program and returns its exit code and what it said.
func run(t *testing.T, program string, args ...string) (code int, said string) {
	t.Helper()
	out, err := os.Create(filepath.Join(t.TempDir(), "said")) // no pipe: what it leaves running would keep that open
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = out.Close() }()
	cmd := command(program, args...)
	cmd.Stdout, cmd.Stderr = out, out
	err = cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	text, err := os.ReadFile(out.Name())
	if err != nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(text)
}

// must runs a Windows program that is to end with 0.
func must(t *testing.T, program string, args ...string) {
	t.Helper()
	if code, said := run(t, program, args...); code != 0 {
		t.Fatalf("%s %q ended with %d\n%s", program, args, code, said)
	}
}

// uninstalled waits until the list of programs has it no more, the last that an
// uninstaller does; that goes on as a copy of itself after it has ended.
func uninstalled(t *testing.T, hive string) {
	t.Helper()
	for range 100 { // each takes a while
		if code, _ := run(t, "reg", "query", hive+`\`+uninstallKey); code != 0 {
			return
		}
	}
	t.Fatal("the uninstaller does not end")
}

// registry returns what stands under a key, as lines KEY|NAME|VALUE with the
// key's own name left out; empty where there is no such key.
func registry(t *testing.T, key string) map[string]string {
	t.Helper()
	code, said := run(t, "reg", "query", key, "/s")
	values := map[string]string{}
	if code != 0 {
		return values
	}
	under := ""
	for line := range strings.Lines(said) {
		line = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(line, "HKEY_") {
			under = strings.Join(strings.Split(line, `\`)[strings.Count(key, `\`)+1:], `\`)
		} else if parts := strings.SplitN(strings.TrimLeft(line, " "), "    ", 3); len(parts) == 3 {
			values[strings.TrimLeft(under+`\`+parts[0], `\`)] = parts[2]
		}
	}
	return values
}

// files lists the files and folders in a folder; none when it is not there.
func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// holds fails the test unless the file at path has that text.
func holds(t *testing.T, path, text string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != text {
		t.Errorf("%s holds %q, %v", path, got, err)
	}
}

// same fails the test unless two files have the same bytes.
func same(t *testing.T, a, b string) {
	t.Helper()
	one, err := os.ReadFile(a)
	two, err2 := os.ReadFile(b)
	if err := errors.Join(err, err2); err != nil || len(one) == 0 || !bytes.Equal(one, two) {
		t.Errorf("%s and %s differ, %v", a, b, err)
	}
}

// wide is text as Windows keeps it.
func wide(text string) []byte {
	var b bytes.Buffer
	for _, r := range text {
		fmt.Fprintf(&b, "%c\x00", r)
	}
	return b.Bytes()
}
