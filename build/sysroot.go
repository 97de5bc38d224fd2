package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// processors are what Debian, rpm and GCC call those that Go names.
var processors = map[string]struct{ debian, rpm, gcc string }{
	"amd64": {"amd64", "x86_64", "x86_64-linux-gnu"},
	"arm64": {"arm64", "aarch64", "aarch64-linux-gnu"},
}

// sysrootEnv is what cgo needs to build the window for another processor: the
// compiler, and that processor's libraries in a folder of their own.
func (r *release) sysrootEnv(ctx context.Context, arch string) ([]string, error) {
	cpu, ok := processors[arch]
	if !ok {
		return nil, fmt.Errorf("no compiler is known for %s", arch)
	}
	root, err := r.sysroot(ctx, cpu.debian)
	if err != nil {
		return nil, err
	}
	lib := filepath.Join(root, "usr", "lib", cpu.gcc)
	return []string{
		"CGO_ENABLED=1", "CC=" + cpu.gcc + "-gcc",
		"CGO_CFLAGS=-O2 --sysroot=" + root, "CGO_LDFLAGS=-O2 --sysroot=" + root,
		"PKG_CONFIG_SYSROOT_DIR=" + root, "PKG_CONFIG_PATH=",
		"PKG_CONFIG_LIBDIR=" + filepath.Join(lib, "pkgconfig") + ":" + filepath.Join(root, "usr", "share", "pkgconfig"),
	}, nil
}

// sysroot unpacks the libraries of another processor, of this Debian, once.
// Nothing of them is installed or run here.
func (r *release) sysroot(ctx context.Context, arch string) (string, error) {
	suite, err := debianSuite("/etc/os-release")
	if err != nil {
		return "", err
	}
	root := r.bin("sysroot", suite+"-"+arch)
	finished := filepath.Join(root, ".complete")
	if exists(finished) {
		return root, nil
	}
	say("unpacking the libraries for %s (once)", arch)
	if err := os.RemoveAll(root); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(root), 0o755); err != nil {
		return "", err
	}
	err = task{args: []string{
		"mmdebstrap", "--variant=extract", "--architectures=" + arch, "--include=libgtk-3-dev,libwebkit2gtk-4.1-dev,libc6-dev",
		suite, root,
	}}.do(ctx)
	if err == nil {
		err = keepInside(root)
	}
	if err != nil {
		return "", err
	}
	return root, os.WriteFile(finished, nil, 0o644)
}

// keepInside has the links in a system's folder lead to where they would if it
// were the whole system. Left alone, the linker does not find a library behind
// one, and takes the static one instead.
func keepInside(root string) error {
	return filepath.WalkDir(filepath.Join(root, "usr", "lib"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.Type() != fs.ModeSymlink {
			return err
		}
		to, err := os.Readlink(path)
		if err != nil || !filepath.IsAbs(to) {
			return err
		}
		inside, err := filepath.Rel(filepath.Dir(path), filepath.Join(root, to))
		if err == nil {
			err = os.Remove(path)
		}
		if err == nil {
			err = os.Symlink(inside, path)
		}
		return err
	})
}

// debianSuite reads the name of this Debian, such as bookworm.
func debianSuite(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	values := map[string]string{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if name, value, found := strings.Cut(lines.Text(), "="); found {
			values[name] = strings.Trim(value, `"`)
		}
	}
	if err := lines.Err(); err != nil {
		return "", err
	}
	if values["ID"] != "debian" || values["VERSION_CODENAME"] == "" {
		return "", errors.New("packages for other processors are made on Debian")
	}
	return values["VERSION_CODENAME"], nil
}
