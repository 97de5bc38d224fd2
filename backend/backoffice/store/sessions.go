package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// Session is an open session on a customer account: the customer's own, or,
// with Visit, the partner's log-in-as.
type Session struct {
	ID                  string
	Customer            customer.Customer
	Visit               bool
	Partner             api.Partner // whose customer it is
	Member              api.Member  // of a visit: who is visiting; no more than id and name
	Reason, Destination string      // of a visit
	ExpiresAt           customer.Time
}

// actor is who really acts in the session.
func (s Session) actor() actor {
	if s.Visit {
		return memberActor(s.Member, true)
	}
	return customerActor(s.Customer)
}

// LoginCredentials returns the account with this username, its password hash
// (empty: none set) and its partner, whatever its status. NotFound when there
// is none.
func (s *Store) LoginCredentials(ctx context.Context, username string) (customer.Customer, string, api.Partner, error) {
	a, err := findAccount(ctx, s.db.Read, "WHERE c.username_key = ?", customer.UsernameKey(username))
	return a.Customer, a.passwordHash, a.Partner, err
}

// LogIn opens a session for a customer whose password was checked against
// passwordHash, and records the login. Fails with AccountLocked, Waiting, or
// Unauthorized when the password was changed since the check.
func (s *Store) LogIn(ctx context.Context, customerID, passwordHash string) (string, Session, error) {
	token, hash, err := newToken(s.o.Random)
	if err != nil {
		return "", Session{}, err
	}
	var session Session
	err = s.write(ctx, func(t *tx) error {
		a, err := findAccount(ctx, t, "WHERE c.id = ?", customerID)
		if err != nil {
			return err
		}
		switch a.Status {
		case customer.Locked:
			return locked()
		case customer.PendingActivate:
			return customer.Fail(customer.Waiting, "This account is waiting for activation. The mail we sent holds the link.")
		}
		if passwordHash == "" || passwordHash != a.passwordHash {
			return customer.Fail(customer.Unauthorized, "The password was changed a moment ago. Log in with the new one.")
		}
		a.LastLoginAt = t.now
		if err := t.record(ctx, a.ID, customerActor(a.Customer), event{kind: customer.EventLoggedIn}); err != nil {
			return err
		}
		if err := t.save(ctx, &a); err != nil {
			return err
		}
		session = Session{ID: t.o.NewID(), Customer: a.Customer, Partner: a.Partner, ExpiresAt: after(t.now, SessionLifetime)}
		return t.openSession(ctx, session, hash, "")
	})
	if err != nil {
		return "", Session{}, err
	}
	return token, session, nil
}

func (t *tx) openSession(ctx context.Context, session Session, hash []byte, signInID string) error {
	_, err := t.exec(ctx, "open a session", `INSERT INTO sessions
		(id, token_hash, customer_id, sign_in_id, reason, destination, created_at, expires_at)
		VALUES (?, ?, ?, nullif(?, ''), ?, ?, ?, ?)`,
		session.ID, hash, session.Customer.ID, signInID, session.Reason, session.Destination, t.now, session.ExpiresAt)
	return err
}

// SessionByToken returns the open session of a token on this customer's
// account; Unauthorized when there is none (any more).
func (s *Store) SessionByToken(ctx context.Context, customerID, token string) (Session, error) {
	return findSession(ctx, s.db.Read, customer.At(s.o.Clock()), `s.token_hash = ?2 AND s.customer_id = ?3`, hashToken(token), customerID)
}

// findSession returns the open session that matches, with its account as it
// is now. ?1 in where is the time; the arguments follow from ?2.
func findSession(ctx context.Context, q querier, now customer.Time, where string, args ...any) (Session, error) {
	var session Session
	var customerID string
	var begun customer.Time
	err := q.QueryRowContext(ctx, `SELECT s.id, s.customer_id, s.sign_in_id IS NOT NULL, s.reason, s.destination, s.created_at,
		min(s.expires_at, coalesce(i.expires_at, s.expires_at)), coalesce(m.id, ''), coalesce(m.name, '')
		FROM sessions s LEFT JOIN sign_ins i ON i.id = s.sign_in_id LEFT JOIN members m ON m.id = i.member_id
		LEFT JOIN partners p ON p.id = m.partner_id
		WHERE s.expires_at > ?1 AND (s.sign_in_id IS NULL OR (i.expires_at > ?1 AND m.disabled_at = 0 AND p.disabled_at = 0))
		AND `+where, append([]any{now}, args...)...).
		Scan(&session.ID, &customerID, &session.Visit, &session.Reason, &session.Destination, &begun, &session.ExpiresAt,
			&session.Member.ID, &session.Member.Name)
	if errors.Is(err, sql.ErrNoRows) || (err == nil && session.Visit && begun > after(now, clockSlack)) {
		return Session{}, noSession()
	}
	if err != nil {
		return Session{}, fmt.Errorf("look for a session: %w", err)
	}
	a, err := findAccount(ctx, q, "WHERE c.id = ?", customerID)
	if err != nil {
		return Session{}, err
	}
	if a.Status == customer.Locked || (!session.Visit && a.Status != customer.Activated) {
		return Session{}, noSession()
	}
	session.Customer, session.Partner = a.Customer, a.Partner
	return session, nil
}

func noSession() *customer.Error {
	return customer.Fail(customer.Unauthorized, "You are not logged in any more. Log in again.")
}

// EndSession logs out of one session; nothing happens when it is over already.
func (s *Store) EndSession(ctx context.Context, sessionID string) error {
	return s.write(ctx, func(t *tx) error {
		session, err := findSession(ctx, t, t.now, `s.id = ?2`, sessionID)
		if customer.CodeOf(err) == customer.Unauthorized {
			return nil
		}
		if err != nil {
			return err
		}
		if session.Visit {
			by := session.actor()
			return t.endVisits(ctx, &by, `s.id = ?`, sessionID)
		}
		_, err = t.exec(ctx, "end a session", `DELETE FROM sessions WHERE id = ?`, sessionID)
		return err
	})
}

// endOwnSessions ends the customer's own sessions, except the one named.
func (t *tx) endOwnSessions(ctx context.Context, customerID, except string) error {
	_, err := t.exec(ctx, "end sessions",
		`DELETE FROM sessions WHERE customer_id = ? AND sign_in_id IS NULL AND id <> ?`, customerID, except)
	return err
}

// endAllSessions ends every session on the account, visits included.
func (t *tx) endAllSessions(ctx context.Context, a *account, by actor) error {
	if err := t.endOwnSessions(ctx, a.ID, ""); err != nil {
		return err
	}
	return t.endVisits(ctx, &by, `s.customer_id = ?`, a.ID)
}
