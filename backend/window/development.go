//go:build dev

package window

import (
	"net/http"
	"os"
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
