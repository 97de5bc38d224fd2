package main

import (
	"context"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// lintVersion is the golangci-lint that .golangci.yml was written for.
const lintVersion = "2.15.0"

// lint runs golangci-lint by .golangci.yml.
func lint(ctx context.Context, p *project) error {
	program, err := linter(ctx, p)
	if err != nil {
		return err
	}
	return task{dir: p.root, args: []string{program, "run", "--allow-parallel-runners", "--timeout", "10m", "./..."}}.do(ctx)
}

// linter finds golangci-lint of that version, and otherwise builds it.
func linter(ctx context.Context, p *project) (string, error) {
	own := p.bin("tools", lintVersion)
	name := "golangci-lint"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	candidates := []string{filepath.Join(own, name), name}
	if gopath, err := output(ctx, p.root, "go", "env", "GOPATH"); err == nil {
		candidates = append(candidates, filepath.Join(strings.TrimSpace(gopath), "bin", name))
	}
	for _, program := range candidates {
		version, err := exec.CommandContext(ctx, program, "version").Output()
		if err == nil && strings.Contains(string(version), " "+lintVersion+" ") {
			return program, nil
		}
	}
	say("building golangci-lint %s (once; takes a few minutes)", lintVersion)
	install := task{dir: p.root, env: []string{"GOBIN=" + own, "CGO_ENABLED=0"}, args: []string{
		"go", "install", "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v" + lintVersion,
	}}
	return candidates[0], install.do(ctx)
}
