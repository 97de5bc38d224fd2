package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"partnerdesk/backend/backoffice/mail"
	"partnerdesk/backend/customer"
)

// longestPause is more than lies between two tries of a mail.
const longestPause = 8 * time.Hour

// QueuedMails returns the mails due at now, oldest first: also those that are
// due so late that the clock must have gone back since. A link that was
// swept away meanwhile ended at 1, long ago.
func (s *Store) QueuedMails(ctx context.Context, now customer.Time, limit int) ([]mail.Queued, error) {
	scan := func(scan func(...any) error) (q mail.Queued, err error) {
		err = scan(append(mailTargets(&q.Mail), &q.HTML, &q.ToName, &q.PartnerName, &q.PartnerAddress)...)
		return q, err
	}
	return collect(ctx, s.db.Read, "read the mail queue", scan, `SELECT m.id, m.customer_id, m.kind,
		m.to_address, m.subject, m.state, m.error, m.attempts, m.created_at, m.sent_at, m.next_attempt_at, m.text, m.link,
		CASE WHEN m.link_id = '' THEN 0 ELSE coalesce(l.expires_at, 1) END, m.html, m.to_name, p.name, p.username
		FROM mails m JOIN customers c ON c.id = m.customer_id JOIN partners p ON p.id = c.partner_id
		LEFT JOIN links l ON l.id = m.link_id
		WHERE m.state = 'queued' AND (m.next_attempt_at <= ? OR m.next_attempt_at > ?)
		ORDER BY m.created_at, m.rowid LIMIT ?`, now, after(now, longestPause), limit)
}

// NextMailAt returns when the next queued mail is due; zero when none is queued.
func (s *Store) NextMailAt(ctx context.Context) (customer.Time, error) {
	var at customer.Time
	err := s.db.Read.QueryRowContext(ctx, `SELECT coalesce(min(next_attempt_at), 0) FROM mails WHERE state = 'queued'`).Scan(&at)
	if err != nil {
		return 0, fmt.Errorf("read the mail queue: %w", err)
	}
	return at, nil
}

// MailSent records that an SMTP server accepted the mail, and erases its text
// and link. NotFound when there is no such mail.
func (s *Store) MailSent(ctx context.Context, id string) error {
	return s.delivered(ctx, id, customer.MailSent, customer.EventMailSent)
}

// MailSaved records that the mail is a file now, and erases its text and link
// here. NotFound when there is no such mail.
func (s *Store) MailSaved(ctx context.Context, id string) error {
	return s.delivered(ctx, id, customer.MailSaved, customer.EventMailSaved)
}

// delivered also takes a mail that was cancelled while it was on its way: it
// did go out, and nobody should read otherwise.
func (s *Store) delivered(ctx context.Context, id string, state customer.MailState, kind customer.EventKind) error {
	return s.mailDone(ctx, `UPDATE mails SET state = ?2, error = '', attempts = attempts + 1, sent_at = ?3,
		next_attempt_at = 0, text = '', html = '', link = '' WHERE id = ?1 AND state IN ('queued', 'cancelled')
		RETURNING customer_id, kind, to_address`, id, state, "", kind)
}

// MailFailed records a failed try: tried again at next, or given up when next
// is zero. A mail that was cancelled meanwhile stays so; NotFound when there is
// no such mail.
func (s *Store) MailFailed(ctx context.Context, id, reason string, next customer.Time) error {
	if next == 0 {
		return s.mailDone(ctx, `UPDATE mails SET state = ?2, error = ?4, attempts = attempts + 1, next_attempt_at = 0,
			text = '', html = '', link = '' WHERE id = ?1 AND state = 'queued' AND ?3 > 0
			RETURNING customer_id, kind, to_address`, id, customer.MailFailed, reason, customer.EventMailFailed)
	}
	return s.mailDone(ctx, `UPDATE mails SET state = ?2, error = ?4, attempts = attempts + 1, next_attempt_at = ?5
		WHERE id = ?1 AND state = 'queued' AND ?3 > 0 RETURNING customer_id, kind, to_address`,
		id, customer.MailQueued, reason, "", next)
}

// mailDone runs an update of one mail (?1 id, ?2 state, ?3 now, ?4 reason, then
// more), and brings the customer and, unless kind is empty, the history up to date.
func (s *Store) mailDone(ctx context.Context, update, id string, state customer.MailState, reason string, kind customer.EventKind, more ...any) error {
	return s.write(ctx, func(t *tx) error {
		args := []any{id, state, t.now}
		if state != customer.MailSent && state != customer.MailSaved {
			args = append(args, reason)
		}
		var owner, to string
		var mailKind customer.MailKind
		err := t.QueryRowContext(ctx, update, append(args, more...)...).Scan(&owner, &mailKind, &to)
		if errors.Is(err, sql.ErrNoRows) {
			return t.mailGone(ctx, id)
		}
		if err != nil {
			return fmt.Errorf("record what became of a mail: %w", err)
		}
		if kind != "" {
			detail := to
			if reason != "" {
				detail = reason
			}
			if err := t.record(ctx, owner, systemActor(), event{kind: kind, detail: detail, mailKind: mailKind}); err != nil {
				return err
			}
		}
		a, err := findAccount(ctx, t, "WHERE c.id = ?", owner)
		if err != nil || a.mailID != id {
			return err
		}
		a.MailState, a.MailError, a.MailAt = state, reason, t.now
		return t.save(ctx, &a)
	})
}

// mailGone is nil for a mail that was settled before, else NotFound.
func (t *tx) mailGone(ctx context.Context, id string) error {
	var n int
	if err := t.QueryRowContext(ctx, `SELECT count(*) FROM mails WHERE id = ?`, id).Scan(&n); err != nil {
		return fmt.Errorf("look for a mail: %w", err)
	}
	if n == 0 {
		return customer.Fail(customer.NotFound, "This mail can't be found.")
	}
	return nil
}
