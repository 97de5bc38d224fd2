package mail

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"partnerdesk/backend/backoffice/mail/smtptest"
	"partnerdesk/backend/customer"
)

var inTime = time.Now().Add(24 * time.Hour) // of a certificate that is valid

// settings are SMTP settings that fit s.
func settings(s *smtptest.Server, security string) SMTP {
	return SMTP{
		Host: "127.0.0.1", Port: s.Port, Security: security, Username: s.User, Password: s.Password,
		FromName: "Studio Tulp", FromAddress: "anna@tulp.example", RootCAs: s.Roots,
	}
}

func TestSend(t *testing.T) {
	t.Parallel()
	for _, security := range []string{StartTLS, TLS, NoTLS} {
		for _, user := range []string{"", "anna"} {
			t.Run(security+" "+user, func(t *testing.T) {
				t.Parallel()
				s := &smtptest.Server{User: user}
				if user != "" {
					s.Password = "geheim Ü"
				}
				s.Start(t, security, inTime)
				c, err := Compose(testLetter(customer.MailActivation, "nl", "Zoë 李小龍"))
				if err != nil {
					t.Fatal(err)
				}
				c.Text = ".\n..dots at the start of a line\n" + c.Text
				if err := settings(s, security).Send(t.Context(), testMessage(c, "Zoë 李小龍")); err != nil {
					t.Fatal(err)
				}
				got := s.Deliveries()
				if len(got) != 1 || got[0].From != "anna@tulp.example" || got[0].To != "zoe@blumen.example" {
					t.Fatalf("accepted %v", got)
				}
				if p := parse(t, got[0].Raw); p.text != c.Text || p.subject != c.Subject {
					t.Errorf("arrived as %q\n%s", p.subject, p.text)
				}
			})
		}
	}
}

// TestSendFails tells for each trouble the code, the field, whether it lasts,
// and words of the reason.
func TestSendFails(t *testing.T) {
	t.Parallel()
	answer := func(code int, text string) func(string) error {
		return func(string) error { return &smtp.SMTPError{Code: code, Message: text} }
	}
	for name, c := range map[string]struct {
		security string
		end      time.Time
		server   *smtptest.Server
		names    []string
		change   func(*SMTP)
		code     customer.Code
		field    string
		lasting  bool
		says     string
	}{
		"certificate not trusted": {security: StartTLS, change: func(s *SMTP) { s.RootCAs = nil }, code: customer.Invalid, field: "host", says: "not trusted"},
		"same, implicit TLS":      {security: TLS, change: func(s *SMTP) { s.RootCAs = nil }, code: customer.Invalid, field: "host", says: "not trusted"},
		"expired":                 {security: TLS, end: time.Now().Add(-time.Hour), code: customer.Invalid, field: "host", says: "expired"},
		"other name":              {security: TLS, names: []string{"other.example"}, code: customer.Invalid, field: "host", says: "another name"},
		"no STARTTLS":             {security: NoTLS, change: func(s *SMTP) { s.Security = StartTLS }, code: customer.Invalid, field: "security", says: "does not offer STARTTLS"},
		"no TLS":                  {security: StartTLS, change: func(s *SMTP) { s.Security = TLS }, code: customer.Invalid, field: "security", says: "does not use TLS"},
		"wrong password": {security: StartTLS, server: &smtptest.Server{User: "anna", Password: "x"}, change: func(s *SMTP) { s.Password = "y" },
			code: customer.Invalid, field: "password", says: "did not accept the user name or password"},
		"no authentication offered": {security: StartTLS, change: func(s *SMTP) { s.Username, s.Password = "anna", "x" }, code: customer.Invalid, field: "username", says: "does not let users sign in"},
		"authentication required": {security: StartTLS, server: &smtptest.Server{User: "anna", Password: "x"}, change: func(s *SMTP) { s.Username, s.Password = "", "" },
			code: customer.Invalid, field: "from_address", says: "Please authenticate first"},
		"sender refused":    {security: StartTLS, server: &smtptest.Server{OnMail: answer(550, "not your domain")}, code: customer.Invalid, field: "from_address", says: "did not accept the sender anna@tulp.example (it said: 550 5.0.0 not your domain)"},
		"recipient refused": {security: StartTLS, server: &smtptest.Server{OnRcpt: answer(550, "no such user")}, code: customer.Invalid, field: "to", lasting: true, says: "refused the recipient's address (it said: 550 5.0.0 no such user)"},
		"recipient later":   {security: StartTLS, server: &smtptest.Server{OnRcpt: answer(451, "greylisted")}, code: customer.Offline, says: "451 4.0.0 greylisted"},
		"mail refused": {security: StartTLS, server: &smtptest.Server{OnData: func(*smtp.Conn) error { return &smtp.SMTPError{Code: 554, Message: "looks like spam"} }},
			code: customer.Invalid, lasting: true, says: "refused the mail (it said: 554 5.0.0 looks like spam)"},
		"mail later": {security: StartTLS, server: &smtptest.Server{OnData: func(*smtp.Conn) error { return &smtp.SMTPError{Code: 452, Message: "disk full"} }},
			code: customer.Offline, says: "try again later"},
		"cut off in the mail": {security: StartTLS, server: &smtptest.Server{OnData: func(c *smtp.Conn) error { return c.Conn().Close() }}, code: customer.Offline, says: "cut off before it accepted the mail"},
		"long answer":         {security: StartTLS, server: &smtptest.Server{OnRcpt: answer(550, strings.Repeat("x", 400))}, code: customer.Invalid, field: "to", lasting: true, says: "x…)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := c.server
			if s == nil {
				s = &smtptest.Server{}
			}
			if c.end.IsZero() {
				c.end = inTime
			}
			s.Start(t, c.security, c.end, c.names...)
			used := settings(s, c.security)
			if c.change != nil {
				c.change(&used)
			}
			err := used.Send(t.Context(), testMessage(Content{"s", "t", "h"}, "Zoë"))
			checkFailure(t, err, c.code, c.field, c.lasting, c.says)
			if len(s.Deliveries()) != 0 {
				t.Error("and yet the mail was accepted")
			}
		})
	}
}

func checkFailure(t *testing.T, err error, code customer.Code, field string, lasting bool, says string) {
	t.Helper()
	var e *customer.Error
	var p *PermanentError
	if !errors.As(err, &e) || e.Code != code || e.Field != field || !strings.Contains(e.Message, says) {
		t.Errorf("%#v, want %s %q %q", e, code, field, says)
	}
	if errors.As(err, &p) != lasting {
		t.Errorf("lasting %v, want %v", !lasting, lasting)
	}
}

func TestSendUnreachable(t *testing.T) {
	t.Parallel()
	listen := func(t *testing.T, answer func(net.Conn)) SMTP {
		t.Helper()
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = l.Close() })
		go func() {
			for {
				c, err := l.Accept()
				if err != nil {
					return
				}
				go answer(c)
			}
		}()
		return settings(&smtptest.Server{Port: l.Addr().(*net.TCPAddr).Port}, NoTLS)
	}
	silent := func(c net.Conn) { _, _ = io.Copy(io.Discard, c) }
	say := func(text string) func(net.Conn) {
		return func(c net.Conn) { _, _ = io.WriteString(c, text); silent(c) }
	}
	m := testMessage(Content{"s", "t", "h"}, "Zoë")
	t.Run("nobody there", func(t *testing.T) {
		s := listen(t, silent)
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		s.Port = l.Addr().(*net.TCPAddr).Port
		_ = l.Close()
		checkFailure(t, s.Send(t.Context(), m), customer.Offline, "", false, "Nothing answers at 127.0.0.1:")
	})
	t.Run("silent", func(t *testing.T) {
		for _, security := range []string{NoTLS, TLS} {
			s := listen(t, silent)
			s.Security, s.limit = security, 50*time.Millisecond
			checkFailure(t, s.Send(t.Context(), m), customer.Offline, "", false, "did not answer in time")
		}
	})
	t.Run("stopped", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		s := listen(t, func(c net.Conn) { cancel(); silent(c) })
		checkFailure(t, s.Send(ctx, m), customer.Offline, "", false, "stopped")
	})
	t.Run("closed at once", func(t *testing.T) {
		s := listen(t, func(c net.Conn) { _ = c.Close() })
		checkFailure(t, s.Send(t.Context(), m), customer.Offline, "", false, "cut off")
	})
	t.Run("busy", func(t *testing.T) {
		s := listen(t, say("421 too many connections\r\n"))
		checkFailure(t, s.Send(t.Context(), m), customer.Offline, "", false, "busy or closed")
	})
	t.Run("turned away", func(t *testing.T) {
		s := listen(t, say("554 go away\r\n"))
		checkFailure(t, s.Send(t.Context(), m), customer.Invalid, "host", false, "turned the connection away")
	})
	t.Run("no mail server", func(t *testing.T) {
		s := listen(t, say("HTTP/1.1 400 Bad Request\r\n\r\n"))
		checkFailure(t, s.Send(t.Context(), m), customer.Offline, "", false, "")
	})
}

func TestValidate(t *testing.T) {
	t.Parallel()
	good := SMTP{Host: "smtp.example.com", Port: 587, Security: StartTLS, FromAddress: "a@example.com"}
	for name, c := range map[string]struct {
		change func(*SMTP)
		fields string
	}{
		"good":                  {func(*SMTP) {}, ""},
		"IP":                    {func(s *SMTP) { s.Host = "2001:db8::1" }, ""},
		"loopback in clear":     {func(s *SMTP) { s.Host, s.Security = "::1", NoTLS }, ""},
		"localhost in clear":    {func(s *SMTP) { s.Host, s.Security = "localhost", NoTLS }, ""},
		"empty":                 {func(s *SMTP) { *s = SMTP{} }, "host port security from_address"},
		"elsewhere in clear":    {func(s *SMTP) { s.Security = NoTLS }, "security"},
		"lookalike in clear":    {func(s *SMTP) { s.Host, s.Security = "127.0.0.1.example.com", NoTLS }, "security"},
		"unknown security":      {func(s *SMTP) { s.Security = "ssl" }, "security"},
		"host with scheme":      {func(s *SMTP) { s.Host = "smtp://example.com" }, "host"},
		"host with port":        {func(s *SMTP) { s.Host = "example.com:25" }, "host"},
		"host with break":       {func(s *SMTP) { s.Host = "example.com\r\nQUIT" }, "host"},
		"host with NUL":         {func(s *SMTP) { s.Host = "example\x00.com" }, "host"},
		"endless host":          {func(s *SMTP) { s.Host = strings.Repeat("x", 10<<20) }, "host"},
		"port 0":                {func(s *SMTP) { s.Port = 0 }, "port"},
		"port 65536":            {func(s *SMTP) { s.Port = 65536 }, "port"},
		"password without user": {func(s *SMTP) { s.Password = "x" }, "username"},
		"user with break":       {func(s *SMTP) { s.Username = "a\r\nb" }, "username"},
		"name with break":       {func(s *SMTP) { s.FromName = "a\r\nBcc: b" }, "from_name"},
		"two senders":           {func(s *SMTP) { s.FromAddress = "a@x.example, b@x.example" }, "from_address"},
		"sender with name":      {func(s *SMTP) { s.FromAddress = "A <a@x.example>" }, "from_address"},
	} {
		s := good
		c.change(&s)
		err := s.Validate()
		got := []string{}
		var e *customer.Error
		if errors.As(err, &e) {
			got = append(got, e.Field)
			if len(e.Fields) > 0 {
				got = got[:0]
			}
			for _, f := range e.Fields {
				got = append(got, f.Field)
			}
		}
		if strings.Join(got, " ") != c.fields {
			t.Errorf("%s: %v, want %q", name, err, c.fields)
		}
		if c.fields != "" && s.Send(t.Context(), testMessage(Content{}, "")) == nil {
			t.Errorf("%s: sent", name)
		}
	}
}
