package logfile_test

import (
	"os"
	"runtime"
	"strings"
	"testing"

	"partnerdesk/backend/logfile"
)

func write(t *testing.T, dir, text string) {
	t.Helper()
	f := logfile.New(dir)
	if n, err := f.Write([]byte(text)); n != len(text) || err != nil {
		t.Fatalf("wrote %d, %v", n, err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestItGoesOnWhereTheLastProgramStopped(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "one\n")
	write(t, dir, "two\n")
	if got := read(t, logfile.Path(dir)); got != "one\ntwo\n" {
		t.Errorf("the log holds %q", got)
	}
	info, err := os.Stat(logfile.Path(dir))
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, want the user alone", info.Mode())
	}
}

func TestALongLogBecomesTheOldOne(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	long := strings.Repeat("x", 1<<20+1)
	write(t, dir, "gone")
	write(t, dir, long)
	write(t, dir, "new")
	if got := read(t, logfile.Path(dir)); got != "new" {
		t.Errorf("the new log holds %d bytes", len(got))
	}
	if got := read(t, logfile.Path(dir)+".old"); got != "gone"+long {
		t.Errorf("the old log holds %d bytes", len(got))
	}
}

func TestALogThatCannotBeIsNoFailure(t *testing.T) {
	t.Parallel()
	file := t.TempDir() + "/file"
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	write(t, file, "a line") // there can be no folder inside a file
}

func TestWithoutALineThereIsNoLog(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := logfile.New(dir).Close(); err != nil {
		t.Fatal(err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 0 {
		t.Errorf("it left %v, %v", entries, err)
	}
}
