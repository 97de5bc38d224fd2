package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"sync"
	"time"
)

// A child is a program that runs beside this one until it is stopped.
type child struct {
	cmd  *exec.Cmd
	done chan struct{} // closed when it has ended
	err  error         // how it ended; read after done
	once sync.Once
}

// startChild starts a program as the head of its own process group.
func startChild(cmd *exec.Cmd) (*child, error) {
	inOwnGroup(cmd)
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", filepath.Base(cmd.Path), err)
	}
	c := &child{cmd: cmd, done: make(chan struct{})}
	go func() {
		c.err = cmd.Wait()
		close(c.done)
	}()
	return c, nil
}

// stop asks the program and what it started to end, and after the patience
// makes them. It returns when the program has ended.
func (c *child) stop(patience time.Duration) {
	c.once.Do(func() {
		_ = terminateGroup(c.cmd.Process) // it may have ended by itself
		select {
		case <-c.done:
		case <-time.After(patience):
		}
		_ = killGroup(c.cmd.Process)
		<-c.done
	})
}

// wait returns when the program has ended, or with ctx's error before that.
func (c *child) wait(ctx context.Context) error {
	select {
	case <-c.done:
		return c.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// children are programs that are stopped in the reverse of their starting order.
type children []*child

func (cs *children) start(cmd *exec.Cmd) (*child, error) {
	c, err := startChild(cmd)
	if err == nil {
		*cs = append(*cs, c)
	}
	return c, err
}

func (cs *children) stop() {
	for len(*cs) > 0 {
		last := (*cs)[len(*cs)-1]
		*cs = (*cs)[:len(*cs)-1]
		last.stop(5 * time.Second)
	}
}

// errEnded tells that a program ended before it said what was waited for.
var errEnded = errors.New("ended before it was ready")
