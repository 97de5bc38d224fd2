//go:build !dev

package window

import (
	"net/http"
	"time"
)

// PagePatience is how long the page may take to come up.
func PagePatience() time.Duration { return pagePatience }

// Pages serves the page to whoever asks.
func Pages(next http.Handler) http.Handler { return next }

// ChosenFile is what the user is to be thought to choose in a dialog for files, and
// whether that is so: never.
func ChosenFile() (path string, told bool) { return "", false }

// droppedPaths are the paths of a drop as the window tells them. A page can send
// the same event but not this type, so it can't name a file.
func droppedPaths(data any) []string {
	paths, _ := data.([]string)
	return paths
}
