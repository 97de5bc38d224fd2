package mail_test

import (
	"context"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emersion/go-smtp"

	"partnerdesk/backend/backoffice/mail"
	"partnerdesk/backend/backoffice/mail/smtptest"
	"partnerdesk/backend/customer"
)

// desk is a queue with its Outbox, folder and clock.
type desk struct {
	outbox
	queue *mail.Queue
	files mail.Files
	clock *clock
}

func (d *desk) state(t *testing.T, id string) customer.Mail {
	t.Helper()
	m, err := d.mail(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// run lets the queue do what is due and ends when wanted holds.
func (d *desk) run(t *testing.T, wanted func() bool) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		d.queue.Run(ctx)
	}()
	for !wanted() {
		select {
		case <-d.changed():
		case <-t.Context().Done():
			t.Fatal("the test ended first")
		}
	}
	cancel()
	<-ended
}

// runUntil runs the queue until a mail has a state and a number of tries.
func (d *desk) runUntil(t *testing.T, id string, state customer.MailState, attempts int) customer.Mail {
	t.Helper()
	d.run(t, func() bool { m := d.state(t, id); return m.State == state && m.Attempts == attempts })
	return d.state(t, id)
}

func settingsOf(s *smtptest.Server, security string) *mail.SMTP {
	return &mail.SMTP{
		Host: "127.0.0.1", Port: s.Port, Security: security, Username: s.User, Password: s.Password,
		FromAddress: "anna@tulp.example", RootCAs: s.Roots,
	}
}

func tomorrow() time.Time { return time.Now().Add(24 * time.Hour) }

// TestQueue is one suite on the real store and on the small Outbox that the
// timing tests use.
func TestQueue(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(*testing.T) *desk{"store": openStore, "memory": openMemory} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for name, test := range map[string]func(*testing.T, *desk){
				"files": queueFiles, "sends": queueSends, "retries": queueRetries, "gives up on a refusal": queueRefusal,
				"gives up after two days": queueAge, "server gone": queueGone, "link ended": queueLinkEnded, "settings mended": queueMended,
			} {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					test(t, open(t))
				})
			}
		})
	}
}

func queueFiles(t *testing.T, d *desk) {
	id := d.add(t, "zoe@blumen.example")
	want := d.queued(t, id)
	m := d.runUntil(t, id, customer.MailSaved, 1)
	if m.Error != "" || m.NextAttemptAt != 0 {
		t.Errorf("saved as %+v", m)
	}
	text, link, err := d.files.Read(id)
	if err != nil || strings.TrimSpace(text) != strings.TrimSpace(want.Mail.Text) || link != want.Mail.Link || link == "" {
		t.Errorf("file holds %q, %q, %v", text, link, err)
	}
}

func queueSends(t *testing.T, d *desk) {
	s := &smtptest.Server{User: "anna", Password: "geheim"}
	s.Start(t, mail.StartTLS, tomorrow())
	d.queue.SetSMTP(settingsOf(s, mail.StartTLS))
	ids := []string{}
	for _, to := range []string{"a@blumen.example", "b@blumen.example", "c@blumen.example"} {
		ids = append(ids, d.add(t, to))
	}
	for _, id := range ids {
		d.runUntil(t, id, customer.MailSent, 1)
	}
	got := []string{}
	for _, one := range s.Deliveries() {
		got = append(got, one.To)
		if !strings.Contains(string(one.Raw), "Reply-To: ") {
			t.Error("no answer can reach the partner")
		}
	}
	if !slices.Equal(got, []string{"a@blumen.example", "b@blumen.example", "c@blumen.example"}) {
		t.Errorf("sent %v, want each once and in order", got)
	}
	if _, err := os.Stat(d.files.Dir); err == nil {
		t.Error("a mail that was sent is a file, too")
	}
}

func queueRetries(t *testing.T, d *desk) {
	var tries atomic.Int32
	s := &smtptest.Server{OnData: func(c *smtp.Conn) error {
		switch tries.Add(1) {
		case 1:
			return &smtp.SMTPError{Code: 451, Message: "greylisted"}
		case 2:
			return c.Conn().Close()
		}
		return nil
	}}
	s.Start(t, mail.TLS, tomorrow())
	d.queue.SetSMTP(settingsOf(s, mail.TLS))
	d.queue.SetJitter(func() float64 { return 0.5 })
	id := d.add(t, "zoe@blumen.example")
	for i, c := range []struct {
		says  string
		pause time.Duration // with half the jitter
	}{{"greylisted", 66 * time.Second}, {"cut off", 330 * time.Second}} {
		m := d.runUntil(t, id, customer.MailQueued, i+1)
		if !strings.Contains(m.Error, c.says) || m.NextAttemptAt.Time().Sub(d.clock.now()) != c.pause {
			t.Errorf("try %d: %q, again in %v", i+1, m.Error, m.NextAttemptAt.Time().Sub(d.clock.now()))
		}
		if next, err := d.NextMailAt(t.Context()); err != nil || next != m.NextAttemptAt {
			t.Errorf("next at %v, %v", next, err)
		}
		d.clock.add(c.pause)
	}
	if m := d.runUntil(t, id, customer.MailSent, 3); m.Error != "" {
		t.Errorf("sent with error %q", m.Error)
	}
	if n := len(s.Deliveries()); n != 1 {
		t.Errorf("accepted %d times", n)
	}
}

func queueRefusal(t *testing.T, d *desk) {
	s := &smtptest.Server{OnRcpt: func(to string) error {
		if to == "gone@blumen.example" {
			return &smtp.SMTPError{Code: 550, Message: "no such user"}
		}
		return nil
	}}
	s.Start(t, mail.StartTLS, tomorrow())
	d.queue.SetSMTP(settingsOf(s, mail.StartTLS))
	gone, there := d.add(t, "gone@blumen.example"), d.add(t, "there@blumen.example")
	if m := d.runUntil(t, gone, customer.MailFailed, 1); !strings.Contains(m.Error, "no such user") || m.NextAttemptAt != 0 {
		t.Errorf("refused mail: %+v", m)
	}
	d.runUntil(t, there, customer.MailSent, 1)
}

func queueAge(t *testing.T, d *desk) {
	s := &smtptest.Server{OnRcpt: func(string) error { return &smtp.SMTPError{Code: 451, Message: "later"} }}
	s.Start(t, mail.StartTLS, tomorrow())
	d.queue.SetSMTP(settingsOf(s, mail.StartTLS))
	id := d.add(t, "zoe@blumen.example")
	d.runUntil(t, id, customer.MailQueued, 1)
	d.clock.add(48 * time.Hour)
	if m := d.runUntil(t, id, customer.MailFailed, 2); !strings.Contains(m.Error, "later") || m.NextAttemptAt != 0 {
		t.Errorf("after two days: %+v", m)
	}
}

func queueGone(t *testing.T, d *desk) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone := &smtptest.Server{Port: l.Addr().(*net.TCPAddr).Port}
	_ = l.Close()
	d.queue.SetSMTP(settingsOf(gone, mail.StartTLS))
	first, second := d.add(t, "a@blumen.example"), d.add(t, "b@blumen.example")
	d.run(t, func() bool { return d.state(t, first).Attempts == 1 && d.state(t, second).Attempts == 1 })
	for _, id := range []string{first, second} {
		if m := d.state(t, id); m.State != customer.MailQueued || !strings.Contains(m.Error, "Nothing answers at") {
			t.Errorf("server gone: %+v", m)
		}
	}
}

func queueLinkEnded(t *testing.T, d *desk) {
	s := &smtptest.Server{}
	s.Start(t, mail.StartTLS, tomorrow())
	d.queue.SetSMTP(settingsOf(s, mail.StartTLS))
	id := d.add(t, "zoe@blumen.example")
	d.clock.add(8 * 24 * time.Hour) // the computer was off for longer than the link works
	if m := d.runUntil(t, id, customer.MailFailed, 1); !strings.Contains(m.Error, "ended before") || len(s.Deliveries()) != 0 {
		t.Errorf("link ended: %+v", m)
	}
}

func queueMended(t *testing.T, d *desk) {
	s := &smtptest.Server{User: "anna", Password: "geheim"}
	s.Start(t, mail.StartTLS, tomorrow())
	wrong := settingsOf(s, mail.StartTLS)
	wrong.Password = "falsch"
	d.queue.SetSMTP(wrong)
	ids := []string{}
	for i := range 25 { // more than one look into the Outbox brings
		ids = append(ids, d.add(t, string(rune('a'+i))+"@blumen.example"))
	}
	all := func(state customer.MailState, attempts int) func() bool {
		return func() bool {
			return !slices.ContainsFunc(ids, func(id string) bool { m := d.state(t, id); return m.State != state || m.Attempts != attempts })
		}
	}
	d.run(t, all(customer.MailQueued, 1))
	if m := d.state(t, ids[20]); !strings.Contains(m.Error, "user name or password") {
		t.Fatalf("wrong password: %+v", m)
	}
	d.queue.SetSMTP(settingsOf(s, mail.StartTLS)) // no time passes
	d.run(t, all(customer.MailSent, 2))
	if n := len(s.Deliveries()); n != len(ids) {
		t.Errorf("accepted %d mails of %d", n, len(ids))
	}
}

// TestQueueTellsTheOutboxLater: a mail that went out is not sent again because
// the Outbox could not be told.
func TestQueueTellsTheOutboxLater(t *testing.T) {
	t.Parallel()
	d := openMemory(t)
	s := &smtptest.Server{}
	s.Start(t, mail.StartTLS, tomorrow())
	d.queue.SetSMTP(settingsOf(s, mail.StartTLS))
	id := d.add(t, "zoe@blumen.example")
	m := d.outbox.(*memory)
	m.fail(1)
	d.run(t, func() bool { return m.failures() == 0 })
	d.runUntil(t, id, customer.MailSent, 1)
	if n := len(s.Deliveries()); n != 1 {
		t.Errorf("sent %d times", n)
	}
}

// TestQueueTiming holds the pauses, in a bubble where time is the test's own.
func TestQueueTiming(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	blocked := filepath.Join(dir, "mail")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil { // where the folder should be
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		m := newMemory(time.Now)
		q := mail.NewQueue(m, mail.Files{Dir: blocked}, time.Now, slog.New(slog.DiscardHandler))
		q.SetJitter(func() float64 { return 0 })
		ctx, cancel := context.WithCancel(t.Context())
		go q.Run(ctx)
		synctest.Wait()
		id := m.put("zoe@blumen.example", time.Now())
		q.Wake() // prompt: no time passes
		synctest.Wait()
		for i, pause := range []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour, 6 * time.Hour, 6 * time.Hour, 6 * time.Hour, 6 * time.Hour, 6 * time.Hour, 6 * time.Hour, 6 * time.Hour} {
			got, _ := m.mail(ctx, id)
			if got.Attempts != i+1 || got.State != customer.MailQueued || !strings.Contains(got.Error, "could not be saved") ||
				got.NextAttemptAt != customer.At(time.Now().Add(pause)) {
				t.Fatalf("after try %d: %+v", i+1, got)
			}
			time.Sleep(pause)
			synctest.Wait()
		}
		if got, _ := m.mail(ctx, id); got.State != customer.MailFailed {
			t.Errorf("after two days: %+v", got)
		}
		other := m.put("b@blumen.example", time.Now())
		q.Wake()
		synctest.Wait()
		if err := os.Remove(blocked); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if got, _ := m.mail(ctx, other); got.State != customer.MailSaved || got.Attempts != 2 {
			t.Errorf("once the folder can be made: %+v", got)
		}
		cancel()
		synctest.Wait()
	})
}
