package browser

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// longestMailto bounds a mailto link, in bytes: about what Windows hands on.
const longestMailto = 2000

const missingOpener = "Windows' own program for opening links (rundll32) can't be found."

// command names rundll32 by its full path, so that no other program of that name runs.
func command(link string) []string {
	return []string{filepath.Join(os.Getenv("SystemRoot"), "System32", "rundll32.exe"), "url.dll,FileProtocolHandler", link}
}

func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true} }
