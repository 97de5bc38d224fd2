// Package link reads partnerdesk: links, which any web page or mail can make
// the system hand over. What stands in one is not trusted: it can name a
// customer to look at, and nothing else.
package link

import (
	"net/url"
	"strings"
	"sync"

	"partnerdesk/backend/customer"
)

// Scheme is what a link begins with, before the colon.
const Scheme = "partnerdesk"

// longest bounds a link, in bytes; one that names a customer has 58.
const longest = 200

// Parse returns the id of the customer that a link of the form
// partnerdesk://customer/ID names. Scheme and host count in any case, as RFC
// 3986 says; a closing slash does no harm. Any other link is Invalid.
func Parse(raw string) (id string, err error) {
	refused := customer.Fail(customer.Invalid, "This link can't be opened: it names no customer.")
	if len(raw) > longest {
		return "", refused
	}
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != Scheme || !strings.EqualFold(u.Host, "customer") ||
		u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return "", refused
	}
	id = strings.ToLower(strings.Trim(u.Path, "/"))
	if !customer.IsID(id) {
		return "", refused
	}
	return id, nil
}

// Find returns the link among the words a program was started with; ok is false
// when there is none.
func Find(args []string) (raw string, ok bool) {
	for _, arg := range args {
		if scheme, _, found := strings.Cut(arg, ":"); found && strings.EqualFold(scheme, Scheme) {
			return arg, true
		}
	}
	return "", false
}

// An Inbox keeps the newest link until the window takes it.
type Inbox struct {
	mu   sync.Mutex
	held string
}

// Put keeps a link in place of an older one.
func (b *Inbox) Put(raw string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.held = raw
}

// Take returns the customer's id of the link that waits, once; empty when none
// does, Invalid when it names no customer.
func (b *Inbox) Take() (id string, err error) {
	b.mu.Lock()
	raw := b.held
	b.held = ""
	b.mu.Unlock()
	if raw == "" {
		return "", nil
	}
	return Parse(raw)
}
