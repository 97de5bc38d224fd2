package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"strings"
)

// checks are format, lint and types; each counts as one test.
func checks() []suite {
	return []suite{
		{"gofmt", check(goFormat)},
		{"front-end format and lint", check(frontendScript("lint"))},
		{"front-end types", check(frontendScript("check"))},
		{"golangci-lint", check(lint)},
		{"Go types for Windows and macOS", check(vetElsewhere)},
		{"actionlint", check(lintWorkflows)},
	}
}

func check(run func(ctx context.Context, p *project) error) func(context.Context, *project) (tally, string, error) {
	return func(ctx context.Context, p *project) (tally, string, error) {
		if err := run(ctx, p); err != nil {
			return tally{failed: 1}, "", err
		}
		return tally{passed: 1}, "", nil
	}
}

func goFormat(ctx context.Context, p *project) error {
	files, err := output(ctx, p.root, "gofmt", "-l", "app.go", "main.go", "backend", "build")
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			files += string(exit.Stderr)
		}
		return fmt.Errorf("gofmt: %w\n%s", err, files)
	}
	if files = strings.TrimSpace(files); files != "" {
		return errors.New("these files are not formatted (gofmt -w):\n" + files)
	}
	return nil
}

// vetElsewhere type-checks all code, tests included, for the other systems. What
// draws the window on macOS takes its own compiler and is left out here.
func vetElsewhere(ctx context.Context, p *project) error {
	var errs []error
	for _, t := range []target{{"windows", "amd64"}, {"darwin", "arm64"}} {
		if t.os == runtime.GOOS {
			continue
		}
		env := []string{"GOOS=" + t.os, "GOARCH=" + t.arch, "CGO_ENABLED=0"}
		if err := (task{dir: p.root, env: env, args: []string{"go", "vet", "./..."}}).do(ctx); err != nil {
			errs = append(errs, fmt.Errorf("for %s: %w", t, err))
		}
	}
	return errors.Join(errs...)
}

func frontendScript(name string) func(context.Context, *project) error {
	return func(ctx context.Context, p *project) error {
		return task{dir: p.frontend(), args: npm("run", "--silent", name)}.do(ctx)
	}
}
