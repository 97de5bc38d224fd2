package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A fingerprint is the hash of some files: names and content.
type fingerprint struct {
	root string
	sum  [sha256.Size]byte
}

// add takes in every file under path (a file or a folder; what is not there is
// nothing) that keep accepts. keep gets a path with forward slashes.
func (f *fingerprint) add(path string, keep func(name string) bool) error {
	if !exists(path) {
		return nil
	}
	return filepath.WalkDir(path, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(filepath.ToSlash(strings.TrimPrefix(file, f.root)), "/")
		if d.IsDir() || !d.Type().IsRegular() || (keep != nil && !keep(name)) {
			return nil
		}
		return f.addFile(name, file)
	})
}

func (f *fingerprint) addFile(name, path string) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	h := sha256.New()
	fmt.Fprintf(h, "%x %s\n", f.sum, name)
	if _, err := io.Copy(h, in); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	h.Sum(f.sum[:0])
	return nil
}

func (f *fingerprint) String() string { return hex.EncodeToString(f.sum[:]) }

// sameStamp reports whether the stamp file holds this fingerprint.
func sameStamp(file string, f *fingerprint) bool {
	held, err := os.ReadFile(file)
	return err == nil && string(held) == f.String()
}

// putStamp writes the fingerprint; only after the step it stands for succeeded.
func putStamp(file string, f *fingerprint) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(f.String()), 0o644)
}
