//go:build unix

package main

import (
	"os"
	"os/exec"
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
