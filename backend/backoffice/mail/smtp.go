package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/wneessen/go-mail/smtp"

	"partnerdesk/backend/customer"
)

// The kinds of SMTP.Security.
const (
	StartTLS = "starttls" // plain at first, then TLS or nothing
	TLS      = "tls"      // TLS from the first byte
	NoTLS    = "none"     // to loopback only
)

// SMTP is a mail server to send by.
type SMTP struct {
	Host        string
	Port        int
	Security    string
	Username    string // empty: no authentication
	Password    string
	FromName    string // empty: the partner's name
	FromAddress string
	RootCAs     *x509.CertPool // nil: the system's

	limit time.Duration // of one whole send; zero: a minute
}

var hostForm = regexp.MustCompile(`^[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$`)

// Validate returns nil when every setting can be used, or a *customer.Error
// that names each wrong one: host, port, security, username, from_name, from_address.
func (s SMTP) Validate() error {
	var wrong []customer.Error
	fail := func(code customer.Code, field, message string) {
		wrong = append(wrong, *customer.FailField(code, field, message))
	}
	switch {
	case s.Host == "":
		fail(customer.Required, "host", "Enter the mail server's name, such as smtp.example.com.")
	case net.ParseIP(s.Host) == nil && !hostForm.MatchString(s.Host):
		fail(customer.Invalid, "host", "Enter the server's name only, such as smtp.example.com, without a port or https://.")
	}
	if s.Port < 1 || s.Port > 65535 {
		fail(customer.Invalid, "port", "Enter a port from 1 to 65535. Mail servers mostly use 587 (STARTTLS) or 465 (TLS).")
	}
	switch s.Security {
	case StartTLS, TLS:
	case NoTLS:
		if !loopback(s.Host) {
			fail(customer.Invalid, "security", "Without encryption only a server on this computer can be used. Choose STARTTLS or TLS.")
		}
	default:
		fail(customer.Invalid, "security", "Choose STARTTLS or TLS.")
	}
	switch {
	case s.Username == "" && s.Password != "":
		fail(customer.Required, "username", "Enter the user name that belongs to the password.")
	case len(s.Username) > 512 || strings.ContainsFunc(s.Username, unicode.IsControl):
		fail(customer.Invalid, "username", "This user name can't be used. Type it again.")
	}
	if oneLine(s.FromName) != strings.TrimSpace(s.FromName) || len(s.FromName) > 4*maxHeaderName {
		fail(customer.Invalid, "from_name", "This name can't be used. Type it again, on one line.")
	}
	switch bad := customer.CheckUsername(s.FromAddress); {
	case s.FromAddress == "":
		fail(customer.Required, "from_address", "Enter the address that mails are sent from.")
	case bad != nil:
		fail(bad.Code, "from_address", "Enter one complete email address, such as info@example.com.")
	}
	return customer.FailFields(wrong)
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// Send hands m to the server and returns nil only once the server has taken
// responsibility for it. Every failure holds a *customer.Error with a plain
// reason (see explain); one that will not go away by trying again is a
// *PermanentError.
func (s SMTP) Send(ctx context.Context, m Message) error {
	if err := s.Validate(); err != nil {
		return err
	}
	raw, err := m.MIME()
	if err != nil {
		return &PermanentError{Err: customer.FailField(customer.Invalid, "to", "This mail can't be sent: "+err.Error()+".")}
	}
	limit := s.limit
	if limit == 0 {
		limit = time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()

	client, hangUp, err := s.connect(ctx)
	if err != nil {
		return &serverError{s.explain(ctx, err)}
	}
	defer hangUp()
	if err := transfer(client, s.FromAddress, m.To.Address, raw); err != nil {
		return s.explain(ctx, err)
	}
	_ = client.Quit() // the mail is accepted; how the goodbye goes changes nothing
	return nil
}

// connect dials, secures and signs in. hangUp frees the connection.
func (s SMTP) connect(ctx context.Context) (client *smtp.Client, hangUp func(), err error) {
	config := &tls.Config{ServerName: s.Host, RootCAs: s.RootCAs, MinVersion: tls.VersionTLS12}
	raw, err := (&net.Dialer{}).DialContext(ctx, "tcp", net.JoinHostPort(s.Host, strconv.Itoa(s.Port)))
	if err != nil {
		return nil, nil, failed(atDial, err)
	}
	stop := context.AfterFunc(ctx, func() { _ = raw.Close() })
	free := func() { stop(); _ = raw.Close() }
	defer func() {
		if err != nil {
			free()
		}
	}()
	conn := raw
	if s.Security == TLS {
		secure := tls.Client(raw, config)
		if err := secure.HandshakeContext(ctx); err != nil {
			return nil, nil, failed(atTLS, err)
		}
		conn = secure
	}
	if client, err = smtp.NewClient(conn, s.Host); err != nil {
		return nil, nil, failed(atGreeting, err)
	}
	client.SkipSMTPUTF8(true) // addresses are plain letters
	if err := client.Hello("localhost"); err != nil {
		return nil, nil, failed(atGreeting, err)
	}
	if s.Security == StartTLS {
		if offered, _ := client.Extension("STARTTLS"); !offered {
			return nil, nil, failed(atTLS, errNoStartTLS)
		}
		if err := client.StartTLS(config); err != nil {
			return nil, nil, failed(atTLS, err)
		}
	}
	if s.Username != "" {
		if err := s.authenticate(client); err != nil {
			return nil, nil, failed(atAuth, err)
		}
	}
	return client, free, nil
}

// authenticate signs in by the first way in this order that the server offers.
func (s SMTP) authenticate(client *smtp.Client) error {
	_, offered := client.Extension("AUTH")
	clear := s.Security == NoTLS // loopback only
	for _, way := range []struct {
		name string
		auth smtp.Auth
	}{
		{"SCRAM-SHA-256", smtp.ScramSHA256Auth(s.Username, s.Password)},
		{"PLAIN", smtp.PlainAuth("", s.Username, s.Password, s.Host, clear)},
		{"LOGIN", smtp.LoginAuth(s.Username, s.Password, s.Host, clear)},
		{"CRAM-MD5", smtp.CRAMMD5Auth(s.Username, s.Password)},
	} {
		for name := range strings.FieldsSeq(offered) {
			if strings.EqualFold(name, way.name) {
				return client.Auth(way.auth)
			}
		}
	}
	return errNoAuth
}

func transfer(client *smtp.Client, from, to string, raw []byte) error {
	if err := client.Mail("<" + from + ">"); err != nil {
		return failed(atSender, err)
	}
	if err := client.Rcpt("<" + to + ">"); err != nil {
		return failed(atRecipient, err)
	}
	w, err := client.Data()
	if err != nil {
		return failed(atData, err)
	}
	if _, err := w.Write(raw); err != nil {
		return failed(atData, err) // not closed: a cut-off mail must not be accepted
	}
	if err := w.Close(); err != nil {
		return failed(atData, err)
	}
	return nil
}
