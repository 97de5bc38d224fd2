package moving

import "time"

// The shortest and longest pause between tries.
const (
	minPause = time.Second
	maxPause = time.Minute
)

// backoff counts failures in a row.
type backoff struct {
	failures int
	random   func() float64
}

// next is the pause before the next try: twice as long each time, and then
// shortened by up to half, so that many desks don't return as one.
func (b *backoff) next() time.Duration {
	pause := maxPause
	if b.failures < 6 { // 1 s << 6 is over a minute
		pause = minPause << b.failures
	}
	b.failures++
	return max(minPause, pause-time.Duration(b.random()*float64(pause)/2))
}

func (b *backoff) reset() { b.failures = 0 }
