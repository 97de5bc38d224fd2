package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/sqlitedb"
)

// account is a customer as the Back Office holds it.
type account struct {
	customer.Customer
	Partner      api.Partner
	passwordHash string // empty: none set
	mailID       string // of the latest mail
}

const accountQuery = `SELECT c.id, c.username, c.first_name, c.last_name, c.company, c.phone, c.website, c.street,
	c.postal_code, c.city, c.country, c.language, c.status, c.lock_reason, c.notes, c.tags, c.password_hash,
	c.created_at, c.activated_at, c.last_login_at, c.mail_id, c.mail_kind, c.mail_state, c.mail_error, c.mail_at,
	c.link_expires_at, c.revision, p.id, p.username, p.name
	FROM customers c JOIN partners p ON p.id = c.partner_id `

func scanAccount(scan func(...any) error) (account, error) {
	var a account
	var tags string
	err := scan(&a.ID, &a.Username, &a.FirstName, &a.LastName, &a.Company, &a.Phone, &a.Website, &a.Street,
		&a.PostalCode, &a.City, &a.Country, &a.Language, &a.Status, &a.LockReason, &a.Notes, &tags, &a.passwordHash,
		&a.CreatedAt, &a.ActivatedAt, &a.LastLoginAt, &a.mailID, &a.MailKind, &a.MailState, &a.MailError, &a.MailAt,
		&a.LinkExpiresAt, &a.Revision, &a.Partner.ID, &a.Partner.Username, &a.Partner.Name)
	if err != nil {
		return account{}, err
	}
	if err := json.Unmarshal([]byte(tags), &a.Tags); err != nil {
		return account{}, fmt.Errorf("tags of customer %s: %w", a.ID, err)
	}
	a.HasPassword = a.passwordHash != ""
	return a, nil
}

// findAccount returns NotFound when no row matches.
func findAccount(ctx context.Context, q querier, where string, args ...any) (account, error) {
	a, err := scanAccount(q.QueryRowContext(ctx, accountQuery+where, args...).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return account{}, noCustomer()
	}
	if err != nil {
		return account{}, fmt.Errorf("read a customer: %w", err)
	}
	return a, nil
}

// partnersAccount returns NotFound for another partner's customer too.
func partnersAccount(ctx context.Context, q querier, partnerID, customerID string) (account, error) {
	return findAccount(ctx, q, "WHERE c.id = ? AND c.partner_id = ?", customerID, partnerID)
}

func noCustomer() *customer.Error {
	return customer.Fail(customer.NotFound, "This customer can't be found.")
}

// save writes the account with a new revision. It returns UsernameTaken when
// another account has the username.
func (t *tx) save(ctx context.Context, a *account) error {
	err := t.QueryRowContext(ctx, `UPDATE counters SET value = value + 1 WHERE name = 'revision' RETURNING value`).
		Scan(&a.Revision)
	if err != nil {
		return fmt.Errorf("take a revision: %w", err)
	}
	tags, err := json.Marshal(a.Tags)
	if err != nil {
		return fmt.Errorf("write tags: %w", err)
	}
	_, err = t.ExecContext(ctx, `INSERT INTO customers (id, partner_id, username, username_key, first_name, last_name,
		company, phone, website, street, postal_code, city, country, language, status, lock_reason, notes, tags,
		password_hash, created_at, activated_at, last_login_at, mail_id, mail_kind, mail_state, mail_error, mail_at,
		link_expires_at, revision)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET username = excluded.username, username_key = excluded.username_key,
		first_name = excluded.first_name, last_name = excluded.last_name, company = excluded.company,
		phone = excluded.phone, website = excluded.website, street = excluded.street,
		postal_code = excluded.postal_code, city = excluded.city, country = excluded.country,
		language = excluded.language, status = excluded.status, lock_reason = excluded.lock_reason,
		notes = excluded.notes, tags = excluded.tags, password_hash = excluded.password_hash,
		activated_at = excluded.activated_at, last_login_at = excluded.last_login_at, mail_id = excluded.mail_id,
		mail_kind = excluded.mail_kind, mail_state = excluded.mail_state, mail_error = excluded.mail_error,
		mail_at = excluded.mail_at, link_expires_at = excluded.link_expires_at, revision = excluded.revision`,
		a.ID, a.Partner.ID, a.Username, customer.UsernameKey(a.Username), a.FirstName, a.LastName,
		a.Company, a.Phone, a.Website, a.Street, a.PostalCode, a.City, a.Country, a.Language, a.Status, a.LockReason,
		a.Notes, string(tags), a.passwordHash, a.CreatedAt, a.ActivatedAt, a.LastLoginAt, a.mailID, a.MailKind,
		a.MailState, a.MailError, a.MailAt, a.LinkExpiresAt, a.Revision)
	switch {
	case sqlitedb.IsUnique(err):
		return customer.FailField(customer.UsernameTaken, "username", "Another account already uses this email address.")
	case err != nil:
		return fmt.Errorf("save a customer: %w", err)
	}
	t.touched[a.Partner.ID] = true
	return nil
}
