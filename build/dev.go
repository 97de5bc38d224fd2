package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"
)

// runDev opens the app and builds the front end anew whenever it is edited,
// then reloads the window. It is the build that ships, so that the page runs
// under the same security policy (which Vite's own server does not).
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
	address, err := freeAddress()
	if err != nil {
		return err
	}
	var programs children
	defer programs.stop()
	say("opening Partner Desk; after a change in Go, end it with Ctrl-C and start again")
	desk := exec.Command(program, args...)
	desk.Env = append(os.Environ(), "assetdir="+p.frontend("dist"), "devserver="+address, "loglevel=Info")
	desk.Stdout, desk.Stderr = os.Stdout, os.Stderr
	opened, err := programs.start(desk)
	if err != nil {
		return err
	}
	if err := waitForServer(ctx, "http://"+address, opened); err != nil {
		return err
	}
	if err := watchFrontend(ctx, p, &programs, "http://"+address+"/wails/reload"); err != nil {
		return err
	}
	err = ended(ctx, opened)
	opened.stop(15 * time.Second)
	return err
}

// watchFrontend starts Vite, which builds after each change, and asks reload
// for after each build. Not by npx, which would leave Vite behind when killed.
func watchFrontend(ctx context.Context, p *project, programs *children, reload string) error {
	read, write := io.Pipe()
	vite := exec.Command("node", "node_modules/vite/bin/vite.js", "build", "--watch")
	vite.Dir, vite.Stdout, vite.Stderr = p.frontend(), write, os.Stderr
	if _, err := programs.start(vite); err != nil {
		return err
	}
	go func() {
		for lines := bufio.NewScanner(read); lines.Scan(); {
			fmt.Println(lines.Text())
			if strings.Contains(lines.Text(), "built in") {
				ask(ctx, reload)
			}
		}
	}()
	return nil
}

func ask(ctx context.Context, address string) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		say("the window was not reloaded: %v", err)
		return
	}
	_ = res.Body.Close()
}
