package backoffice

import (
	"context"
	"fmt"
	"strings"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/password"
)

// CreatePartner makes a partner and its first owner, who signs in with this
// username and password. Returns *customer.Errors of username, name and
// password, and username_taken.
func (b *BackOffice) CreatePartner(ctx context.Context, username, name, plainPassword string) (api.Partner, error) {
	owner := api.Member{Username: strings.TrimSpace(username), Name: strings.TrimSpace(name), Role: api.RoleOwner}
	if err := store.CheckMember(owner); err != nil {
		return api.Partner{}, err
	}
	hash, err := b.hash(ctx, plainPassword, owner.Username, owner.Name)
	if err != nil {
		return api.Partner{}, err
	}
	partner, _, err := b.store.CreatePartner(ctx, owner.Username, owner.Name, hash)
	if err != nil {
		return api.Partner{}, fmt.Errorf("create partner: %w", err)
	}
	return partner, nil
}

// SetPassword gives the member with this username a new password and ends its
// sign-ins. Returns *customer.Errors of the password, and not_found.
func (b *BackOffice) SetPassword(ctx context.Context, username, plainPassword string) error {
	username = strings.TrimSpace(username)
	hash, err := b.hash(ctx, plainPassword, username)
	if err != nil {
		return err
	}
	if err := b.store.SetMemberPassword(ctx, username, hash); err != nil {
		return fmt.Errorf("set a password: %w", err)
	}
	return nil
}

func (b *BackOffice) hash(ctx context.Context, plainPassword string, known ...string) (string, error) {
	if err := password.Check(plainPassword, known...); err != nil {
		return "", fmt.Errorf("check password: %w", err)
	}
	hash, err := b.passwords.Hash(ctx, plainPassword)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return hash, nil
}

// Partners lists every partner, the oldest first.
func (b *BackOffice) Partners(ctx context.Context) ([]store.PartnerEntry, error) {
	return b.store.Partners(ctx)
}

// DisablePartner keeps the members of the partner with this username from
// signing in and ends their sign-ins; its customers are not touched. Returns
// not_found.
func (b *BackOffice) DisablePartner(ctx context.Context, username string) error {
	return b.onPartner(ctx, username, b.store.DisablePartner)
}

// EnablePartner undoes DisablePartner. Returns not_found.
func (b *BackOffice) EnablePartner(ctx context.Context, username string) error {
	return b.onPartner(ctx, username, b.store.EnablePartner)
}

func (b *BackOffice) onPartner(ctx context.Context, username string, do func(context.Context, string) error) error {
	p, err := b.store.PartnerByUsername(ctx, strings.TrimSpace(username))
	if err != nil {
		return fmt.Errorf("find partner: %w", err)
	}
	if err := do(ctx, p.ID); err != nil {
		return fmt.Errorf("change partner: %w", err)
	}
	return nil
}
