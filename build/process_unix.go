//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// inOwnGroup keeps a program out of the terminal's Ctrl-C, so that programs are
// ended in order, and makes it the head of a group that can be ended as one.
func inOwnGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	endWithParent(cmd.SysProcAttr)
}

func terminateGroup(p *os.Process) error { return syscall.Kill(-p.Pid, syscall.SIGTERM) }
func killGroup(p *os.Process) error      { return syscall.Kill(-p.Pid, syscall.SIGKILL) }

func script(name string, args []string) []string { return append([]string{name}, args...) }

func makePipe(path string) error { return syscall.Mkfifo(path, 0o600) }

// lock waits until no other set-up runs in this clone. The lock goes with the
// program, however it ends.
func lock(path string) (unlock func(), err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil {
		say("waiting for another set-up in this clone")
		if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
			_ = f.Close()
			return nil, fmt.Errorf("wait for another set-up: %w", err)
		}
	}
	return func() { _ = f.Close() }, nil
}
