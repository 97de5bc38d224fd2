package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// MemberChange changes what it holds of a member.
type MemberChange struct {
	Name         *string
	Role         *api.Role
	PasswordHash *string
	Disabled     *bool
}

// ChangeMember changes a member of the sign-in's partner and returns it as it
// is now. A new role, a new password and disabling end the member's sign-ins,
// with their visits. Fails with NotFound for another partner's member, the
// errors of CheckMember, Conflict when no owner could sign in any more, or
// Unauthorized when the sign-in has ended.
func (s *Store) ChangeMember(ctx context.Context, in SignIn, memberID string, c MemberChange) (api.Member, error) {
	var now api.Member
	err := s.write(ctx, func(t *tx) error {
		live, err := t.liveSignIn(ctx, in.ID)
		if err != nil {
			return err
		}
		before, err := t.member(ctx, live.Partner.ID, memberID)
		if err != nil {
			return err
		}
		if now, err = c.apply(before); err != nil {
			return err
		}
		if err := t.saveMember(ctx, now, c.PasswordHash); err != nil {
			return err
		}
		if err := t.wantOwner(ctx, live.Partner.ID, before); err != nil {
			return err
		}
		if c.PasswordHash == nil && now.Role == before.Role && now.Disabled == before.Disabled {
			return nil
		}
		by := memberActor(live.Member, false)
		return t.endSignIns(ctx, &by, `m.id = ?`, memberID)
	})
	if err != nil {
		return api.Member{}, err
	}
	return now, nil
}

// apply returns m with the change laid over it, or the errors of CheckMember.
func (c MemberChange) apply(m api.Member) (api.Member, error) {
	if c.Name != nil {
		m.Name = strings.TrimSpace(*c.Name)
	}
	if c.Role != nil {
		m.Role = *c.Role
	}
	if c.Disabled != nil {
		m.Disabled = *c.Disabled
	}
	return m, CheckMember(m)
}

// member returns NotFound for another partner's member too.
func (t *tx) member(ctx context.Context, partnerID, memberID string) (m api.Member, err error) {
	err = t.QueryRowContext(ctx, `SELECT `+memberColumns+` FROM members m WHERE m.id = ? AND m.partner_id = ?`,
		memberID, partnerID).Scan(memberTargets(&m)...)
	if errors.Is(err, sql.ErrNoRows) {
		return m, noMember()
	}
	if err != nil {
		return m, fmt.Errorf("read a member: %w", err)
	}
	return m, nil
}

// saveMember writes the member, with the password unless it is nil.
func (t *tx) saveMember(ctx context.Context, m api.Member, passwordHash *string) error {
	_, err := t.exec(ctx, "change a member", `UPDATE members SET name = ?, role = ?, password_hash = coalesce(?, password_hash),
		disabled_at = CASE WHEN NOT ? THEN 0 WHEN disabled_at = 0 THEN ? ELSE disabled_at END WHERE id = ?`,
		m.Name, m.Role, passwordHash, m.Disabled, t.now, m.ID)
	return err
}

// wantOwner returns Conflict when the member that was changed was the last one
// who could manage the others.
func (t *tx) wantOwner(ctx context.Context, partnerID string, before api.Member) error {
	if before.Role != api.RoleOwner || before.Disabled {
		return nil
	}
	var n int
	err := t.QueryRowContext(ctx, `SELECT count(*) FROM members WHERE partner_id = ? AND role = ? AND disabled_at = 0`,
		partnerID, api.RoleOwner).Scan(&n)
	if err != nil {
		return fmt.Errorf("count owners: %w", err)
	}
	if n == 0 {
		return customer.Fail(customer.Conflict, "This is the only owner. Make somebody else an owner first.")
	}
	return nil
}

// SetOwnPassword gives the signed-in member a new password and ends the
// member's other sign-ins, with their visits. Unauthorized when the sign-in
// has ended.
func (s *Store) SetOwnPassword(ctx context.Context, in SignIn, passwordHash string) error {
	return s.write(ctx, func(t *tx) error {
		live, err := t.liveSignIn(ctx, in.ID)
		if err != nil {
			return err
		}
		if err := t.setMemberPassword(ctx, live.Member.ID, passwordHash); err != nil {
			return err
		}
		return t.endSignIns(ctx, nil, `m.id = ? AND i.id <> ?`, live.Member.ID, live.ID)
	})
}

// SetMemberPassword gives the member with this username a password, whoever
// its partner is, and ends its sign-ins, with their visits. NotFound when
// there is no such member.
func (s *Store) SetMemberPassword(ctx context.Context, username, passwordHash string) error {
	return s.write(ctx, func(t *tx) error {
		var id string
		err := t.QueryRowContext(ctx, `SELECT id FROM members WHERE username_key = ?`, customer.UsernameKey(username)).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			return noMember()
		}
		if err != nil {
			return fmt.Errorf("read a member: %w", err)
		}
		if err := t.setMemberPassword(ctx, id, passwordHash); err != nil {
			return err
		}
		by := systemActor()
		return t.endSignIns(ctx, &by, `m.id = ?`, id)
	})
}

func (t *tx) setMemberPassword(ctx context.Context, memberID, passwordHash string) error {
	_, err := t.exec(ctx, "set a member's password", `UPDATE members SET password_hash = ? WHERE id = ?`, passwordHash, memberID)
	return err
}
