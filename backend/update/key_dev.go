//go:build dev

package update

import "os"

// PublisherKey returns the key that was built in. A development build takes
// another one from the environment, so that tests can be the publisher.
func PublisherKey(built string) string {
	if key := os.Getenv("PARTNER_DESK_UPDATE_KEY"); key != "" {
		return key
	}
	return built
}
