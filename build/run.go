package main

import (
	"context"
	"os"
	"os/exec"
	"runtime"
	"time"
)

// runDesk builds Partner Desk and opens it, or serves its window to a browser
// where there is no display.
func runDesk(ctx context.Context, p *project, args []string) error {
	if !hasDisplay() {
		return runWithoutDisplay(ctx, p, args)
	}
	if err := setUp(ctx, p, runDisplay); err != nil {
		return err
	}
	program, err := buildDesk(ctx, p)
	if err != nil {
		return err
	}
	say("opening Partner Desk")
	cmd := exec.Command(program, args...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	desk, err := startChild(cmd)
	if err != nil {
		return err
	}
	defer desk.stop(15 * time.Second)
	return ended(ctx, desk)
}

// ended waits for the app. Being asked to stop is a good end too.
func ended(ctx context.Context, desk *child) error {
	err := desk.wait(ctx)
	if ctx.Err() != nil {
		return nil
	}
	return exitCode(err)
}

func hasDisplay() bool {
	return runtime.GOOS != "linux" || os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

// buildDesk builds the app as it ships and returns its path.
func buildDesk(ctx context.Context, p *project) (string, error) {
	say("building Partner Desk (the first time takes a few minutes)")
	flags := "-s -w"
	if runtime.GOOS == "windows" {
		flags += " -H windowsgui"
	}
	program := p.binary("partner-desk")
	return program, task{dir: p.root, env: compilerEnv(), args: []string{
		"go", "build", "-trimpath", "-buildvcs=false", "-tags", goTags("desktop", "production"),
		"-ldflags", flags, "-o", program, ".",
	}}.do(ctx)
}

// buildDevDesk builds the app with the server that shows its window to a browser.
func buildDevDesk(ctx context.Context, p *project) (string, error) {
	say("building Partner Desk for a browser (the first time takes a few minutes)")
	program := p.binary("partner-desk-dev")
	return program, task{dir: p.root, env: compilerEnv(), args: []string{
		"go", "build", "-trimpath", "-buildvcs=false", "-tags", goTags("dev"), "-o", program, ".",
	}}.do(ctx)
}

// buildBackOffice builds the server program, static.
func buildBackOffice(ctx context.Context, p *project) (string, error) {
	program := p.binary("backoffice")
	return program, task{dir: p.root, env: []string{"CGO_ENABLED=0"}, args: []string{
		"go", "build", "-trimpath", "-buildvcs=false", "-o", program, "./backend/cmd/backoffice",
	}}.do(ctx)
}

// compilerEnv is what Go needs to link the window on this system.
func compilerEnv() []string {
	if runtime.GOOS == "darwin" {
		return []string{"CGO_LDFLAGS=-framework UniformTypeIdentifiers"}
	}
	return nil
}
