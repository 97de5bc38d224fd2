package client

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"partnerdesk/backend/customer"
)

// Client is a Back Office as one partner's desk sees it. It is safe for
// concurrent use.
type Client struct {
	base  string // scheme and host, without a slash at the end
	http  *http.Client
	token atomic.Pointer[string]
}

// Bounds of a call.
const (
	callTimeout = 20 * time.Second
	maxAnswer   = 64 << 20 // bytes
	maxRedirect = 3
)

// New returns a client of the Back Office at baseURL, which must be https, or
// http to loopback; otherwise it returns an *customer.Error of the field
// "address". hc may be nil; it is not changed.
func New(baseURL string, hc *http.Client) (*Client, error) {
	base, err := checkAddress(baseURL)
	if err != nil {
		return nil, err
	}
	if hc == nil {
		hc = &http.Client{}
	}
	own := *hc
	if own.Transport == nil {
		// Connections of its own: none that an earlier Back Office on the same
		// port has closed is taken up again.
		own.Transport = &http.Transport{
			Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true,
			TLSHandshakeTimeout: 10 * time.Second, IdleConnTimeout: 90 * time.Second,
		}
	}
	own.Jar = nil
	own.Timeout = 0 // a context bounds each call
	own.CheckRedirect = func(r *http.Request, via []*http.Request) error {
		if len(via) > maxRedirect || r.URL.Scheme != via[0].URL.Scheme || r.URL.Host != via[0].URL.Host {
			return errRedirect
		}
		return nil
	}
	return &Client{base: base, http: &own}, nil
}

var errRedirect = errors.New("redirected to another address")

// Reachable reports whether the Back Office says, within a second, that it can
// serve. A proxy that answers for one that is away does not count.
func (c *Client) Reachable(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/healthz", nil)
	if err != nil {
		return false
	}
	answer, err := c.http.Do(r)
	if err != nil {
		return false
	}
	_ = answer.Body.Close() // the status says it all
	return answer.StatusCode == http.StatusOK
}

// SetToken sets the token of later calls; empty for none.
func (c *Client) SetToken(token string) { c.token.Store(&token) }

// Token returns the token of later calls; empty for none.
func (c *Client) Token() string {
	if token := c.token.Load(); token != nil {
		return *token
	}
	return ""
}

// Address is the address that was meant by what a person typed: https where
// nothing else is said, and always the same text for the same place. Returns an
// *customer.Error of the field "address", like New.
func Address(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	if typed != "" && !strings.Contains(typed, "://") {
		typed = "https://" + typed
	}
	base, err := checkAddress(typed)
	if err != nil {
		return "", err
	}
	base = strings.ToLower(base)
	for scheme, port := range map[string]string{"https://": ":443", "http://": ":80"} {
		if strings.HasPrefix(base, scheme) {
			base = strings.TrimSuffix(base, port)
		}
	}
	return base, nil
}

func checkAddress(address string) (string, error) {
	fail := func(message string) error { return customer.FailField(customer.Invalid, "address", message) }
	u, err := url.Parse(strings.TrimSpace(address))
	switch {
	case err != nil || u.Hostname() == "" || u.Opaque != "":
		return "", fail("Enter the address of the Back Office, such as https://desk.example.com.")
	case u.User != nil:
		return "", fail("Leave the user name and password out of the address.")
	case strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		return "", fail("Enter the address only up to the name of the server, such as https://desk.example.com.")
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return "", fail("The address must start with https://, so that nobody on the way can read along.")
	case u.Scheme != "http" && u.Scheme != "https":
		return "", fail("The address must start with https://.")
	}
	return u.Scheme + "://" + u.Host, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
