package alert

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"time"
)

// patience is how long a message may stay open.
const patience = 10 * time.Minute

// Show shows a message until the user closes it, by the first program of the
// desktop that can. It returns false when nothing could show it.
func Show(ctx context.Context, title, text string) bool {
	if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for _, command := range [][]string{
		{"zenity", "--error", "--no-markup", "--title=" + title, "--text=" + text},
		{"kdialog", "--title", title, "--error", text},
		{"xmessage", "-center", title + "\n\n" + text},
	} {
		path, err := exec.LookPath(command[0])
		if err != nil {
			continue
		}
		err = exec.CommandContext(ctx, path, command[1:]...).Run()
		var exit *exec.ExitError
		// Closed by the cross, zenity and kdialog exit with 1, as they do when they
		// could not open; which of the two it was can't be told, so no second one is shown.
		if err == nil || errors.As(err, &exit) {
			return true
		}
	}
	return false
}
