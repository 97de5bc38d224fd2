package main

import (
	"debug/elf"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestServeFromNothingToACustomer(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "office")
	s := serve(t, dir, "--name", "Our Office")
	addPartner(t, dir) // while it serves
	c := s.client(t)
	meta, err := c.Meta(t.Context())
	check(t, err)
	if meta.Name != "Our Office" || meta.Version != "9.8.7" {
		t.Errorf("meta %+v", meta)
	}
	s.stop(t)
	again := serve(t, dir)
	again.client(t)
	again.stop(t)
	for path, mode := range map[string]os.FileMode{"": 0o700, "backoffice.db": 0o600, "lock": 0o600} {
		info, err := os.Stat(filepath.Join(dir, path))
		check(t, err)
		if info.Mode().Perm() != mode {
			t.Errorf("%q is %v", path, info.Mode().Perm())
		}
	}
}

func TestTwoServersOnOneFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := serve(t, dir)
	r := run(t, "", "serve", "--data", dir, "--addr", "127.0.0.1:0")
	if r.code != exitFailed || !strings.Contains(r.err, "is served already") {
		t.Errorf("%+v", r)
	}
	s.stop(t)
}

func TestTheBinaryIsStatic(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("looks at an ELF file")
	}
	f, err := elf.Open(binary)
	check(t, err)
	defer func() { check(t, f.Close()) }()
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			t.Error("the program needs a dynamic loader")
		}
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	if r := must(t, run(t, "", "version")); r.out != "backoffice 9.8.7\n" {
		t.Errorf("%+v", r)
	}
}
