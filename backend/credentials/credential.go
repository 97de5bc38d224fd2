package credentials

import (
	"context"
	"encoding/json"
	"errors"

	"partnerdesk/backend/customer"
)

// Credential is a user name with its secret. Printing one shows no secret.
type Credential struct {
	Username string `json:"username"`
	Secret   string `json:"secret"`
}

// String leaves the secret out.
func (c Credential) String() string { return "credential of " + c.Username }

// GoString leaves the secret out.
func (c Credential) GoString() string { return c.String() }

// Credential returns what SetCredential kept under key, with Get's errors.
// Something else kept there is an error with code Keyring.
func (k *Keyring) Credential(ctx context.Context, key string) (Credential, error) {
	text, err := k.Get(ctx, key)
	if err != nil {
		return Credential{}, err
	}
	var c Credential
	if json.Unmarshal([]byte(text), &c) != nil { // its error would quote the secret
		return Credential{}, fail("What the keyring holds for Partner Desk can't be read. Sign in again.", errors.New("not a credential"))
	}
	return c, nil
}

// SetCredential keeps c under key, with Set's errors.
func (k *Keyring) SetCredential(ctx context.Context, key string, c Credential) error {
	text, err := json.Marshal(c)
	if err != nil {
		return customer.Fail(customer.Keyring, "This user name or password can't be kept in the keyring.")
	}
	return k.Set(ctx, key, string(text))
}
