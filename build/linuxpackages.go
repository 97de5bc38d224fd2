package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// olderVersion is what the packages test upgrades from.
const olderVersion = "0.0.1"

// ownMounts runs a program whose mounts are nobody else's and end with it. Not
// every container lets root do that.
var ownMounts = []string{"unshare", "--mount", "--propagation", "private"}

// packagesTest makes the packages for Linux three times: as an older version, as
// they ship, and so once more from another folder. Then it looks at them with
// the systems' own tools, and has a Debian in a folder install, upgrade, run and
// remove them.
func packagesTest(ctx context.Context, p *project) (tally, string, error) {
	_, err := debianSuite("/etc/os-release")
	if err == nil {
		err = task{args: append(slices.Clone(ownMounts), "true")}.do(ctx)
	}
	if err != nil || os.Geteuid() != 0 {
		return tally{skipped: 1}, "", nil // only Debian can make the other one, and only root install there
	}
	dir, err := os.MkdirTemp("", "partner-desk-packages-")
	if err != nil {
		return tally{}, "", err
	}
	defer os.RemoveAll(dir)
	if err := packageThrice(ctx, p, dir); err != nil {
		return tally{}, "", err
	}
	env, err := sessionEnv("")
	if err != nil {
		return tally{}, "", err
	}
	var log bytes.Buffer
	script := p.path("build", "packages_test", "packages_test.py")
	err = task{dir: p.root, env: append(env, "PARTNER_DESK_PACKAGES="+dir), out: &log,
		args: append(slices.Clone(ownMounts), "/usr/bin/python3", "-B", script)}.do(ctx)
	return lastTally(log.String()), log.String(), err
}

// packageThrice makes the folders older, new and again in dir, and sbom.
func packageThrice(ctx context.Context, p *project, dir string) error {
	r, err := newRelease(ctx, p)
	if err != nil {
		return err
	}
	older, again, sbom := *r, *r, *r
	older.version = olderVersion
	again.project = &project{root: filepath.Join(dir, "elsewhere")}
	if err := copySources(ctx, p, again.root); err != nil {
		return fmt.Errorf("copy the sources: %w", err)
	}
	for name, made := range map[string]*release{"older": &older, "new": r, "again": &again} {
		made.to = filepath.Join(dir, name)
		if err := os.Mkdir(made.to, 0o755); err != nil {
			return err
		}
		if err := made.packageDesk(ctx, target{"linux", runtime.GOARCH}); err != nil {
			return err
		}
		if err := made.packageServer(ctx, target{"linux", runtime.GOARCH}); err != nil {
			return err
		}
	}
	sbom.to = filepath.Join(dir, "sbom")
	if err := os.Mkdir(sbom.to, 0o755); err != nil {
		return err
	}
	return packageSBOM(ctx, &sbom)
}

// copySources copies what programs are built from to another folder.
func copySources(ctx context.Context, p *project, to string) error {
	list, err := output(ctx, p.root, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	if err != nil {
		return err
	}
	for name := range strings.SplitSeq(list, "\x00") {
		if !exists(p.path(name)) || name == "" || strings.HasPrefix(name, "frontend/dist/") {
			continue
		}
		text, err := os.ReadFile(p.path(name))
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(to, name)), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, name), text, 0o644); err != nil {
			return err
		}
	}
	return os.CopyFS(filepath.Join(to, "frontend", "dist"), os.DirFS(p.frontend("dist")))
}
