package password

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"fmt"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"partnerdesk/backend/customer"
)

// The parameters of new hashes: OWASP's for argon2id (19 MiB, 2 passes).
const (
	memoryKiB = 19456
	passes    = 2
	lanes     = 1
	saltBytes = 16
	keyBytes  = 32
)

// longestInput bounds what is hashed, in bytes: 256 characters of any script.
const longestInput = 4 * MaxLength

// Hasher hashes and verifies passwords, a bounded number at once, since each
// takes at least 19 MiB of memory. It is safe for concurrent use.
type Hasher struct {
	slots chan struct{}
	decoy phc
}

// NewHasher makes a Hasher that does at most concurrent hashes at once (at least one).
func NewHasher(concurrent int) *Hasher {
	return &Hasher{
		slots: make(chan struct{}, max(concurrent, 1)),
		decoy: phc{
			memory: memoryKiB, passes: passes, lanes: lanes,
			salt: make([]byte, saltBytes), key: make([]byte, keyBytes),
		},
	}
}

// Hash returns password as an argon2id PHC string with a fresh salt. It waits
// for a free slot, or returns ctx's error. It does not judge the password's
// strength (see Check), but refuses an empty or overlong one.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	input := []byte(norm.NFC.String(password))
	switch {
	case len(input) == 0:
		return "", customer.FailField(customer.Required, "password", "Enter a password.")
	case len(input) > longestInput:
		return "", errTooLong()
	}
	p := phc{memory: memoryKiB, passes: passes, lanes: lanes, salt: make([]byte, saltBytes), key: make([]byte, keyBytes)}
	if _, err := rand.Read(p.salt); err != nil {
		return "", fmt.Errorf("salt a password: %w", err)
	}
	key, err := h.derive(ctx, p, input)
	if err != nil {
		return "", err
	}
	p.key = key
	return p.String(), nil
}

// Verify reports whether password is the one that hash was made from. An empty
// hash takes the same time and is never a match, so that an answer doesn't
// reveal whether an account exists. A hash that CheckPHC refuses is an error
// and costs nothing.
func (h *Hasher) Verify(ctx context.Context, hash, password string) (bool, error) {
	p := h.decoy
	if hash != "" {
		var err error
		if p, err = parse(hash); err != nil {
			return false, err
		}
	}
	if len(password) > longestInput {
		password = "" // matches nothing that Hash made, in the usual time
	}
	key, err := h.derive(ctx, p, []byte(norm.NFC.String(password)))
	if err != nil {
		return false, err
	}
	same := subtle.ConstantTimeCompare(key, p.key) == 1
	return same && hash != "", nil
}

func (h *Hasher) derive(ctx context.Context, p phc, input []byte) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("wait to hash a password: %w", err)
	}
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, fmt.Errorf("wait to hash a password: %w", ctx.Err())
	}
	defer func() { <-h.slots }()
	return argon2.IDKey(input, p.salt, p.passes, p.memory, p.lanes, uint32(len(p.key))), nil
}
