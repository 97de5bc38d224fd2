package browser

import (
	"os/exec"
	"syscall"
)

// longestMailto bounds a mailto link, in bytes.
const longestMailto = 8000

const missingOpener = "Links can't be opened: the program xdg-open is missing. Install the package xdg-utils, then try again."

func command(link string) []string { return []string{"xdg-open", link} }

// detach lets the browser outlive Partner Desk.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }
