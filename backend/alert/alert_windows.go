package alert

import (
	"context"

	"golang.org/x/sys/windows"
)

// Show shows a message until the user closes it. It returns false when nothing
// could show it.
func Show(_ context.Context, title, text string) bool {
	t, err := windows.UTF16PtrFromString(text)
	if err != nil {
		return false
	}
	caption, err := windows.UTF16PtrFromString(title)
	if err != nil {
		return false
	}
	_, err = windows.MessageBox(0, t, caption, windows.MB_OK|windows.MB_ICONERROR|windows.MB_SETFOREGROUND)
	return err == nil
}
