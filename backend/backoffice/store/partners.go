package store

import (
	"context"
	"strings"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/sqlitedb"
)

// PartnerEntry is a partner as whoever runs the Back Office sees it.
type PartnerEntry struct {
	api.Partner
	CreatedAt, DisabledAt customer.Time // zero: never
	Members, Customers    int           // Members counts the enabled ones
}

// CreatePartner adds a partner and its first owner, who has the partner's
// username and name. UsernameTaken when a partner or member has the username,
// without regard to case; Invalid or Required for what is no email address, or
// a name that is empty or longer than 100 characters.
func (s *Store) CreatePartner(ctx context.Context, username, name, passwordHash string) (api.Partner, api.Member, error) {
	p := api.Partner{ID: s.o.NewID(), Username: strings.TrimSpace(username), Name: strings.TrimSpace(name)}
	owner := api.Member{ID: s.o.NewID(), Username: p.Username, Name: p.Name, Role: api.RoleOwner}
	if err := CheckMember(owner); err != nil {
		return api.Partner{}, api.Member{}, err
	}
	err := s.write(ctx, func(t *tx) error {
		_, err := t.exec(ctx, "add a partner",
			`INSERT INTO partners (id, username, username_key, name, created_at) VALUES (?,?,?,?,?)`,
			p.ID, p.Username, customer.UsernameKey(p.Username), p.Name, t.now)
		if err != nil {
			return err
		}
		owner.CreatedAt = t.now
		return t.addMember(ctx, p.ID, owner, passwordHash)
	})
	switch {
	case sqlitedb.IsUnique(err):
		return api.Partner{}, api.Member{}, memberTaken()
	case err != nil:
		return api.Partner{}, api.Member{}, err
	}
	return p, owner, nil
}

const partnerQuery = `SELECT p.id, p.username, p.name, p.created_at, p.disabled_at,
	(SELECT count(*) FROM members m WHERE m.partner_id = p.id AND m.disabled_at = 0),
	(SELECT count(*) FROM customers c WHERE c.partner_id = p.id) FROM partners p `

func scanPartner(scan func(...any) error) (p PartnerEntry, err error) {
	err = scan(&p.ID, &p.Username, &p.Name, &p.CreatedAt, &p.DisabledAt, &p.Members, &p.Customers)
	return p, err
}

// Partners lists every partner, the oldest first.
func (s *Store) Partners(ctx context.Context) ([]PartnerEntry, error) {
	return collect(ctx, s.db.Read, "read partners", scanPartner, partnerQuery+`ORDER BY p.created_at, p.rowid`)
}

// PartnerByUsername returns the partner with this contact address; NotFound
// when there is none.
func (s *Store) PartnerByUsername(ctx context.Context, username string) (PartnerEntry, error) {
	found, err := collect(ctx, s.db.Read, "read a partner", scanPartner, partnerQuery+`WHERE p.username_key = ?`,
		customer.UsernameKey(username))
	if err != nil {
		return PartnerEntry{}, err
	}
	if len(found) == 0 {
		return PartnerEntry{}, noPartner()
	}
	return found[0], nil
}

func noPartner() *customer.Error {
	return customer.Fail(customer.NotFound, "This partner can't be found.")
}

// DisablePartner keeps the partner's members from signing in and ends their
// sign-ins, with their visits. Its customers are not touched. NotFound for an
// unknown partner.
func (s *Store) DisablePartner(ctx context.Context, partnerID string) error {
	return s.write(ctx, func(t *tx) error {
		if err := t.setDisabled(ctx, partnerID, t.now); err != nil {
			return err
		}
		by := systemActor()
		return t.endSignIns(ctx, &by, `m.partner_id = ?`, partnerID)
	})
}

// EnablePartner lets the members of a disabled partner sign in again. NotFound
// for an unknown partner.
func (s *Store) EnablePartner(ctx context.Context, partnerID string) error {
	return s.write(ctx, func(t *tx) error { return t.setDisabled(ctx, partnerID, 0) })
}

func (t *tx) setDisabled(ctx context.Context, partnerID string, at customer.Time) error {
	n, err := t.exec(ctx, "enable or disable a partner", `UPDATE partners SET disabled_at = ? WHERE id = ?`, at, partnerID)
	if err != nil {
		return err
	}
	if n == 0 {
		return noPartner()
	}
	return nil
}
