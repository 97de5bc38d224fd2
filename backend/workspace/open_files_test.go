package workspace_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// noOpenFiles fails when a file of dir is still open in this process: on Windows it
// could not be removed. It finds none where there is no /proc.
func noOpenFiles(t *testing.T, dir string) {
	t.Helper()
	fds, _ := os.ReadDir("/proc/self/fd")
	for _, fd := range fds {
		if to, err := os.Readlink(filepath.Join("/proc/self/fd", fd.Name())); err == nil && strings.HasPrefix(to, dir) {
			t.Errorf("still open after Close: %s", to)
		}
	}
}
