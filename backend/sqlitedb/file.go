package sqlitedb

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// prepareFile makes the folder (0700) and the file (0600) before SQLite would
// make them readable for others. SQLite gives its side files the file's mode. A
// folder that was there and holds something keeps its own mode. It reports
// whether the file is new or empty. On Windows modes say nothing: there the
// user's own folders are closed to others.
func prepareFile(path string) (fresh bool, err error) {
	if err := prepareFolder(filepath.Dir(path)); err != nil {
		return false, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return false, fmt.Errorf("make the file: %w", err)
	}
	info, err := f.Stat()
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return false, fmt.Errorf("look at the file: %w", err)
	}
	if !info.Mode().IsRegular() {
		return false, fmt.Errorf("%s is not a file", path)
	}
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		info, err := os.Stat(name)
		if err == nil && openToOthers(info) {
			if err := os.Chmod(name, 0o600); err != nil {
				return false, fmt.Errorf("close the file to others: %w", err)
			}
		}
	}
	return info.Size() == 0, nil
}

func prepareFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("read the folder: %w", err)
	}
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("look at the folder: %w", err)
	}
	if len(entries) == 0 && openToOthers(info) {
		if err := os.Chmod(dir, 0o700); err != nil { //nolint:gosec // a folder needs the x
			return fmt.Errorf("close the folder to others: %w", err)
		}
	}
	return nil
}

func openToOthers(info os.FileInfo) bool {
	return runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0
}
