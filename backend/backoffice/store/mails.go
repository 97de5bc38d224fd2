package store

import (
	"context"
	"fmt"
	"time"

	"partnerdesk/backend/backoffice/mail"
	"partnerdesk/backend/customer"
)

// origin says why a mail was made; those people ask for are bounded.
type origin string

const (
	byRule    origin = "rule"    // a change of status or username
	byPartner origin = "partner" // NewLink
	byForgot  origin = "forgot"  // RequestReset
)

// mailedSince reports whether at least limit mails of this origin were made
// for the account in the last while.
func (t *tx) mailedSince(ctx context.Context, customerID string, why origin, while time.Duration, limit int) (bool, error) {
	var n int
	err := t.QueryRowContext(ctx, `SELECT count(*) FROM mails WHERE customer_id = ? AND origin = ? AND created_at > ?`,
		customerID, why, since(t.now, while)).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("count mails: %w", err)
	}
	return n >= limit, nil
}

// mailLink makes a link and queues the mail that carries it; neither for a quiet
// change. The caller saves.
func (t *tx) mailLink(ctx context.Context, a *account, kind customer.MailKind, why origin, by actor) (link, error) {
	if t.quiet && why == byRule {
		return link{}, nil
	}
	l, err := t.newLink(ctx, a, kind)
	if err != nil {
		return link{}, err
	}
	letter := mail.Letter{Kind: kind, ToAddress: a.Username, Link: l.url, LinkExpiresAt: l.expires.Time()}
	return l, t.queue(ctx, a, letter, l.id, why, by)
}

// mailNotice queues the mail that tells one address of a new username; none for
// a quiet change.
func (t *tx) mailNotice(ctx context.Context, a *account, to, old string, by actor) error {
	if t.quiet {
		return nil
	}
	letter := mail.Letter{Kind: customer.MailUsernameChanged, ToAddress: to, OldUsername: old, NewUsername: a.Username}
	return t.queue(ctx, a, letter, "", byRule, by)
}

// queue composes a letter in the customer's language and puts it in the queue,
// due at once.
func (t *tx) queue(ctx context.Context, a *account, letter mail.Letter, linkID string, why origin, by actor) error {
	letter.Language, letter.ToName = a.Language, a.Name()
	letter.PartnerName, letter.PartnerAddress = a.Partner.Name, a.Partner.Username
	content, err := t.o.Compose(letter)
	if err != nil {
		return fmt.Errorf("compose a mail: %w", err)
	}
	id := t.o.NewID()
	_, err = t.exec(ctx, "queue a mail", `INSERT INTO mails (id, customer_id, kind, origin, link_id, to_name, to_address,
		subject, text, html, link, state, created_at, next_attempt_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,'queued',?,?)`,
		id, a.ID, letter.Kind, why, linkID, letter.ToName, letter.ToAddress, content.Subject, content.Text, content.HTML,
		letter.Link, t.now, t.now)
	if err != nil {
		return err
	}
	a.mailID, a.MailKind, a.MailState, a.MailError, a.MailAt = id, letter.Kind, customer.MailQueued, "", t.now
	t.mailed = true
	return t.record(ctx, a.ID, by, event{kind: customer.EventMailQueued, detail: letter.ToAddress, mailKind: letter.Kind})
}

const mailColumns = `m.id, m.customer_id, m.kind, m.to_address, m.subject, m.state, m.error, m.attempts, m.created_at,
	m.sent_at, m.next_attempt_at, m.text, m.link, coalesce(l.expires_at, 0)`

func mailTargets(m *customer.Mail) []any {
	return []any{&m.ID, &m.CustomerID, &m.Kind, &m.To, &m.Subject, &m.State, &m.Error, &m.Attempts, &m.CreatedAt,
		&m.SentAt, &m.NextAttemptAt, &m.Text, &m.Link, &m.LinkExpiresAt}
}

// Mails lists the account's mails, newest first. Text and link are there while
// a mail is queued; afterwards only its file holds them. NotFound for another
// partner's customer.
func (s *Store) Mails(ctx context.Context, partnerID, customerID string) ([]customer.Mail, error) {
	if _, err := partnersAccount(ctx, s.db.Read, partnerID, customerID); err != nil {
		return nil, err
	}
	scan := func(scan func(...any) error) (m customer.Mail, err error) {
		err = scan(mailTargets(&m)...)
		return m, err
	}
	return collect(ctx, s.db.Read, "read mails", scan, `SELECT `+mailColumns+` FROM mails m
		LEFT JOIN links l ON l.id = m.link_id AND l.expires_at > ?
		WHERE m.customer_id = ? ORDER BY m.created_at DESC, m.rowid DESC`, customer.At(s.o.Clock()), customerID)
}
