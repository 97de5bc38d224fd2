//go:build !dev

package window

import "time"

// PagePatience is how long the page may take to come up.
func PagePatience() time.Duration { return pagePatience }
