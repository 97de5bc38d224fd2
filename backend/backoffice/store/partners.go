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
	"partnerdesk/backend/sqlitedb"
)

// CreatePartner adds a partner. UsernameTaken when there is one with this
// username, without regard to case; Invalid or Required for what is no email
// address, or a name that is empty or longer than 100 characters.
func (s *Store) CreatePartner(ctx context.Context, username, name, passwordHash string) (api.Partner, error) {
	p := api.Partner{ID: s.o.NewID(), Username: strings.TrimSpace(username), Name: strings.TrimSpace(name)}
	if err := customer.CheckUsername(p.Username); err != nil {
		return api.Partner{}, err
	}
	switch {
	case p.Name == "":
		return api.Partner{}, customer.FailField(customer.Required, "name", "Enter the partner's name.")
	case utf8.RuneCountInString(p.Name) > customer.MaxName || strings.ContainsAny(p.Name, "\r\n\x00") || !utf8.ValidString(p.Name):
		return api.Partner{}, customer.FailField(customer.Invalid, "name", "A name is one line of at most 100 characters.")
	}
	err := s.write(ctx, func(t *tx) error {
		_, err := t.exec(ctx, "add a partner",
			`INSERT INTO partners (id, username, username_key, name, password_hash, created_at) VALUES (?,?,?,?,?,?)`,
			p.ID, p.Username, customer.UsernameKey(p.Username), p.Name, passwordHash, t.now)
		return err
	})
	switch {
	case sqlitedb.IsUnique(err):
		return api.Partner{}, customer.FailField(customer.UsernameTaken, "username", "There is a partner with this email address already.")
	case err != nil:
		return api.Partner{}, err
	}
	return p, nil
}

// PartnerCredentials returns the partner and its password hash; NotFound for
// an unknown or disabled partner.
func (s *Store) PartnerCredentials(ctx context.Context, username string) (api.Partner, string, error) {
	var p api.Partner
	var hash string
	err := s.db.Read.QueryRowContext(ctx, `SELECT id, username, name, password_hash FROM partners
		WHERE username_key = ? AND disabled_at = 0`, customer.UsernameKey(username)).
		Scan(&p.ID, &p.Username, &p.Name, &hash)
	if errors.Is(err, sql.ErrNoRows) {
		return api.Partner{}, "", noPartner()
	}
	if err != nil {
		return api.Partner{}, "", fmt.Errorf("read a partner: %w", err)
	}
	return p, hash, nil
}

func noPartner() *customer.Error {
	return customer.Fail(customer.NotFound, "This partner can't be found.")
}

// SetPartnerPassword sets the partner's password and ends its sign-ins, with
// their visits. NotFound for an unknown partner.
func (s *Store) SetPartnerPassword(ctx context.Context, partnerID, passwordHash string) error {
	return s.closePartner(ctx, partnerID, `UPDATE partners SET password_hash = ?2 WHERE id = ?1`, passwordHash)
}

// DisablePartner keeps the partner from signing in and ends its sign-ins, with
// their visits. Its customers are not touched. NotFound for an unknown partner.
func (s *Store) DisablePartner(ctx context.Context, partnerID string) error {
	return s.closePartner(ctx, partnerID, `UPDATE partners SET disabled_at = ?2 WHERE id = ?1`, customer.At(s.o.Clock()))
}

func (s *Store) closePartner(ctx context.Context, partnerID, update string, value any) error {
	return s.write(ctx, func(t *tx) error {
		n, err := t.exec(ctx, "change a partner", update, partnerID, value)
		if err != nil {
			return err
		}
		if n == 0 {
			return noPartner()
		}
		return t.endSignIns(ctx, `partner_id = ?`, partnerID)
	})
}

// SignIn is a partner's sign-in from a desk.
type SignIn struct {
	ID        string
	Partner   api.Partner
	ExpiresAt customer.Time
}

// CreateSignIn signs the partner in for a lifetime and returns the token,
// which is not kept.
func (s *Store) CreateSignIn(ctx context.Context, partnerID string, lifetime time.Duration) (string, SignIn, error) {
	token, hash, err := newToken(s.o.Random)
	if err != nil {
		return "", SignIn{}, err
	}
	in := SignIn{ID: s.o.NewID()}
	err = s.write(ctx, func(t *tx) error {
		in.ExpiresAt = after(t.now, lifetime)
		err := t.QueryRowContext(ctx, `SELECT id, username, name FROM partners WHERE id = ? AND disabled_at = 0`, partnerID).
			Scan(&in.Partner.ID, &in.Partner.Username, &in.Partner.Name)
		if errors.Is(err, sql.ErrNoRows) {
			return noPartner()
		}
		if err != nil {
			return fmt.Errorf("read a partner: %w", err)
		}
		_, err = t.exec(ctx, "sign in",
			`INSERT INTO sign_ins (id, partner_id, token_hash, created_at, expires_at) VALUES (?,?,?,?,?)`,
			in.ID, partnerID, hash, t.now, in.ExpiresAt)
		return err
	})
	if err != nil {
		return "", SignIn{}, err
	}
	return token, in, nil
}

const signInQuery = `SELECT i.id, i.expires_at, p.id, p.username, p.name
	FROM sign_ins i JOIN partners p ON p.id = i.partner_id WHERE p.disabled_at = 0 `

func scanSignIn(scan func(...any) error) (in SignIn, err error) {
	err = scan(&in.ID, &in.ExpiresAt, &in.Partner.ID, &in.Partner.Username, &in.Partner.Name)
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

// EndSignIn signs the partner out; the visits begun from this sign-in end with it.
func (s *Store) EndSignIn(ctx context.Context, signInID string) error {
	return s.write(ctx, func(t *tx) error { return t.endSignIns(ctx, `id = ?`, signInID) })
}

// endSignIns ends the sign-ins that match, with their tickets and visits.
func (t *tx) endSignIns(ctx context.Context, where string, arg any) error {
	ids, err := collect(ctx, t, "read sign-ins", oneText, `SELECT id FROM sign_ins WHERE `+where, arg)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if _, err := t.exec(ctx, "end tickets", `DELETE FROM tickets WHERE sign_in_id = ?`, id); err != nil {
			return err
		}
		if err := t.endVisits(ctx, nil, `s.sign_in_id = ?`, id); err != nil {
			return err
		}
		if _, err := t.exec(ctx, "end a sign-in", `DELETE FROM sign_ins WHERE id = ?`, id); err != nil {
			return err
		}
	}
	return nil
}
