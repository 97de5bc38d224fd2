package server

import (
	"math"
	"strconv"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/limit"
	"partnerdesk/backend/customer"
)

// limits are the rate limits of the API.
type limits struct {
	pair      *limit.Limiter // sign-ins that failed, by username and address: one address locks nobody out
	account   *limit.Limiter // sign-ins that failed, by username
	address   *limit.Limiter // sign-ins, by the client's address
	visits    *limit.Limiter // log-in-as links, by partner
	newLinks  *limit.Limiter // activation links and mails, by partner
	passwords *limit.Limiter // passwords given to members, by partner: each costs memory and time
}

// keys is how many accounts, addresses or partners are remembered.
const keys = 20_000

func newLimits(clock func() time.Time) limits {
	return limits{
		pair:      limit.New(clock, 30*time.Second, 10, keys),
		account:   limit.New(clock, 6*time.Second, 50, keys),
		address:   limit.New(clock, 3*time.Second, 50, keys),
		visits:    limit.New(clock, 500*time.Millisecond, 120, keys),
		newLinks:  limit.New(clock, 500*time.Millisecond, 500, keys),
		passwords: limit.New(clock, 3*time.Second, 20, keys),
	}
}

// try takes one from what may be tried with a username from an address, or
// returns a *limitError.
func (l limits) try(username, address string) error {
	account := customer.UsernameKey(username)
	if err := within(l.address, address); err != nil {
		return err
	}
	if err := within(l.pair, account+" "+address); err != nil {
		return err
	}
	return within(l.account, account)
}

// forget is called after a success, which costs nothing.
func (l limits) forget(username, address string) {
	account := customer.UsernameKey(username)
	l.pair.Forget(account + " " + address)
	l.account.Forget(account)
}

// limitError says that a caller must wait.
type limitError struct{ wait time.Duration }

func (e *limitError) Error() string { return "too many attempts" }

// within takes one from key's allowance, or returns a *limitError.
func within(l *limit.Limiter, key string) error {
	if wait := l.Take(key); wait > 0 {
		return &limitError{wait}
	}
	return nil
}

// tooMany is the problem that says when to try again.
func tooMany(wait time.Duration) (p *api.Problem, retryAfter string) {
	seconds := strconv.Itoa(int(math.Ceil(wait.Seconds())))
	return problemOf(customer.Fail(customer.TooMany, "Too many attempts. Wait "+seconds+" seconds and try again.")), seconds
}
