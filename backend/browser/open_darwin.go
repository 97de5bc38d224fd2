package browser

import (
	"os/exec"
	"syscall"
)

// longestMailto bounds a mailto link, in bytes.
const longestMailto = 8000

const missingOpener = "The program that opens links on macOS (/usr/bin/open) can't be found."

func command(link string) []string { return []string{"/usr/bin/open", link} }

// detach lets the browser outlive Partner Desk.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
