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
