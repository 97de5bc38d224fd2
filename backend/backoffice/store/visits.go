package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// maxReason is the longest reason of a visit, in characters.
const maxReason = 200

// clockSlack is how far the clock may be set back under a visit or a ticket;
// further, and they would outlast their time.
const clockSlack = time.Minute

// CreateTicket makes a single-use log-in-as ticket, valid for a minute. Fails
// with NotFound, AccountLocked, Unauthorized when the sign-in has ended, or
// TooLong for the reason.
func (s *Store) CreateTicket(ctx context.Context, in SignIn, customerID, reason, destination string) (string, customer.Time, error) {
	reason = strings.Join(strings.Fields(strings.ToValidUTF8(reason, "")), " ")
	if utf8.RuneCountInString(reason) > maxReason {
		return "", 0, customer.FailField(customer.TooLong, "reason", "At most 200 characters fit here.")
	}
	token, hash, err := newToken(s.o.Random)
	if err != nil {
		return "", 0, err
	}
	var expires customer.Time
	err = s.write(ctx, func(t *tx) error {
		live, err := t.liveSignIn(ctx, in.ID)
		if err != nil {
			return err
		}
		a, err := partnersAccount(ctx, t, live.Partner.ID, customerID)
		if err != nil {
			return err
		}
		if a.Status == customer.Locked {
			return locked()
		}
		expires = after(t.now, TicketLifetime)
		_, err = t.exec(ctx, "make a ticket", `INSERT INTO tickets
			(token_hash, customer_id, sign_in_id, reason, destination, expires_at) VALUES (?,?,?,?,?,?)`,
			hash, a.ID, live.ID, reason, destination, expires)
		return err
	})
	if err != nil {
		return "", 0, err
	}
	return token, expires, nil
}

func locked() *customer.Error {
	return customer.Fail(customer.AccountLocked, "This account is locked.")
}

// RedeemTicket uses a ticket up and opens a session for the member in the
// customer's account, for at most an hour and never longer than the member
// stays signed in. Fails with LinkInvalid or AccountLocked.
func (s *Store) RedeemTicket(ctx context.Context, ticket string) (string, Session, error) {
	token, hash, err := newToken(s.o.Random)
	if err != nil {
		return "", Session{}, err
	}
	var session Session
	err = s.write(ctx, func(t *tx) error {
		var customerID, signInID string
		var expires, signInEnds customer.Time
		err := t.QueryRowContext(ctx, `SELECT k.customer_id, k.sign_in_id, k.reason, k.destination, k.expires_at, i.expires_at,
			m.id, m.name FROM tickets k JOIN sign_ins i ON i.id = k.sign_in_id JOIN members m ON m.id = i.member_id
			JOIN partners p ON p.id = m.partner_id WHERE k.token_hash = ? AND m.disabled_at = 0 AND p.disabled_at = 0`,
			hashToken(ticket)).Scan(&customerID, &signInID, &session.Reason, &session.Destination, &expires, &signInEnds,
			&session.Member.ID, &session.Member.Name)
		if errors.Is(err, sql.ErrNoRows) || (err == nil && (expires <= t.now || signInEnds <= t.now || expires > after(t.now, TicketLifetime+clockSlack))) {
			return badTicket()
		}
		if err != nil {
			return fmt.Errorf("look for a ticket: %w", err)
		}
		a, err := findAccount(ctx, t, "WHERE c.id = ?", customerID)
		if err != nil {
			return err
		}
		if a.Status == customer.Locked {
			return locked()
		}
		if _, err := t.exec(ctx, "use a ticket", `DELETE FROM tickets WHERE token_hash = ?`, hashToken(ticket)); err != nil {
			return err
		}
		session.ID, session.Visit, session.Customer, session.Partner = t.o.NewID(), true, a.Customer, a.Partner
		session.ExpiresAt = min(after(t.now, VisitLifetime), signInEnds)
		if err := t.openSession(ctx, session, hash, signInID); err != nil {
			return err
		}
		t.touched[a.Partner.ID] = true
		return t.record(ctx, a.ID, memberActor(session.Member, true), event{kind: customer.EventVisited, detail: session.Reason})
	})
	if err != nil {
		return "", Session{}, err
	}
	return token, session, nil
}

func badTicket() *customer.Error {
	return customer.Fail(customer.LinkInvalid, "This link works once and for a minute only. Log in again from Partner Desk.")
}

// Visits lists the partner's open log-in-as sessions, newest first.
func (s *Store) Visits(ctx context.Context, partnerID string) ([]customer.Visit, error) {
	now := customer.At(s.o.Clock())
	scan := func(scan func(...any) error) (v customer.Visit, err error) {
		var c customer.Customer
		err = scan(&v.ID, &v.CustomerID, &c.FirstName, &c.LastName, &v.Company, &v.PartnerName, &v.MemberID, &v.MemberName, &v.Reason, &v.StartedAt, &v.ExpiresAt)
		v.CustomerName = c.Name()
		return v, err
	}
	return collect(ctx, s.db.Read, "read visits", scan, `SELECT s.id, c.id, c.first_name, c.last_name, c.company, p.name,
		m.id, m.name, s.reason, s.created_at, s.expires_at FROM sessions s JOIN sign_ins i ON i.id = s.sign_in_id
		JOIN members m ON m.id = i.member_id JOIN partners p ON p.id = m.partner_id JOIN customers c ON c.id = s.customer_id
		WHERE p.id = ? AND p.disabled_at = 0 AND m.disabled_at = 0 AND s.expires_at > ?2 AND i.expires_at > ?2 AND s.created_at <= ?3
		ORDER BY s.created_at DESC, s.rowid DESC`, partnerID, now, after(now, clockSlack))
}

// RecentVisits lists the partner's latest log-ins as a customer, newest first,
// whether they are open or over.
func (s *Store) RecentVisits(ctx context.Context, partnerID string, limit int) ([]customer.PastVisit, error) {
	scan := func(scan func(...any) error) (v customer.PastVisit, err error) {
		var c customer.Customer
		err = scan(&v.CustomerID, &c.FirstName, &c.LastName, &v.Company, &v.MemberName, &v.Reason, &v.At)
		v.CustomerName = c.Name()
		return v, err
	}
	return collect(ctx, s.db.Read, "read recent visits", scan, `SELECT c.id, c.first_name, c.last_name, c.company,
		e.actor_name, e.detail, e.at FROM events e INDEXED BY events_visited JOIN customers c ON c.id = e.customer_id
		WHERE e.kind = 'visited' AND c.partner_id = ? ORDER BY e.at DESC, e.id DESC LIMIT ?`, partnerID, limit)
}

// EndVisit ends one of the partner's visits for a member of it; NotFound when
// it is not open or not the partner's, Forbidden when it is another member's
// and the role allows no editing, Unauthorized when the sign-in has ended.
func (s *Store) EndVisit(ctx context.Context, in SignIn, visitID string) error {
	return s.write(ctx, func(t *tx) error {
		live, err := t.liveSignIn(ctx, in.ID)
		if err != nil {
			return err
		}
		var visitor string
		err = t.QueryRowContext(ctx, `SELECT m.id FROM sessions s JOIN sign_ins i ON i.id = s.sign_in_id
			JOIN members m ON m.id = i.member_id
			WHERE s.id = ? AND m.partner_id = ? AND s.expires_at > ?3 AND i.expires_at > ?3`,
			visitID, live.Partner.ID, t.now).Scan(&visitor)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return customer.Fail(customer.NotFound, "This visit is over.")
		case err != nil:
			return fmt.Errorf("look for a visit: %w", err)
		case visitor != live.Member.ID && !live.Member.Role.MayEdit():
			return customer.Fail(customer.Forbidden, "You can end your own visits only. Ask an owner or a manager.")
		}
		by := memberActor(live.Member, false)
		return t.endVisits(ctx, &by, `s.id = ?`, visitID)
	})
}

// endVisits ends the visits that match, and records it: by the given actor,
// or, for nil, by the member whose visit it is. One that has run out by
// itself ended then, whoever finds it.
func (t *tx) endVisits(ctx context.Context, by *actor, where string, arg any) error {
	type visit struct {
		id, customerID string
		ends           customer.Time
		partnerID      string
		member         api.Member
	}
	scan := func(scan func(...any) error) (v visit, err error) {
		err = scan(&v.id, &v.customerID, &v.ends, &v.partnerID, &v.member.ID, &v.member.Name)
		return v, err
	}
	open, err := collect(ctx, t, "read visits", scan, `SELECT s.id, s.customer_id, min(s.expires_at, i.expires_at), m.partner_id,
		m.id, m.name FROM sessions s JOIN sign_ins i ON i.id = s.sign_in_id JOIN members m ON m.id = i.member_id WHERE `+where, arg)
	if err != nil {
		return err
	}
	for _, v := range open {
		if _, err := t.exec(ctx, "end a visit", `DELETE FROM sessions WHERE id = ?`, v.id); err != nil {
			return err
		}
		who, e := memberActor(v.member, false), event{kind: customer.EventVisitEnded}
		switch {
		case v.ends <= t.now:
			who, e.at = systemActor(), v.ends
		case by != nil:
			who = *by
		}
		if err := t.record(ctx, v.customerID, who, e); err != nil {
			return err
		}
		t.touched[v.partnerID] = true
	}
	return nil
}

func (t *tx) killTickets(ctx context.Context, customerID string) error {
	_, err := t.exec(ctx, "end tickets", `DELETE FROM tickets WHERE customer_id = ?`, customerID)
	return err
}
