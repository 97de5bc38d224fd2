package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/sqlitedb"
)

// memberColumns are what memberTargets reads.
const memberColumns = `m.id, m.username, m.name, m.role, m.disabled_at <> 0, m.created_at, m.last_sign_in_at`

func memberTargets(m *api.Member) []any {
	return []any{&m.ID, &m.Username, &m.Name, &m.Role, &m.Disabled, &m.CreatedAt, &m.LastSignInAt}
}

// memberActor is the member as the one who acts.
func memberActor(m api.Member, visit bool) actor {
	return actor{Actor: customer.Actor{Kind: customer.ActorPartner, ID: m.ID, Name: m.Name}, visit: visit}
}

// CheckMember checks username, name and role, and returns an error that names
// each wrong field.
func CheckMember(m api.Member) error {
	var wrong []customer.Error
	if err := customer.CheckUsername(m.Username); err != nil {
		if err.Code == customer.Required {
			err.Message = "Enter the email address to sign in with."
		}
		wrong = append(wrong, *err)
	}
	if err := customer.CheckPersonName("name", "Name", m.Name); err != nil {
		wrong = append(wrong, *err)
	}
	if !m.Role.Valid() {
		wrong = append(wrong, *customer.FailField(customer.Invalid, "role", "Choose owner, manager or support."))
	}
	return customer.FailFields(wrong)
}

// Members lists the partner's members by name, the disabled ones last.
func (s *Store) Members(ctx context.Context, partnerID string) ([]api.Member, error) {
	scan := func(scan func(...any) error) (m api.Member, err error) {
		err = scan(memberTargets(&m)...)
		return m, err
	}
	return collect(ctx, s.db.Read, "read members", scan, `SELECT `+memberColumns+` FROM members m
		WHERE m.partner_id = ? ORDER BY m.disabled_at <> 0, m.name COLLATE NOCASE, m.username_key`, partnerID)
}

// MemberCredentials returns the member and its password hash; NotFound for an
// unknown or disabled member, and for one of a disabled partner.
func (s *Store) MemberCredentials(ctx context.Context, username string) (api.Member, string, error) {
	var m api.Member
	var hash string
	err := s.db.Read.QueryRowContext(ctx, `SELECT `+memberColumns+`, m.password_hash FROM members m
		JOIN partners p ON p.id = m.partner_id WHERE m.username_key = ? AND m.disabled_at = 0 AND p.disabled_at = 0`,
		customer.UsernameKey(username)).Scan(append(memberTargets(&m), &hash)...)
	if errors.Is(err, sql.ErrNoRows) {
		return api.Member{}, "", noMember()
	}
	if err != nil {
		return api.Member{}, "", fmt.Errorf("read a member: %w", err)
	}
	return m, hash, nil
}

func noMember() *customer.Error {
	return customer.Fail(customer.NotFound, "This member can't be found.")
}

func memberTaken() *customer.Error {
	return customer.FailField(customer.UsernameTaken, "username", "Somebody signs in with this email address already.")
}

// AddMember adds a member with the username, name and role of m to the partner
// of the sign-in. Fails with the errors of CheckMember, UsernameTaken, or
// Unauthorized when the sign-in has ended.
func (s *Store) AddMember(ctx context.Context, in SignIn, m api.Member, passwordHash string) (api.Member, error) {
	m = api.Member{ID: s.o.NewID(), Username: strings.TrimSpace(m.Username), Name: strings.TrimSpace(m.Name), Role: m.Role}
	if err := CheckMember(m); err != nil {
		return api.Member{}, err
	}
	err := s.write(ctx, func(t *tx) error {
		live, err := t.liveSignIn(ctx, in.ID)
		if err != nil {
			return err
		}
		m.CreatedAt = t.now
		return t.addMember(ctx, live.Partner.ID, m, passwordHash)
	})
	switch {
	case sqlitedb.IsUnique(err):
		return api.Member{}, memberTaken()
	case err != nil:
		return api.Member{}, err
	}
	return m, nil
}

func (t *tx) addMember(ctx context.Context, partnerID string, m api.Member, passwordHash string) error {
	_, err := t.exec(ctx, "add a member", `INSERT INTO members
		(id, partner_id, username, username_key, name, role, password_hash, created_at) VALUES (?,?,?,?,?,?,?,?)`,
		m.ID, partnerID, m.Username, customer.UsernameKey(m.Username), m.Name, m.Role, passwordHash, m.CreatedAt)
	return err
}
