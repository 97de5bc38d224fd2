// Package backoff says how long to wait before a Back Office that failed is
// tried again. It waits for nobody itself.
package backoff

import "time"

// The shortest and longest pause between tries.
const (
	minPause = time.Second
	maxPause = time.Minute
)

// A Backoff counts failures in a row. Random returns numbers in [0, 1).
type Backoff struct {
	Random   func() float64
	failures int
}

// Next is the pause before the next try: twice as long each time, and then
// shortened by up to half, so that many desks don't return as one.
func (b *Backoff) Next() time.Duration {
	pause := maxPause
	if b.failures < 6 { // 1 s << 6 is over a minute
		pause = minPause << b.failures
	}
	b.failures++
	return max(minPause, pause-time.Duration(b.Random()*float64(pause)/2))
}

// Reset is said of a success.
func (b *Backoff) Reset() { b.failures = 0 }
