package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"strconv"
	"syscall"

	"partnerdesk/backend/customer"
)

// PermanentError is a refusal that trying again will not change: the server
// answered 5xx to the recipient or the mail. It wraps a *customer.Error.
type PermanentError struct{ Err error }

func (e *PermanentError) Error() string { return e.Err.Error() }
func (e *PermanentError) Unwrap() error { return e.Err }

// serverError is a failure before any mail was offered: it would meet every
// mail, not just this one.
type serverError struct{ err error }

func (e *serverError) Error() string { return e.err.Error() }
func (e *serverError) Unwrap() error { return e.err }

// phase is how far a delivery had come when it failed.
type phase int

const (
	atDial phase = iota
	atTLS
	atGreeting
	atAuth
	atSender
	atRecipient
	atData
)

var (
	errNoStartTLS = errors.New("STARTTLS is not offered")
	errNoAuth     = errors.New("no usable authentication is offered")
)

// phaseError is a failure with the phase it happened in.
type phaseError struct {
	phase phase
	err   error
}

func failed(at phase, err error) error { return &phaseError{at, err} }

func (e *phaseError) Error() string { return e.err.Error() }
func (e *phaseError) Unwrap() error { return e.err }

// explain turns a failure into a *customer.Error in plain words. A failed
// connection has code Offline; a setting to mend has code Invalid and its field
// (host, port, security, password, from_address, to). A 5xx answer to the
// recipient or the mail itself becomes a *PermanentError; one to the sender or
// the password does not, for the settings can be mended.
func (s SMTP) explain(ctx context.Context, err error) error {
	at := atDial
	var p *phaseError
	if errors.As(err, &p) {
		at = p.phase
	}
	server := net.JoinHostPort(s.Host, strconv.Itoa(s.Port))
	offline := func(message string) error { return customer.Fail(customer.Offline, message) }
	invalid := func(field, message string) error { return customer.FailField(customer.Invalid, field, message) }

	var answer *textproto.Error
	if errors.As(err, &answer) {
		return s.refused(at, answer)
	}
	var unknown x509.UnknownAuthorityError
	var wrongName x509.HostnameError
	var badCertificate x509.CertificateInvalidError
	var verification *tls.CertificateVerificationError
	var notTLS tls.RecordHeaderError
	var alert tls.AlertError
	var dns *net.DNSError
	var network net.Error
	switch {
	case errors.Is(err, errNoStartTLS):
		return invalid("security", "The mail server "+server+" does not offer STARTTLS. Choose TLS (mostly port 465), or ask your mail provider.")
	case errors.Is(err, errNoAuth):
		return invalid("username", "The mail server "+server+" does not let users sign in on this port. Try port 587 or 465, or leave the user name empty.")
	case errors.As(err, &wrongName):
		return invalid("host", "The mail server's certificate is for another name than "+s.Host+". Check the server's name.")
	case errors.As(err, &badCertificate) && badCertificate.Reason == x509.Expired:
		return invalid("host", "The mail server's certificate has expired. Ask your mail provider, and check this computer's clock.")
	case errors.As(err, &unknown), errors.As(err, &badCertificate), errors.As(err, &verification):
		return invalid("host", "The mail server's certificate is not trusted on this computer, so nothing was sent. Ask your mail provider.")
	case errors.As(err, &notTLS):
		return invalid("security", "The mail server "+server+" does not use TLS on this port. Choose STARTTLS (mostly port 587), or another port.")
	case errors.As(err, &alert):
		return invalid("security", "The mail server "+server+" refused a secure connection.")
	case errors.Is(err, context.DeadlineExceeded), errors.Is(ctx.Err(), context.DeadlineExceeded):
		return offline("The mail server " + server + " did not answer in time.")
	case errors.Is(err, context.Canceled), errors.Is(ctx.Err(), context.Canceled):
		return fmt.Errorf("%w (%w)", customer.Fail(customer.Offline, "Sending was stopped before the mail server accepted the mail."), context.Canceled)
	case errors.As(err, &dns) && dns.IsNotFound:
		return customer.FailField(customer.Offline, "host", "There is no mail server called "+s.Host+". Check its name.")
	case errors.As(err, &dns):
		return offline("The mail server's name " + s.Host + " could not be looked up. Check the internet connection.")
	case errors.Is(err, syscall.ECONNREFUSED):
		return offline("Nothing answers at " + server + ". Check the server's name and port.")
	case errors.As(err, &network) && network.Timeout():
		return offline("The mail server " + server + " did not answer in time.")
	case at == atTLS:
		return invalid("security", "No secure connection to the mail server "+server+" could be made.")
	case at == atDial:
		return offline("The mail server " + server + " can't be reached. Check the internet connection.")
	case at == atAuth:
		return offline("Signing in to the mail server " + server + " was cut off.")
	case errors.Is(err, io.EOF), at >= atGreeting:
		return offline("The connection to the mail server " + server + " was cut off before it accepted the mail.")
	}
	return offline("The mail server " + server + " can't be used.")
}

// refused explains a server's own answer.
func (s SMTP) refused(at phase, answer *textproto.Error) error {
	said := fmt.Sprintf(" (it said: %d %s)", answer.Code, shorten(oneLine(answer.Msg)))
	lasting := answer.Code >= 500
	switch {
	case at == atAuth && (answer.Code == 535 || answer.Code == 534 || answer.Code == 530):
		return customer.FailField(customer.Invalid, "password", "The mail server did not accept the user name or password"+said+".")
	case at == atAuth:
		return customer.FailField(customer.Invalid, "username", "The mail server did not let this user sign in"+said+".")
	case at < atSender && !lasting:
		return customer.Fail(customer.Offline, "The mail server is busy or closed at the moment"+said+".")
	case at < atSender:
		return customer.FailField(customer.Invalid, "host", "The mail server turned the connection away"+said+".")
	case at == atSender:
		return customer.FailField(customer.Invalid, "from_address", "The mail server did not accept the sender "+s.FromAddress+said+".")
	case at == atRecipient && lasting:
		return &PermanentError{customer.FailField(customer.Invalid, "to", "The mail server refused the recipient's address"+said+".")}
	case lasting:
		return &PermanentError{customer.Fail(customer.Invalid, "The mail server refused the mail"+said+".")}
	}
	return customer.Fail(customer.Offline, "The mail server asks to try again later"+said+".")
}

// shorten bounds what a server said.
func shorten(s string) string {
	const limit = 200
	if r := []rune(s); len(r) > limit {
		return string(r[:limit]) + "…"
	}
	return s
}
