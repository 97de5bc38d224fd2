package main

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

// inOwnGroup keeps a program out of the console's Ctrl-C.
func inOwnGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
	endWithParent(cmd.SysProcAttr)
}

// terminateGroup ends a program with everything it started.
func terminateGroup(p *os.Process) error {
	return exec.Command("taskkill", "/T", "/PID", strconv.Itoa(p.Pid)).Run()
}

func killGroup(p *os.Process) error {
	return exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(p.Pid)).Run()
}

func script(name string, args []string) []string {
	return append([]string{"cmd", "/c", name}, args...)
}

func makePipe(string) error { return errors.ErrUnsupported }

// lock locks nothing on Windows: two set-ups at once would fail on open files.
func lock(string) (unlock func(), err error) { return func() {}, nil }
