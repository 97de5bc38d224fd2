package browser

import (
	"context"
	"net"
	"net/url"
	"os/exec"
	"strings"
	"time"

	"partnerdesk/backend/customer"
)

// Opener opens links with the system's own opener.
type Opener struct {
	allowed func() []string
	patient time.Duration // how long an opener may take to fail
}

// New makes an Opener. allowed returns the origins that OpenLink may open, such
// as "https://backoffice.example" or "http://127.0.0.1:7360"; it is asked each time.
func New(allowed func() []string) *Opener {
	return &Opener{allowed: allowed, patient: 2 * time.Second}
}

// OpenLink opens link in the system browser when it is https, or http to
// loopback, and its origin is allowed. It returns once the system's opener has
// ended well or has run for two seconds without failing; it does not wait for
// the browser. Failures are *customer.Error: Forbidden for a link that may not
// be opened, Internal when no browser could be started.
func (o *Opener) OpenLink(ctx context.Context, link string) error {
	clean, err := check(link, o.allowed())
	if err != nil {
		return err
	}
	return o.start(ctx, clean, "No browser could be opened. Choose a default browser in this computer's settings, then try again.")
}

// check returns link in its normal form, or why it may not be opened.
func check(link string, allowed []string) (string, error) {
	refused := customer.Fail(customer.Forbidden, "This link can't be opened from Partner Desk.")
	if len(link) > 8000 || strings.ContainsFunc(link, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"'<>\\^`{|}", r) }) {
		return "", refused
	}
	u, err := url.Parse(link)
	if err != nil || u.Opaque != "" || u.User != nil || u.Hostname() == "" {
		return "", refused
	}
	origin, ok := originOf(u)
	if !ok {
		return "", refused
	}
	for _, a := range allowed {
		if parsed, err := url.Parse(a); err == nil {
			if same, ok := originOf(parsed); ok && same == origin {
				return u.String(), nil
			}
		}
	}
	return "", refused
}

// originOf returns scheme, host and port of an address that may be opened at all.
func originOf(u *url.URL) (string, bool) {
	host := strings.ToLower(u.Hostname())
	ip := net.ParseIP(host)
	loopback := host == "localhost" || (ip != nil && ip.IsLoopback())
	port := u.Port()
	switch {
	case u.Scheme == "https" && port == "":
		port = "443"
	case u.Scheme == "http" && port == "" && loopback:
		port = "80"
	case u.Scheme != "https" && (u.Scheme != "http" || !loopback):
		return "", false
	}
	return u.Scheme + "://" + net.JoinHostPort(host, port), true
}

// start hands a link that was checked or built here to the program that the
// desktop names for it, else to the system's opener.
func (o *Opener) start(ctx context.Context, link, failure string) error {
	if err := ctx.Err(); err != nil {
		return customer.Fail(customer.Internal, "Opening the link was stopped.")
	}
	args := handler(link)
	if args == nil {
		args = command(link)
	}
	path, err := exec.LookPath(args[0])
	if err != nil {
		return customer.Fail(customer.Internal, missingOpener)
	}
	cmd := exec.Command(path, args[1:]...) // not bound to ctx: the browser lives on
	detach(cmd)
	if err := cmd.Start(); err != nil {
		return customer.Fail(customer.Internal, failure)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	timer := time.NewTimer(o.patient)
	defer timer.Stop()
	select {
	case err := <-ended:
		if err != nil {
			return customer.Fail(customer.Internal, failure)
		}
	case <-timer.C:
	case <-ctx.Done():
	}
	return nil
}
