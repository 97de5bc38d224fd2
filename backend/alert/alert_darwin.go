package alert

import (
	"context"
	"os/exec"
)

// script shows its two arguments, so that no text becomes part of a program.
const script = `on run {title, body}
	display alert title message body as critical
end run`

// Show shows a message until the user closes it. It returns false when nothing
// could show it.
func Show(ctx context.Context, title, text string) bool {
	return exec.CommandContext(ctx, "/usr/bin/osascript", "-e", script, title, text).Run() == nil
}
