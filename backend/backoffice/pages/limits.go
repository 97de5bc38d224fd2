package pages

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"partnerdesk/backend/backoffice/limit"
	"partnerdesk/backend/customer"
)

// limits bound the tries per address and per account. A person who mistypes,
// or an office behind one address, does not meet them; a guesser does.
type limits struct {
	loginByAddress, loginByAccount   *limit.Limiter
	loginByPair                      *limit.Limiter // an account from one address
	forgotByAddress, forgotByAccount *limit.Limiter
	linkByAddress                    *limit.Limiter // activate, reset and enter
}

const maxKeys = 20_000

func newLimits(clock func() time.Time) limits {
	return limits{
		loginByAddress:  limit.New(clock, 2*time.Second, 100, maxKeys),
		loginByPair:     limit.New(clock, 20*time.Second, 15, maxKeys),
		loginByAccount:  limit.New(clock, 5*time.Second, 60, maxKeys),
		forgotByAddress: limit.New(clock, 30*time.Second, 30, maxKeys),
		forgotByAccount: limit.New(clock, 10*time.Minute, 5, maxKeys),
		linkByAddress:   limit.New(clock, time.Second, 100, maxKeys),
	}
}

// tooMany is the refusal of a try that came too soon.
type tooMany struct{ wait time.Duration }

func (e tooMany) Error() string { return "too many tries" }

func (e tooMany) seconds() string { return strconv.Itoa(int(math.Ceil(e.wait.Seconds()))) }

func (s *site) takeAddress(l *limit.Limiter, r *http.Request) error {
	return take(l, s.o.Address(r))
}

// takePassword counts a try of the account's password. One address alone runs
// out long before the account does, so that it can't lock the customer out.
func (s *site) takePassword(r *http.Request, username string) error {
	if err := takeAccount(s.limits.loginByPair, username, s.o.Address(r)); err != nil {
		return err
	}
	return takeAccount(s.limits.loginByAccount, username)
}

// knewPassword takes back what right passwords counted.
func (s *site) knewPassword(r *http.Request, username string) {
	s.limits.loginByPair.Forget(accountKey(username, s.o.Address(r)))
	s.limits.loginByAccount.Forget(accountKey(username))
}

// takeAccount counts a try on the account with this username, whether there
// is one or not; from makes it one of several allowances.
func takeAccount(l *limit.Limiter, username string, from ...string) error {
	if len(username) > customer.MaxUsername {
		return nil // no account has such a name
	}
	return take(l, accountKey(username, from...))
}

func accountKey(username string, from ...string) string {
	return strings.Join(append([]string{customer.UsernameKey(username)}, from...), " ")
}

func take(l *limit.Limiter, key string) error {
	if wait := l.Take(key); wait > 0 {
		return tooMany{wait}
	}
	return nil
}
