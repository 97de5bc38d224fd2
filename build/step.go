package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// say tells what is about to be done, in one line.
func say(format string, args ...any) {
	fmt.Printf("› "+format+"\n", args...)
}

// A task is a program to run to its end, in dir, with env added to ours.
type task struct {
	dir  string
	env  []string
	args []string
	out  io.Writer // nil: shown only when the task fails
}

// do runs the task. When it was silent and failed, its output is in the error.
// It and what it started end when ctx does.
func (t task) do(ctx context.Context) error {
	var kept bytes.Buffer
	out := t.out
	if out == nil {
		out = &kept
	}
	cmd := exec.CommandContext(ctx, t.args[0], t.args[1:]...)
	cmd.Dir = t.dir
	cmd.Env = append(os.Environ(), t.env...)
	cmd.Stdout, cmd.Stderr = out, out
	inOwnGroup(cmd)
	cmd.Cancel = func() error { return terminateGroup(cmd.Process) }
	cmd.WaitDelay = 10 * time.Second
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		text := strings.TrimSpace(kept.String())
		if text != "" {
			text = "\n" + text
		}
		return fmt.Errorf("%s: %w%s", strings.Join(t.args, " "), err, text)
	}
	return nil
}

// output runs a program and returns what it printed on standard output.
func output(ctx context.Context, dir string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir = dir
	out, err := cmd.Output()
	return string(out), err
}

// npm returns the words that start npm or npx; they are scripts on Windows.
func npm(args ...string) []string { return script("npm", args) }
func npx(args ...string) []string { return script("npx", args) }
