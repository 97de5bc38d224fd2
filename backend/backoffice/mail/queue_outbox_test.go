package mail_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"partnerdesk/backend/backoffice/mail"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

// outbox is an Outbox with what the tests need to see of it.
type outbox interface {
	mail.Outbox
	add(t *testing.T, to string) (id string) // an activation mail, its link valid for 7 days
	mail(ctx context.Context, id string) (customer.Mail, error)
	changed() <-chan struct{} // one after each record
}

func (d *desk) queued(t *testing.T, id string) mail.Queued {
	t.Helper()
	all, err := d.QueuedMails(t.Context(), customer.At(d.clock.now()), 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range all {
		if q.Mail.ID == id {
			return q
		}
	}
	t.Fatalf("mail %s is not queued", id)
	return mail.Queued{}
}

// clock is a time that tests move.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func newDesk(t *testing.T, o outbox, c *clock) *desk {
	t.Helper()
	files := mail.Files{Dir: filepath.Join(t.TempDir(), "mail")}
	return &desk{outbox: o, files: files, clock: c, queue: mail.NewQueue(o, files, c.now, slog.New(slog.DiscardHandler))}
}

func newClock() *clock { return &clock{at: time.UnixMilli(1_800_000_000_000)} }

func openMemory(t *testing.T) *desk {
	t.Helper()
	c := newClock()
	return newDesk(t, newMemory(c.now), c)
}

func openStore(t *testing.T) *desk {
	t.Helper()
	c := newClock()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "backoffice.db"), store.Options{
		Clock: c.now, Compose: mail.Compose, PublicURL: func() string { return "http://127.0.0.1:7360" },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	const hash = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g"
	_, owner, err := s.CreatePartner(t.Context(), "anna@tulp.example", "Studio Tulp", hash)
	if err != nil {
		t.Fatal(err)
	}
	_, in, err := s.CreateSignIn(t.Context(), owner.ID, hash, 90*24*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	return newDesk(t, &stored{Store: s, in: in, clock: c, signal: make(chan struct{}, 1000)}, c)
}

// stored is the real store as an outbox.
type stored struct {
	*store.Store
	in     store.SignIn
	clock  *clock
	signal chan struct{}
}

func (s *stored) changed() <-chan struct{} { return s.signal }

func (s *stored) tell(err error) error {
	s.signal <- struct{}{}
	return err
}

func (s *stored) MailSent(ctx context.Context, id string) error {
	return s.tell(s.Store.MailSent(ctx, id))
}

func (s *stored) MailSaved(ctx context.Context, id string) error {
	return s.tell(s.Store.MailSaved(ctx, id))
}

func (s *stored) MailFailed(ctx context.Context, id, reason string, next customer.Time) error {
	return s.tell(s.Store.MailFailed(ctx, id, reason, next))
}

func (s *stored) mail(ctx context.Context, id string) (customer.Mail, error) {
	feed, err := s.Changes(ctx, s.in.Partner.ID, 0, 1000)
	if err != nil {
		return customer.Mail{}, err
	}
	for _, c := range feed.Customers {
		mails, err := s.Mails(ctx, s.in.Partner.ID, c.ID)
		if err != nil {
			return customer.Mail{}, err
		}
		for _, m := range mails {
			if m.ID == id {
				return m, nil
			}
		}
	}
	return customer.Mail{}, errors.New("no such mail")
}

func (s *stored) add(t *testing.T, to string) string {
	t.Helper()
	value := func(s string) *string { return &s }
	status := customer.PendingActivate
	id := uuid.Must(uuid.NewV7()).String()
	result, err := s.Apply(t.Context(), s.in, customer.Mutation{
		ID: uuid.Must(uuid.NewV7()).String(), CustomerID: id, Kind: customer.Create, MadeAt: customer.At(s.clock.now()),
		Fields: customer.Fields{Username: value(to), FirstName: value("Zoë"), LastName: value("李"), Company: value("Blumen"), Status: &status},
	})
	if err != nil || result.Outcome != customer.Applied {
		t.Fatalf("add a customer: %+v, %v", result, err)
	}
	mails, err := s.Mails(t.Context(), s.in.Partner.ID, id)
	if err != nil || len(mails) != 1 {
		t.Fatalf("a new customer's mails: %v, %v", mails, err)
	}
	return mails[0].ID
}

// memory is an Outbox in memory, for tests in which time is not real.
type memory struct {
	clock  func() time.Time
	signal chan struct{}

	mu     sync.Mutex
	mails  []mail.Queued
	broken int // records that fail before they work again
}

func newMemory(clock func() time.Time) *memory {
	return &memory{clock: clock, signal: make(chan struct{}, 1000)}
}

func (m *memory) changed() <-chan struct{} { return m.signal }

func (m *memory) fail(times int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.broken = times
}

func (m *memory) failures() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.broken
}

func (m *memory) add(_ *testing.T, to string) string { return m.put(to, m.clock()) }

func (m *memory) put(to string, now time.Time) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	id := fmt.Sprintf("mail-%d", len(m.mails)+1)
	m.mails = append(m.mails, mail.Queued{
		Mail: customer.Mail{
			ID: id, To: to, Subject: "Activate your account", State: customer.MailQueued, CreatedAt: customer.At(now), NextAttemptAt: customer.At(now),
			Text: "Dear Zoë\nhttp://127.0.0.1:7360/activate#x\n", Link: "http://127.0.0.1:7360/activate#x",
			LinkExpiresAt: customer.At(now.Add(7 * 24 * time.Hour)),
		},
		HTML: "<p>Dear Zoë</p>", PartnerName: "Studio Tulp", PartnerAddress: "anna@tulp.example", ToName: "Zoë 李",
	})
	return id
}

func (m *memory) mail(_ context.Context, id string) (customer.Mail, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	i := slices.IndexFunc(m.mails, func(q mail.Queued) bool { return q.Mail.ID == id })
	return m.mails[i].Mail, nil
}

func (m *memory) QueuedMails(_ context.Context, now customer.Time, limit int) ([]mail.Queued, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	due := []mail.Queued{}
	for _, q := range m.mails {
		if q.Mail.State == customer.MailQueued && q.Mail.NextAttemptAt <= now && len(due) < limit {
			due = append(due, q)
		}
	}
	return due, nil
}

func (m *memory) NextMailAt(context.Context) (customer.Time, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	next := customer.Time(0)
	for _, q := range m.mails {
		if q.Mail.State == customer.MailQueued && (next == 0 || q.Mail.NextAttemptAt < next) {
			next = q.Mail.NextAttemptAt
		}
	}
	return next, nil
}

func (m *memory) MailSent(_ context.Context, id string) error {
	return m.record(id, customer.MailSent, "", 0)
}

func (m *memory) MailSaved(_ context.Context, id string) error {
	return m.record(id, customer.MailSaved, "", 0)
}

func (m *memory) MailFailed(_ context.Context, id, reason string, next customer.Time) error {
	if next == 0 {
		return m.record(id, customer.MailFailed, reason, 0)
	}
	return m.record(id, customer.MailQueued, reason, next)
}

func (m *memory) record(id string, state customer.MailState, reason string, next customer.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	defer func() { m.signal <- struct{}{} }()
	if m.broken > 0 {
		m.broken--
		return errors.New("disk full")
	}
	i := slices.IndexFunc(m.mails, func(q mail.Queued) bool { return q.Mail.ID == id })
	one := &m.mails[i].Mail
	one.State, one.Error, one.NextAttemptAt = state, reason, next
	one.Attempts++
	return nil
}

var (
	_ outbox = (*memory)(nil)
	_ outbox = (*stored)(nil)
)
