//go:build !dev

package update

// PublisherKey returns the key that was built in.
func PublisherKey(built string) string { return built }
