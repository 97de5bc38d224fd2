//go:build dev

package window

import (
	"net/http"
	"os"
	"strings"
	"time"
)

// PagePatience is how long the page may take to come up. In a development build
// the environment may say so, for tests.
func PagePatience() time.Duration {
	if d, err := time.ParseDuration(os.Getenv("PARTNER_DESK_PAGE_PATIENCE")); err == nil {
		return d
	}
	return pagePatience
}

// Pages serves the page to whoever asks. A development build shows it in its
// window and to browsers; the environment may leave the window empty, for tests
// in a browser: of two pages, either could take what is told only once.
func Pages(next http.Handler) http.Handler {
	if os.Getenv("PARTNER_DESK_PAGE_IN") != "browser" {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Host == "wails" {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// ChosenFile is what the user is to be thought to choose in a dialog for files,
// for tests in a browser, where none can be shown: the environment names a file
// that holds the path.
func ChosenFile() (path string, told bool) {
	name := os.Getenv("PARTNER_DESK_CHOOSES")
	if name == "" {
		return "", false
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return "", true
	}
	return strings.TrimSpace(string(text)), true
}

// droppedPaths are the paths of a drop as the window tells them or, for tests in
// a browser, as a page does.
func droppedPaths(data any) []string {
	paths, _ := data.([]string)
	list, _ := data.([]any)
	for _, one := range list {
		if path, ok := one.(string); ok {
			paths = append(paths, path)
		}
	}
	return paths
}
