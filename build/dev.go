package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"time"
)

// runDev opens the app on Vite's server, which reloads what is edited.
func runDev(ctx context.Context, p *project, args []string) error {
	if !hasDisplay() {
		return errors.New("dev needs a display; `go run ./build run` works without one")
	}
	if err := setUp(ctx, p, runDisplay); err != nil {
		return err
	}
	program, err := buildDevDesk(ctx, p)
	if err != nil {
		return err
	}
	const vite = "127.0.0.1:34116"
	say("starting Vite on %s", vite)
	var programs children
	defer programs.stop()
	server := npx("vite", "--host", "127.0.0.1", "--port", "34116", "--strictPort")
	cmd := exec.Command(server[0], server[1:]...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = p.frontend(), os.Stdout, os.Stderr
	front, err := programs.start(cmd)
	if err != nil {
		return err
	}
	if err := waitForServer(ctx, "http://"+vite, front); err != nil {
		return err
	}
	inner, err := freeAddress()
	if err != nil {
		return err
	}
	say("opening Partner Desk; after a change in Go, end it with Ctrl-C and start again")
	desk := exec.Command(program, args...)
	desk.Env = append(os.Environ(), "frontenddevserverurl=http://"+vite, "devserver="+inner, "loglevel=Info")
	desk.Stdout, desk.Stderr = os.Stdout, os.Stderr
	opened, err := programs.start(desk)
	if err != nil {
		return err
	}
	err = ended(ctx, opened)
	opened.stop(15 * time.Second)
	return err
}
