// Package limit bounds how often something may be tried, per key. It keeps a
// bounded number of keys and knows nothing of what they stand for.
package limit

import (
	"container/list"
	"net"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limiter allows each key a burst of tries and then one more every interval.
// It is safe for concurrent use.
type Limiter struct {
	clock   func() time.Time
	every   rate.Limit
	burst   int
	maxKeys int

	mu     sync.Mutex
	keys   map[string]*list.Element
	recent *list.List // of *entry, the most recently used first
}

type entry struct {
	key    string
	bucket *rate.Limiter
}

// New makes a Limiter that remembers the maxKeys most recently used keys.
func New(clock func() time.Time, interval time.Duration, burst, maxKeys int) *Limiter {
	return &Limiter{
		clock: clock, every: rate.Every(interval), burst: burst, maxKeys: maxKeys,
		keys: map[string]*list.Element{}, recent: list.New(),
	}
}

// Take takes one try from key's allowance. It returns zero when the try may
// go ahead, and otherwise how long to wait for the next.
func (l *Limiter) Take(key string) time.Duration {
	now := l.clock()
	l.mu.Lock()
	defer l.mu.Unlock()
	r := l.bucket(key).ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait > 0 {
		r.CancelAt(now)
	}
	return wait
}

// Forget gives key its whole burst back.
func (l *Limiter) Forget(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e, ok := l.keys[key]; ok {
		l.recent.Remove(e)
		delete(l.keys, key)
	}
}

func (l *Limiter) bucket(key string) *rate.Limiter {
	if e, ok := l.keys[key]; ok {
		l.recent.MoveToFront(e)
		return e.Value.(*entry).bucket
	}
	if len(l.keys) >= l.maxKeys {
		oldest := l.recent.Back()
		l.recent.Remove(oldest)
		delete(l.keys, oldest.Value.(*entry).key)
	}
	made := &entry{key: key, bucket: rate.NewLimiter(l.every, l.burst)}
	l.keys[key] = l.recent.PushFront(made)
	return made.bucket
}

// Address is the key of a client by its remote address ("host:port"); IPv6
// clients count by their /64, which is what one household has.
func Address(remote string) string {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is6() {
		if p, err := ip.Prefix(64); err == nil {
			return p.String()
		}
	}
	return ip.String()
}
