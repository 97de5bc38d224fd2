package mail

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"partnerdesk/backend/customer"
)

// Queued is a mail that waits to be sent.
type Queued struct {
	Mail           customer.Mail
	HTML           string
	PartnerName    string
	PartnerAddress string
	ToName         string
}

// Outbox is where mails wait. A mail stays there until it is sent, saved or
// given up, so the queue survives a restart.
type Outbox interface {
	// QueuedMails returns mails due at now, oldest first.
	QueuedMails(ctx context.Context, now customer.Time, limit int) ([]Queued, error)
	// MailSent records that an SMTP server accepted the mail.
	MailSent(ctx context.Context, id string) error
	// MailSaved records that the mail was written to a file.
	MailSaved(ctx context.Context, id string) error
	// MailFailed records a failed try; next zero: given up.
	MailFailed(ctx context.Context, id, reason string, next customer.Time) error
	// NextMailAt returns when the next mail is due; zero when none waits.
	NextMailAt(ctx context.Context) (customer.Time, error)
}

// Queue sends what is in the Outbox, one mail after another.
type Queue struct {
	outbox Outbox
	files  Files
	clock  func() time.Time
	log    *slog.Logger
	jitter func() float64 // 0 to 1
	wake   chan struct{}  // holds one
	run    sync.Mutex     // held by Run

	mu     sync.Mutex
	smtp   *SMTP
	retry  bool            // try the mails that wait for a later try, too
	held   bool            // send none
	unsaid map[string]bool // delivered, but the Outbox could not be told yet: true when saved as a file
}

// NewQueue makes a queue that writes files until SetSMTP says otherwise.
func NewQueue(o Outbox, f Files, clock func() time.Time, log *slog.Logger) *Queue {
	return &Queue{
		outbox: o, files: f, clock: clock, log: log, jitter: rand.Float64,
		wake: make(chan struct{}, 1), unsaid: map[string]bool{},
	}
}

// SetSMTP makes mails go by s from now on, or into files when s is nil. Mails
// that wait for another try are tried again at once.
func (q *Queue) SetSMTP(s *SMTP) {
	q.mu.Lock()
	if s != nil {
		own := *s
		s = &own
	}
	q.smtp, q.retry = s, true
	q.mu.Unlock()
	q.Wake()
}

// Hold keeps all mails where they are until it is called with false; one that is
// under way still goes out.
func (q *Queue) Hold(hold bool) {
	q.mu.Lock()
	q.held = hold
	q.mu.Unlock()
	q.Wake()
}

func (q *Queue) holds() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.held
}

// Wake makes the queue look into the Outbox. It never blocks.
func (q *Queue) Wake() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

const (
	batch     = 10              // small: a mail may be cancelled while others go
	troubled  = time.Minute     // to wait when the Outbox fails
	givenUp   = 48 * time.Hour  // after a mail was made
	grace     = 5 * time.Second // to finish a mail when Run is to end
	longRound = time.Hour       // to look again even when nothing is said to wait
)

// Run sends mails until ctx ends. The mail under way then has five seconds more;
// without an answer it stays queued. A second Run waits for the first to end.
func (q *Queue) Run(ctx context.Context) {
	q.run.Lock()
	defer q.run.Unlock()
	for ctx.Err() == nil {
		wait := longRound
		if q.holds() {
			q.log.Debug("mails are held back")
		} else if err := q.round(ctx); err != nil {
			if ctx.Err() != nil {
				return
			}
			q.log.Error("mail queue", "error", err)
			wait = troubled
		} else if next, err := q.outbox.NextMailAt(ctx); err != nil {
			q.log.Error("mail queue", "error", err)
			wait = troubled
		} else if next != 0 {
			wait = min(max(next.Time().Sub(q.clock()), 0), longRound)
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-q.wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// round delivers everything that is due.
func (q *Queue) round(ctx context.Context) error {
	q.mu.Lock()
	retry := q.retry
	q.retry = false
	q.mu.Unlock()
	now := customer.At(q.clock())
	if retry {
		now = customer.At(q.clock().Add(2 * givenUp))
	}
	err := q.deliverDue(ctx, now)
	if err != nil && retry {
		q.mu.Lock()
		q.retry = true
		q.mu.Unlock()
	}
	return err
}

func (q *Queue) deliverDue(ctx context.Context, now customer.Time) error {
	tried := map[string]bool{}
	var down error // why the server can't be used, for the whole round
	for {
		// What was tried may be due again, by a retry's later now: look beyond it.
		due, err := q.outbox.QueuedMails(ctx, now, batch+len(tried))
		if err != nil {
			return err
		}
		fresh := slices.DeleteFunc(due, func(m Queued) bool { return tried[m.Mail.ID] })
		if len(fresh) == 0 {
			return ctx.Err()
		}
		for _, m := range fresh {
			if q.holds() {
				return nil
			}
			tried[m.Mail.ID] = true
			if down, err = q.handle(ctx, m, down); err != nil {
				return err
			}
		}
	}
}

// handle delivers one mail and records what came of it. It returns why the
// server can't be used, if it can't, or the Outbox's error.
func (q *Queue) handle(ctx context.Context, m Queued, down error) (error, error) {
	if err := ctx.Err(); err != nil {
		return down, err
	}
	saved, err := q.deliver(ctx, m, down)
	if err != nil && ctx.Err() != nil {
		return down, ctx.Err() // nothing was learnt about the mail
	}
	var server *serverError
	if errors.As(err, &server) {
		down = err
	}
	return down, q.record(context.WithoutCancel(ctx), m, saved, err)
}

// deliver sends or saves one mail, unless that was done already.
func (q *Queue) deliver(ctx context.Context, m Queued, down error) (saved bool, err error) {
	q.mu.Lock()
	server := q.smtp
	saved, done := q.unsaid[m.Mail.ID]
	q.mu.Unlock()
	end := m.Mail.LinkExpiresAt
	switch {
	case done:
		return saved, nil
	case end != 0 && end <= customer.At(q.clock()):
		return false, &PermanentError{customer.Fail(customer.LinkInvalid, "The link in this mail ended before the mail could be sent. Send a new one.")}
	case server == nil:
		return true, q.files.Save(message(m, Address{m.PartnerName, m.PartnerAddress}, Address{}))
	case down != nil:
		return false, down
	}
	name := server.FromName
	if name == "" {
		name = m.PartnerName
	}
	ctx, stop := graceful(ctx)
	defer stop()
	return false, server.Send(ctx, message(m, Address{name, server.FromAddress}, Address{m.PartnerName, m.PartnerAddress}))
}

// graceful returns a context that ends a little after ctx does: a mail cut off
// between its last byte and the server's answer would go out twice.
func graceful(ctx context.Context) (context.Context, func()) {
	late, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		timer := time.NewTimer(grace)
		defer timer.Stop()
		select {
		case <-timer.C:
			cancel()
		case <-late.Done():
		}
	})
	return late, func() { stop(); cancel() }
}

func message(m Queued, from, reply Address) Message {
	return Message{
		ID: m.Mail.ID, From: from, ReplyTo: reply, To: Address{m.ToName, m.Mail.To},
		Content: Content{Subject: m.Mail.Subject, Text: m.Mail.Text, HTML: m.HTML},
		Date:    m.Mail.CreatedAt.Time(), Link: m.Mail.Link,
	}
}

// record tells the Outbox what became of a mail.
func (q *Queue) record(ctx context.Context, m Queued, saved bool, failure error) error {
	id := m.Mail.ID
	if failure != nil {
		next := q.next(m.Mail, failure)
		q.log.Warn("mail failed", "id", id, "attempt", m.Mail.Attempts+1, "given_up", next == 0, "code", customer.CodeOf(failure))
		return unlessGone(q.outbox.MailFailed(ctx, id, reason(failure), next))
	}
	told := q.outbox.MailSent
	if saved {
		told = q.outbox.MailSaved
	}
	err := unlessGone(told(ctx, id))
	q.mu.Lock()
	defer q.mu.Unlock()
	if err != nil {
		q.unsaid[id] = saved // so that the next round tells it and does not send it again
		return err
	}
	delete(q.unsaid, id)
	return nil
}

// unlessGone drops the error about a mail that was deleted while it was on its way.
func unlessGone(err error) error {
	if customer.CodeOf(err) == customer.NotFound {
		return nil
	}
	return err
}

// next is when a failed mail is tried again; zero: never.
func (q *Queue) next(m customer.Mail, failure error) customer.Time {
	var lasting *PermanentError
	now := q.clock()
	if errors.As(failure, &lasting) || now.Sub(m.CreatedAt.Time()) >= givenUp {
		return 0
	}
	pauses := [...]time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour}
	pause := pauses[min(max(m.Attempts, 0), len(pauses)-1)]
	pause += time.Duration(q.jitter() * float64(pause) / 5) // up to a fifth more, so that tries spread
	return customer.At(now.Add(pause))
}

// reason is a failure in words for the partner.
func reason(failure error) string {
	var e *customer.Error
	if errors.As(failure, &e) {
		return e.Error()
	}
	return "The mail could not be made. Details are in the log."
}
