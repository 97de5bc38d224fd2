//go:build dev

package window

import (
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
