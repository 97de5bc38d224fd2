package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"syscall"
	"time"
)

// endWithParent ends the program even when this one is killed outright.
func endWithParent(attr *syscall.SysProcAttr) { attr.Pdeathsig = syscall.SIGTERM }

// whenGoRunEnds cancels when the `go run` that started this program is gone:
// it passes Ctrl-C on, but not a SIGTERM.
func whenGoRunEnds(ctx context.Context, cancel context.CancelFunc) {
	parent := os.Getppid()
	name, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", parent))
	if err != nil || !bytes.Equal(bytes.TrimSpace(name), []byte("go")) {
		return
	}
	tick := time.NewTicker(250 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if os.Getppid() != parent {
				cancel()
				return
			}
		}
	}
}
