package server

import (
	"math"
	"net"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// limits are the rate limits of the API.
type limits struct {
	account, address *limiter // failed sign-ins
	visits, newLinks *limiter // a partner's log-in-as and mail calls
}

func newLimits(clock func() time.Time) limits {
	return limits{
		account:  newLimiter(clock, rate.Every(30*time.Second), 10),
		address:  newLimiter(clock, rate.Every(3*time.Second), 50),
		visits:   newLimiter(clock, rate.Every(500*time.Millisecond), 120),
		newLinks: newLimiter(clock, rate.Every(500*time.Millisecond), 500),
	}
}

// limiter allows each key a burst and then so many a second. It remembers a
// bounded number of keys and forgets those that have their whole burst back.
type limiter struct {
	clock func() time.Time
	every rate.Limit
	burst int

	mu   sync.Mutex
	keys map[string]*rate.Limiter
}

const maxKeys = 20_000

func newLimiter(clock func() time.Time, every rate.Limit, burst int) *limiter {
	return &limiter{clock: clock, every: every, burst: burst, keys: map[string]*rate.Limiter{}}
}

// take takes one from key's allowance. When there is none it returns how long
// to wait; otherwise a function that gives it back.
func (l *limiter) take(key string) (giveBack func(), wait time.Duration) {
	now := l.clock()
	l.mu.Lock()
	defer l.mu.Unlock()
	have, ok := l.keys[key]
	if !ok {
		l.forget(now)
		have = rate.NewLimiter(l.every, l.burst)
		l.keys[key] = have
	}
	taken := have.ReserveN(now, 1)
	if wait = taken.DelayFrom(now); wait > 0 {
		taken.CancelAt(now)
		return nil, wait
	}
	return func() { taken.CancelAt(now) }, 0
}

// forget makes room for one more key.
func (l *limiter) forget(now time.Time) {
	if len(l.keys) < maxKeys {
		return
	}
	for key, have := range l.keys {
		if have.TokensAt(now) >= float64(l.burst) {
			delete(l.keys, key)
		}
	}
	for key := range l.keys {
		if len(l.keys) < maxKeys*9/10 {
			return
		}
		delete(l.keys, key) // under attack: any key, so that memory stays bounded
	}
}

// tooMany is the problem that says when to try again.
func tooMany(wait time.Duration) (p *api.Problem, retryAfter string) {
	seconds := strconv.Itoa(int(math.Ceil(wait.Seconds())))
	return problemOf(customer.Fail(customer.TooMany, "Too many attempts. Wait "+seconds+" seconds and try again.")), seconds
}

// addressKey is the client's address; IPv6 clients count by their /64.
func addressKey(remote string) string {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	ip = ip.Unmap()
	if ip.Is6() {
		if p, err := ip.Prefix(64); err == nil {
			return p.String()
		}
	}
	return ip.String()
}
