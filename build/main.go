package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
)

// A command is one word after `go run ./build`.
type command struct {
	name, does string
	run        func(ctx context.Context, p *project, args []string) error
}

func commands() []command {
	return []command{
		{"run", "set up what is missing and open Partner Desk; further words go to the app (--demo, --data DIR)", runDesk},
		{"test", "set up what is missing and run every test, or with -only WORDS the suites named so", runTests},
		{"check", "format, lint and types, without tests", runCheck},
		{"dev", "open Partner Desk with the front end reloading as it is edited", runDev},
		{"package", "make installers and archives in build/bin/release: -only " + kindNames(), runPackage},
		{"audit", "look for known vulnerabilities in what the programs are made of", runAudit},
		{"bench", "measure the list and what a Back Office bears, against the budgets and yardsticks", runBench},
		{"soak", "run random histories of desks that share a Back Office: -n N, and -seed S to repeat", runSoak},
		{"screenshots", "make docs/screenshots anew from the sample customers", runScreenshots},
		{"sign", "sign a Windows program with the configured certificate (for the installer)", runSign},
		{"session", "run a program on a virtual display with its own desktop session (for tests)", runSession},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go whenStarterEnds(ctx, cancel, len(os.Args) > 1 && os.Args[1] == "session")

	if err := dispatch(ctx, os.Args[1:]); err != nil {
		var quiet *exitError
		if errors.As(err, &quiet) {
			os.Exit(quiet.code)
		}
		if ctx.Err() != nil {
			os.Exit(130)
		}
		fmt.Fprintln(os.Stderr, "\n"+err.Error())
		os.Exit(1)
	}
}

func dispatch(ctx context.Context, args []string) error {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		usage()
		if len(args) == 0 {
			return &exitError{2}
		}
		return nil
	}
	for _, c := range commands() {
		if c.name != args[0] {
			continue
		}
		p, err := findProject()
		if err != nil {
			return err
		}
		rest := args[1:]
		if len(rest) > 0 && rest[0] == "--" {
			rest = rest[1:]
		}
		return c.run(ctx, p, rest)
	}
	usage()
	return fmt.Errorf("there is no command %q", args[0])
}

func usage() {
	fmt.Println("Usage: go run ./build COMMAND")
	fmt.Println()
	for _, c := range commands() {
		fmt.Printf("  %-12s %s\n", c.name, c.does)
	}
}

// An exitError ends the program with a code after everything has been said.
type exitError struct{ code int }

func (e *exitError) Error() string { return fmt.Sprintf("exit code %d", e.code) }

// exitCode turns the end of a program into an exitError with the same code.
func exitCode(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return &exitError{max(exit.ExitCode(), 1)}
	}
	return err
}
