package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// SignIn is a member's sign-in from a desk.
type SignIn struct {
	ID        string
	Partner   api.Partner
	Member    api.Member // who acts
	ExpiresAt customer.Time
}

// CreateSignIn signs a member in, whose password was checked against
// passwordHash, for a lifetime, and returns the token, which is not kept. Fails
// with NotFound for an unknown or disabled member or partner, or Unauthorized
// when the password was changed since the check.
func (s *Store) CreateSignIn(ctx context.Context, memberID, passwordHash string, lifetime time.Duration) (string, SignIn, error) {
	token, hash, err := newToken(s.o.Random)
	if err != nil {
		return "", SignIn{}, err
	}
	var in SignIn
	err = s.write(ctx, func(t *tx) error {
		var now string
		err := t.QueryRowContext(ctx, `UPDATE members SET last_sign_in_at = ? WHERE id = ? AND disabled_at = 0
			RETURNING password_hash`, t.now, memberID).Scan(&now)
		if errors.Is(err, sql.ErrNoRows) {
			return noMember()
		}
		if err != nil {
			return fmt.Errorf("read a member: %w", err)
		}
		if passwordHash == "" || now != passwordHash {
			return customer.Fail(customer.Unauthorized, "The password was changed a moment ago. Sign in with the new one.")
		}
		id := t.o.NewID()
		_, err = t.exec(ctx, "sign in",
			`INSERT INTO sign_ins (id, member_id, token_hash, created_at, expires_at) VALUES (?,?,?,?,?)`,
			id, memberID, hash, t.now, after(t.now, lifetime))
		if err != nil {
			return err
		}
		if in, err = t.liveSignIn(ctx, id); customer.CodeOf(err) == customer.Unauthorized {
			return noMember() // the partner is disabled
		}
		return err
	})
	if err != nil {
		return "", SignIn{}, err
	}
	return token, in, nil
}

const signInQuery = `SELECT i.id, i.expires_at, p.id, p.username, p.name, ` + memberColumns + `
	FROM sign_ins i JOIN members m ON m.id = i.member_id JOIN partners p ON p.id = m.partner_id
	WHERE m.disabled_at = 0 AND p.disabled_at = 0 `

func scanSignIn(scan func(...any) error) (in SignIn, err error) {
	err = scan(append([]any{&in.ID, &in.ExpiresAt, &in.Partner.ID, &in.Partner.Username, &in.Partner.Name},
		memberTargets(&in.Member)...)...)
	if errors.Is(err, sql.ErrNoRows) {
		return SignIn{}, customer.Fail(customer.Unauthorized, "You are not signed in any more. Sign in again.")
	}
	if err != nil {
		return SignIn{}, fmt.Errorf("read a sign-in: %w", err)
	}
	return in, nil
}

// SignInByToken returns the sign-in of a token; Unauthorized when it has
// ended, expired or never was.
func (s *Store) SignInByToken(ctx context.Context, token string) (SignIn, error) {
	return scanSignIn(s.db.Read.QueryRowContext(ctx, signInQuery+`AND i.token_hash = ? AND i.expires_at > ?`,
		hashToken(token), customer.At(s.o.Clock())).Scan)
}

// liveSignIn returns the sign-in as the database knows it now; Unauthorized
// when it has ended.
func (t *tx) liveSignIn(ctx context.Context, id string) (SignIn, error) {
	return scanSignIn(t.QueryRowContext(ctx, signInQuery+`AND i.id = ? AND i.expires_at > ?`, id, t.now).Scan)
}

// liveEditor is liveSignIn of a member who may change customers; Forbidden
// when the role does not allow it (any more).
func (t *tx) liveEditor(ctx context.Context, id string) (SignIn, error) {
	live, err := t.liveSignIn(ctx, id)
	if err != nil {
		return SignIn{}, err
	}
	return live, CheckMayEdit(live.Member.Role)
}

// CheckMayEdit returns Forbidden when a member of this role can't change
// customers.
func CheckMayEdit(r api.Role) error {
	if r.MayEdit() {
		return nil
	}
	return customer.Fail(customer.Forbidden, "Your role is "+string(r)+", which can't change customers. Ask an owner or a manager.")
}

// EndSignIn signs the member out. Its visits end, also those begun from other
// sign-ins, which go on themselves: a desk signs in anew at each start, and
// doesn't know the visits from before.
func (s *Store) EndSignIn(ctx context.Context, signInID string) error {
	const ofMember = `(SELECT member_id FROM sign_ins WHERE id = ?)`
	return s.write(ctx, func(t *tx) error {
		_, err := t.exec(ctx, "end tickets", `DELETE FROM tickets WHERE sign_in_id IN
			(SELECT id FROM sign_ins WHERE member_id = `+ofMember+`)`, signInID)
		if err != nil {
			return err
		}
		if err := t.endVisits(ctx, nil, `i.member_id = `+ofMember, signInID); err != nil {
			return err
		}
		return t.endSignIns(ctx, nil, `i.id = ?`, signInID)
	})
}

// endSignIns ends the sign-ins (i) of members (m) that match, with their
// tickets and visits; by whom is as in endVisits. Desks that wait for changes
// hear of it.
func (t *tx) endSignIns(ctx context.Context, by *actor, where string, args ...any) error {
	type ended struct{ id, partnerID string }
	scan := func(scan func(...any) error) (e ended, err error) {
		err = scan(&e.id, &e.partnerID)
		return e, err
	}
	open, err := collect(ctx, t, "read sign-ins", scan,
		`SELECT i.id, m.partner_id FROM sign_ins i JOIN members m ON m.id = i.member_id WHERE `+where, args...)
	if err != nil {
		return err
	}
	for _, e := range open {
		if _, err := t.exec(ctx, "end tickets", `DELETE FROM tickets WHERE sign_in_id = ?`, e.id); err != nil {
			return err
		}
		if err := t.endVisits(ctx, by, `s.sign_in_id = ?`, e.id); err != nil {
			return err
		}
		if _, err := t.exec(ctx, "end a sign-in", `DELETE FROM sign_ins WHERE id = ?`, e.id); err != nil {
			return err
		}
		t.touched[e.partnerID] = true
	}
	return nil
}
