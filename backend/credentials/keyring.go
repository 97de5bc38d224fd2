package credentials

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/zalando/go-keyring"

	"partnerdesk/backend/customer"
)

// Keyring keeps secrets by key under one service name. It is safe for
// concurrent use.
//
// Every failure but "not found" is a *customer.Error with code Keyring and a
// sentence that says what is missing and how to get it.
type Keyring struct {
	// Limit is how long one call may take, a question to the user to unlock
	// the keyring included. Set it before the first call.
	Limit time.Duration

	service string
	slots   chan struct{} // calls under way, those given up on included
}

// New makes a Keyring for a service name, with a Limit of 10 seconds.
func New(service string) *Keyring {
	return &Keyring{Limit: 10 * time.Second, service: service, slots: make(chan struct{}, 4)}
}

// Get returns the secret kept under key, or a *customer.Error with code
// NotFound when the keyring answers that there is none.
func (k *Keyring) Get(ctx context.Context, key string) (string, error) {
	return k.call(ctx, func() (string, error) { return keyring.Get(k.service, key) })
}

// Set keeps secret under key, in place of an earlier one.
func (k *Keyring) Set(ctx context.Context, key, secret string) error {
	_, err := k.call(ctx, func() (string, error) { return "", keyring.Set(k.service, key, secret) })
	return err
}

// Delete forgets the secret under key. It is not an error that there is none.
func (k *Keyring) Delete(ctx context.Context, key string) error {
	_, err := k.call(ctx, func() (string, error) { return "", keyring.Delete(k.service, key) })
	if customer.CodeOf(err) == customer.NotFound {
		return nil
	}
	return err
}

// Available returns nil when the keyring is there, unlocked and answers. It
// asks the user nothing and changes nothing.
func (k *Keyring) Available(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, k.Limit)
	defer cancel()
	state, err := look(ctx)
	if err != nil {
		return err
	}
	if state == locked {
		return errLocked()
	}
	return nil
}

// call runs one keyring call within the limit. A call that doesn't end is left
// behind, for the library can't be stopped; at most four are.
func (k *Keyring) call(ctx context.Context, do func() (string, error)) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, k.Limit)
	defer cancel()
	before, err := look(ctx)
	if err != nil {
		return "", err
	}
	select {
	case k.slots <- struct{}{}:
	case <-ctx.Done():
		return "", tooSlow(before)
	}
	type answer struct {
		secret string
		err    error
	}
	answered := make(chan answer, 1)
	go func() {
		defer func() { <-k.slots }()
		secret, err := do()
		answered <- answer{secret, err}
	}()
	select {
	case a := <-answered:
		return a.secret, k.explain(before, a.err)
	case <-ctx.Done():
		return "", tooSlow(before)
	}
}

func (k *Keyring) explain(before state, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return customer.Fail(customer.NotFound, "Nothing is kept in the keyring under this name.")
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return fail("This is too long for the keyring of this computer.", err)
	case before == locked:
		return errLocked()
	}
	return fail(refusedMessage(), err)
}

// state is what can be told about the keyring without asking the user.
type state int

const (
	ready state = iota
	locked
)

func tooSlow(before state) error {
	if before == locked {
		return errLocked()
	}
	return customer.Fail(customer.Keyring, silentMessage())
}

func errLocked() error { return customer.Fail(customer.Keyring, lockedMessage()) }

// fail makes an error with code Keyring that keeps its cause for the log.
func fail(message string, cause error) error {
	return fmt.Errorf("%w (%w)", customer.Fail(customer.Keyring, message), cause)
}
