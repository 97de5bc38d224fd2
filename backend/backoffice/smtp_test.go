package backoffice_test

import (
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"

	"partnerdesk/backend/backoffice/mail"
	"partnerdesk/backend/customer"
)

// inbox is a real SMTP server that keeps what it gets.
type inbox struct {
	refuse error
	got    chan string // each mail's text, with its recipient first
}

func (i *inbox) NewSession(*smtp.Conn) (smtp.Session, error) { return &delivery{inbox: i}, nil }

type delivery struct {
	*inbox
	to string
}

func (d *delivery) Reset()                               {}
func (d *delivery) Logout() error                        { return nil }
func (d *delivery) Mail(string, *smtp.MailOptions) error { return d.refuse }
func (d *delivery) Rcpt(to string, _ *smtp.RcptOptions) error {
	d.to = to
	return nil
}

func (d *delivery) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	d.got <- d.to + "\n" + string(text)
	return err
}

func (i *inbox) start(t *testing.T) mail.SMTP {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	s := smtp.NewServer(i)
	s.Domain = "localhost"
	var serving sync.WaitGroup
	serving.Go(func() { _ = s.Serve(l) })
	t.Cleanup(func() {
		_ = s.Close()
		serving.Wait()
	})
	address, ok := l.Addr().(*net.TCPAddr)
	if !ok {
		t.Fatal("no TCP address")
	}
	return mail.SMTP{
		Host: "127.0.0.1", Port: address.Port, Security: "none", FromName: "Test Office", FromAddress: "office@desk.example",
	}
}

func TestSendTestMail(t *testing.T) {
	t.Parallel()
	r := run(t)
	box := &inbox{got: make(chan string, 10)}
	settings := box.start(t)
	check(t, r.SendTestMail(t.Context(), settings, "me@agency.example"))
	if got := <-box.got; !strings.HasPrefix(got, "me@agency.example\n") || !strings.Contains(got, "Subject: Test mail") {
		t.Errorf("mail %s", got)
	}
	var e *customer.Error
	if err := r.SendTestMail(t.Context(), settings, "not an address"); !errors.As(err, &e) || e.Field != "to" {
		t.Errorf("to nobody: %v", err)
	}
	settings.FromAddress = "nobody"
	if err := r.SendTestMail(t.Context(), settings, "me@agency.example"); !errors.As(err, &e) || e.Field != "from_address" {
		t.Errorf("no sender: %v", err)
	}
	full := &inbox{refuse: &smtp.SMTPError{Code: 550, Message: "no"}, got: make(chan string, 10)}
	if err := r.SendTestMail(t.Context(), full.start(t), "me@agency.example"); !errors.As(err, &e) {
		t.Errorf("refused: %v", err)
	}
}

// TestMailsGoWhereTheSettingsSay shows the queue at work inside the whole.
func TestMailsGoWhereTheSettingsSay(t *testing.T) {
	t.Parallel()
	r := run(t)
	c := r.client(t)
	box := &inbox{got: make(chan string, 10)}
	settings := box.start(t)
	r.SetSMTP(&settings)
	m := newCustomer("ada@shop.example")
	_, err := c.Mutate(t.Context(), []customer.Mutation{m})
	check(t, err)
	if got := <-box.got; !strings.HasPrefix(got, "ada@shop.example\n") {
		t.Errorf("mail %s", got)
	}
	r.SetSMTP(nil)
	m = newCustomer("bob@shop.example")
	_, err = c.Mutate(t.Context(), []customer.Mutation{m})
	check(t, err)
	for cursor := ""; ; { // each change to the mail's state wakes the feed
		page, err := c.Changes(t.Context(), cursor, 0, 30e9)
		check(t, err)
		cursor = page.Next
		if n := len(page.Customers); n > 0 && page.Customers[n-1].ID == m.CustomerID && page.Customers[n-1].MailState == customer.MailSaved {
			break
		}
	}
	mails, err := c.Mails(t.Context(), m.CustomerID)
	check(t, err)
	if len(mails) != 1 || mails[0].State != customer.MailSaved || !strings.HasPrefix(mails[0].Link, r.url) ||
		!strings.Contains(mails[0].Text, mails[0].Link) {
		t.Errorf("mails %+v", mails)
	}
}
