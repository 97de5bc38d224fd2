package backoffice

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/password"
)

// CreatePartner makes a partner who can sign in. Returns *customer.Errors of
// username, name and password, and username_taken.
func (b *BackOffice) CreatePartner(ctx context.Context, username, name, plainPassword string) (api.Partner, error) {
	username, name = strings.TrimSpace(username), strings.TrimSpace(name)
	if err := customer.CheckUsername(username); err != nil {
		return api.Partner{}, err
	}
	if err := checkName(name); err != nil {
		return api.Partner{}, err
	}
	if err := password.Check(plainPassword, username, name); err != nil {
		return api.Partner{}, fmt.Errorf("check password: %w", err)
	}
	hash, err := b.passwords.Hash(ctx, plainPassword)
	if err != nil {
		return api.Partner{}, fmt.Errorf("hash password: %w", err)
	}
	partner, err := b.store.CreatePartner(ctx, username, name, hash)
	if err != nil {
		return api.Partner{}, fmt.Errorf("create partner: %w", err)
	}
	return partner, nil
}

func checkName(name string) error {
	switch {
	case name == "":
		return customer.FailField(customer.Required, "name", "Enter a name.")
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl):
		return customer.FailField(customer.Invalid, "name", "This holds a character that can't be shown. Type it again.")
	case utf8.RuneCountInString(name) > customer.MaxName:
		return customer.FailField(customer.TooLong, "name", "At most 100 characters fit here.")
	}
	return nil
}
