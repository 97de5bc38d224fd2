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

// whenStarterEnds cancels when the program that started this one is gone and
// would leave it running: `go run` passes Ctrl-C on but not a SIGTERM, and a
// test that is killed outright can't end its session.
func whenStarterEnds(ctx context.Context, cancel context.CancelFunc, always bool) {
	parent := os.Getppid()
	name, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", parent))
	if !always && (err != nil || !bytes.Equal(bytes.TrimSpace(name), []byte("go"))) {
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
