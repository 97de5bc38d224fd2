package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// link is a fresh link; its token is known here only.
type link struct {
	id, url string
	expires customer.Time
}

// newLink makes a link of a kind for the account. The caller saves.
func (t *tx) newLink(ctx context.Context, a *account, kind customer.MailKind) (link, error) {
	token, hash, err := newToken(t.o.Random)
	if err != nil {
		return link{}, err
	}
	path, lifetime := "/reset", LinkLifetime
	switch kind {
	case customer.MailActivation:
		path = "/activate"
	case customer.MailResetPassword:
		lifetime = ResetLifetime
	}
	l := link{id: t.o.NewID(), expires: after(t.now, lifetime)}
	l.url = strings.TrimSuffix(t.o.PublicURL(), "/") + path + "?token=" + token
	if kind != customer.MailResetPassword {
		a.LinkExpiresAt = l.expires
	}
	_, err = t.exec(ctx, "make a link",
		`INSERT INTO links (id, token_hash, customer_id, kind, created_at, expires_at) VALUES (?,?,?,?,?,?)`,
		l.id, hash, a.ID, kind, t.now, l.expires)
	return l, err
}

// killLinks ends the account's links of the given kinds (none: all), and
// cancels the mails that would still have carried them. The caller saves.
func (t *tx) killLinks(ctx context.Context, a *account, kinds ...customer.MailKind) error {
	if len(kinds) == 0 {
		kinds = []customer.MailKind{customer.MailActivation, customer.MailSetPassword, customer.MailResetPassword}
	}
	for _, kind := range kinds {
		cancelled, err := collect(ctx, t, "cancel mails", oneText, `UPDATE mails SET state = 'cancelled', text = '',
			html = '', link = '', next_attempt_at = 0 WHERE state = 'queued' AND customer_id = ?1
			AND link_id IN (SELECT id FROM links WHERE customer_id = ?1 AND kind = ?2) RETURNING id`, a.ID, kind)
		if err != nil {
			return err
		}
		if slices.Contains(cancelled, a.mailID) {
			a.MailState, a.MailError, a.MailAt = customer.MailCancelled, "", t.now
		}
		n, err := t.exec(ctx, "end links", `DELETE FROM links WHERE customer_id = ? AND kind = ?`, a.ID, kind)
		if err != nil {
			return err
		}
		if n > 0 && kind != customer.MailResetPassword {
			a.LinkExpiresAt = 0
		}
	}
	// Expired links may have been swept; without a live one the time is stale.
	if a.LinkExpiresAt != 0 && a.LinkExpiresAt <= t.now && slices.Contains(kinds, customer.MailSetPassword) {
		a.LinkExpiresAt = 0
	}
	return nil
}

// usableLink returns the account and kind of a link that works now, or LinkInvalid.
func usableLink(ctx context.Context, q querier, token string, now customer.Time) (account, customer.MailKind, error) {
	var id string
	var kind customer.MailKind
	err := q.QueryRowContext(ctx, `SELECT customer_id, kind FROM links WHERE token_hash = ? AND expires_at > ?`,
		hashToken(token), now).Scan(&id, &kind)
	if errors.Is(err, sql.ErrNoRows) {
		return account{}, "", badLink()
	}
	if err != nil {
		return account{}, "", fmt.Errorf("look for a link: %w", err)
	}
	a, err := findAccount(ctx, q, "WHERE c.id = ?", id)
	if err != nil {
		return account{}, "", err
	}
	pending := a.Status == customer.PendingActivate
	if a.Status == customer.Locked || pending != (kind == customer.MailActivation) {
		return account{}, "", badLink()
	}
	return a, kind, nil
}

func badLink() *customer.Error {
	return customer.Fail(customer.LinkInvalid, "This link doesn't work any more. It was used before, has expired, or a newer one replaced it.")
}

// LinkOwner returns whose link it is and what it is for, without using it;
// LinkInvalid when it doesn't work (any more).
func (s *Store) LinkOwner(ctx context.Context, token string) (customer.Customer, customer.MailKind, error) {
	a, kind, err := usableLink(ctx, s.db.Read, token, customer.At(s.o.Clock()))
	return a.Customer, kind, err
}

// UseLink sets the account's password with a link, which thereby is used up.
// An activation link makes the account Activated; the others end the
// customer's sessions. LinkInvalid when the link doesn't work (any more).
func (s *Store) UseLink(ctx context.Context, token, passwordHash string) (customer.Customer, error) {
	var a account
	err := s.write(ctx, func(t *tx) (err error) {
		var kind customer.MailKind
		if a, kind, err = usableLink(ctx, t, token, t.now); err != nil {
			return err
		}
		by := customerActor(a.Customer)
		done := event{kind: customer.EventPasswordChanged}
		if kind == customer.MailActivation {
			done = event{kind: customer.EventActivated, changes: []customer.FieldChange{{Field: "status",
				From: string(customer.PendingActivate), To: string(customer.Activated)}}}
			a.Status, a.ActivatedAt = customer.Activated, t.now
			if err := t.killLinks(ctx, &a); err != nil {
				return err
			}
		}
		if err := t.setPassword(ctx, &a, passwordHash, ""); err != nil {
			return err
		}
		if err := t.record(ctx, a.ID, by, done); err != nil {
			return err
		}
		return t.save(ctx, &a)
	})
	if err != nil {
		return customer.Customer{}, err
	}
	return a.Customer, nil
}

// Bounds on mails that people ask for, per account and hour.
const (
	maxNewLinks = 5
	maxResets   = 3
)

// NewLink makes a fresh link to activate the account or to set its password;
// earlier ones die. With deliver it is mailed, else it only comes back. Fails
// with NotFound, AccountLocked, TooMany after five mails within an hour,
// Unauthorized when the sign-in has ended, or Forbidden when its role allows no
// editing.
func (s *Store) NewLink(ctx context.Context, in SignIn, customerID string, deliver bool) (api.ActivationMail, error) {
	var answer api.ActivationMail
	err := s.write(ctx, func(t *tx) error {
		live, err := t.liveEditor(ctx, in.ID)
		if err != nil {
			return err
		}
		a, err := partnersAccount(ctx, t, live.Partner.ID, customerID)
		if err != nil {
			return err
		}
		if a.Status == customer.Locked {
			return customer.Fail(customer.AccountLocked, "This account is locked. Unlock it to send a mail.")
		}
		kind := linkKind(a.Customer)
		by := memberActor(live.Member, false)
		if deliver {
			full, err := t.mailedSince(ctx, a.ID, byPartner, time.Hour, maxNewLinks)
			if err != nil {
				return err
			}
			if full {
				return customer.Fail(customer.TooMany, "This customer got five mails within the hour. Copy the link, or wait a little.")
			}
		}
		if err := t.killLinks(ctx, &a); err != nil {
			return err
		}
		var l link
		if deliver {
			l, err = t.mailLink(ctx, &a, kind, byPartner, by)
		} else if l, err = t.newLink(ctx, &a, kind); err == nil {
			err = t.record(ctx, a.ID, by, event{kind: customer.EventLinkCopied, mailKind: kind})
		}
		if err != nil {
			return err
		}
		answer = api.ActivationMail{Kind: kind, Link: l.url, ExpiresAt: l.expires}
		if deliver {
			answer.State = customer.MailQueued
		}
		return t.save(ctx, &a)
	})
	if err != nil {
		return api.ActivationMail{}, err
	}
	return answer, nil
}

// linkKind is the link that helps an account to get in.
func linkKind(c customer.Customer) customer.MailKind {
	switch {
	case c.Status == customer.PendingActivate:
		return customer.MailActivation
	case c.HasPassword:
		return customer.MailResetPassword
	}
	return customer.MailSetPassword
}

// RequestReset mails a link to the account with this username: to set a new
// password, or to activate a Pending one. It tells nothing: nil for an unknown
// or Locked account, and when three mails went out within the hour.
func (s *Store) RequestReset(ctx context.Context, username string) error {
	err := s.write(ctx, func(t *tx) error {
		a, err := findAccount(ctx, t, "WHERE c.username_key = ?", customer.UsernameKey(username))
		if err != nil {
			return err
		}
		if a.Status == customer.Locked {
			return nil
		}
		if full, err := t.mailedSince(ctx, a.ID, byForgot, time.Hour, maxResets); err != nil || full {
			return err
		}
		if err := t.killLinks(ctx, &a); err != nil {
			return err
		}
		if _, err := t.mailLink(ctx, &a, linkKind(a.Customer), byForgot, systemActor()); err != nil {
			return err
		}
		return t.save(ctx, &a)
	})
	if customer.CodeOf(err) == customer.NotFound {
		return nil
	}
	return err
}
