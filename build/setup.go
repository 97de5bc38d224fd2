package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// setUp brings the clone to where Partner Desk can be built: system packages,
// front-end packages, generated bindings and the built front end.
func setUp(ctx context.Context, p *project, forWhat string) error {
	if !onPath("node") || !onPath("npm") {
		return errors.New("this needs Node.js (20.19 or newer) with npm: https://nodejs.org/en/download")
	}
	if err := installPackages(ctx, forWhat); err != nil {
		return err
	}
	unlock, err := lock(p.bin("set-up.lock"))
	if err != nil {
		return err
	}
	defer unlock()
	for _, step := range []func(context.Context, *project) error{installModules, generateBindings, buildFrontend} {
		if err := step(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// once runs a step unless its stamp says that it ran on the same files before
// and its product is still there.
func once(stamp, product string, f *fingerprint, step func() error) error {
	if exists(product) && sameStamp(stamp, f) {
		return nil
	}
	if err := os.Remove(stamp); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := step(); err != nil {
		return err
	}
	return putStamp(stamp, f)
}

// installModules runs `npm ci` when package-lock.json changed since the last time.
func installModules(ctx context.Context, p *project) error {
	f := &fingerprint{root: p.root}
	if err := f.add(p.frontend("package-lock.json"), nil); err != nil {
		return err
	}
	modules := p.frontend("node_modules")
	finished := filepath.Join(modules, ".package-lock.json") // npm writes it last
	return once(filepath.Join(modules, ".partner-desk-installed"), finished, f, func() error {
		say("installing the front end's packages (npm ci)")
		return task{dir: p.frontend(), args: npm("ci", "--no-fund", "--no-audit")}.do(ctx)
	})
}

// generateBindings writes frontend/wailsjs: what the window may call, in
// TypeScript, from the methods bound in main.go. Wails does it when the app is
// built with the tag bindings and run in the root.
func generateBindings(ctx context.Context, p *project) error {
	f := &fingerprint{root: p.root}
	for _, path := range []string{"go.mod", "wails.json", "backend"} {
		if err := f.add(p.path(path), isSource); err != nil {
			return err
		}
	}
	rootFiles, err := filepath.Glob(p.path("*.go"))
	if err != nil {
		return err
	}
	for _, file := range rootFiles {
		if err := f.add(file, isSource); err != nil {
			return err
		}
	}
	return once(p.bin("stamps", "bindings"), p.frontend("wailsjs", "go"), f, func() error {
		say("generating the window's bindings from app.go")
		program := p.binary("generate-bindings")
		build := task{dir: p.root, args: []string{
			"go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-tags", goTags("bindings"), "-o", program, ".",
		}}
		if err := build.do(ctx); err != nil {
			return err
		}
		defer os.Remove(program)
		ctx, cancel := context.WithTimeout(ctx, time.Minute)
		defer cancel()
		return task{dir: p.root, env: []string{"tsoutputtype=classes"}, args: []string{program}}.do(ctx)
	})
}

// isSource tells the files that can change what the bindings look like.
func isSource(name string) bool {
	return (strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go")) ||
		strings.HasSuffix(name, "go.mod") || strings.HasSuffix(name, "wails.json")
}

// buildFrontend makes frontend/dist when anything it is made from changed.
func buildFrontend(ctx context.Context, p *project) error {
	f := &fingerprint{root: p.root}
	entries, err := os.ReadDir(p.frontend())
	if err != nil {
		return err
	}
	for _, e := range entries {
		if slices.Contains([]string{"node_modules", "dist", "e2e", "test-results"}, e.Name()) {
			continue
		}
		if err := f.add(p.frontend(e.Name()), isShipped); err != nil {
			return err
		}
	}
	// The page shows the licences of the Go modules as well.
	for _, file := range []string{"go.mod", "build/licences.go"} {
		if err := f.add(p.path(file), nil); err != nil {
			return err
		}
	}
	return once(p.bin("stamps", "frontend"), p.frontend("dist", "index.html"), f, func() error {
		say("building the front end")
		built := task{dir: p.frontend(), args: npm("run", "build")}.do(ctx)
		if built == nil {
			built = writeLicences(ctx, p)
		}
		// Vite empties the folder, and Go embeds it also when the build failed.
		return errors.Join(built, os.WriteFile(p.frontend("dist", ".gitkeep"), nil, 0o644))
	})
}

func isShipped(name string) bool {
	return !strings.HasSuffix(name, ".test.ts") && !strings.HasSuffix(name, ".md")
}
