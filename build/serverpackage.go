package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
)

// server is the Back Office's main package.
const server = "./backend/cmd/backoffice"

// serverTargets are the systems that the Back Office is built for.
var serverTargets = []target{
	{"linux", "amd64"}, {"linux", "arm64"}, {"darwin", "arm64"}, {"darwin", "amd64"}, {"windows", "amd64"},
}

// packageServer makes archives of the Back Office for every system, and .deb and
// .rpm with its unit for Linux.
func packageServer(ctx context.Context, r *release) error {
	for _, t := range serverTargets {
		if err := r.packageServer(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

func (r *release) packageServer(ctx context.Context, t target) error {
	program, err := r.buildServer(ctx, t)
	if err != nil {
		return err
	}
	if t.os == "linux" {
		if err := r.packageServerFor(ctx, t, program); err != nil {
			return err
		}
	}
	return r.archiveServerFor(ctx, t, program)
}

func (r *release) packageServerFor(ctx context.Context, t target, program string) error {
	tree, err := r.newTree("server", t.arch, "root")
	if err != nil {
		return err
	}
	unit, err := os.ReadFile(r.path("build", "backoffice", "backoffice.service"))
	if err != nil {
		return err
	}
	// By hand it is installed under /usr/local, as docs/backoffice.md says.
	unit = bytes.ReplaceAll(unit, []byte("/usr/local/bin/"), []byte("/usr/bin/"))
	steps := []func() error{
		func() error { return tree.put(program, "usr/bin/backoffice", 0o755) },
		func() error { return tree.write("usr/lib/systemd/system/backoffice.service", unit, 0o644) },
		func() error {
			return tree.pack("build/backoffice/backoffice.1", "usr/share/man/man1/backoffice.1", nil)
		},
		func() error { return tree.put(r.path("build/backoffice/backoffice.env"), "etc/backoffice.env", 0o600) },
		func() error { return tree.credits(ctx, "usr/share/doc/backoffice/licences.txt", server) },
		func() error { return tree.deb(ctx, "backoffice", "build/backoffice", t) },
		func() error { return tree.rpm(ctx, "build/backoffice", t) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// archiveServerFor makes an archive with the program and all that is needed to
// run it by docs/backoffice.md.
func (r *release) archiveServerFor(ctx context.Context, t target, program string) error {
	tree, err := r.newTree("server", t.os+"-"+t.arch, "archive")
	if err != nil {
		return err
	}
	name := "backoffice"
	if t.os == "windows" {
		name += ".exe"
	}
	if err := tree.put(program, name, 0o755); err != nil {
		return err
	}
	if err := tree.put(r.path("docs", "backoffice.md"), "backoffice.md", 0o644); err != nil {
		return err
	}
	if t.os == "linux" {
		for _, file := range []string{"backoffice.service", "backoffice.env", "Containerfile"} {
			if err := tree.put(r.path("build", "backoffice", file), file, 0o644); err != nil {
				return err
			}
		}
	}
	if err := tree.credits(ctx, "licences.txt", server); err != nil {
		return err
	}
	return tree.tar(ctx, fmt.Sprintf("backoffice-%s-%s-%s", r.version, t.os, t.arch))
}
