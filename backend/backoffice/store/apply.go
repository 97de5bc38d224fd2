package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/password"
)

// Apply applies one mutation of the partner's desk, once: the same mutation
// again answers as it did before, also when it was refused and would be taken
// now, so that a request that arrives late changes nothing that was settled
// meanwhile. What the user can put right is a Result (rejected or conflict) and
// has no other effect; an error is a failure of the Back Office, Unauthorized
// when the sign-in has ended, or Forbidden when the role allows no editing: no
// answer to the mutation, which is not remembered. Answers from before are
// given to every member.
func (s *Store) Apply(ctx context.Context, in SignIn, m customer.Mutation) (customer.Result, error) {
	var result customer.Result
	err := s.write(ctx, func(t *tx) error {
		live, err := t.liveSignIn(ctx, in.ID)
		if err != nil {
			return err
		}
		if err := checkMutation(m); err != nil {
			return err
		}
		body, err := hashMutation(m)
		if err != nil {
			return err
		}
		earlier, err := t.answeredBefore(ctx, live.Partner.ID, m.ID, body)
		if err != nil {
			return err
		}
		if earlier != nil {
			result, err = t.withCustomer(ctx, live.Partner.ID, m, *earlier)
			return err
		}
		if err := CheckMayEdit(live.Member.Role); err != nil {
			return err
		}
		if result, err = t.attempt(ctx, live, m); err != nil {
			return err
		}
		return t.remember(ctx, live.Partner.ID, body, result)
	})
	if refused := refusal(err); refused != nil { // it could not even be remembered
		return customer.Result{MutationID: m.ID, Outcome: customer.Rejected, Error: refused}, nil
	}
	if err != nil {
		return customer.Result{}, fmt.Errorf("apply a mutation: %w", err)
	}
	return result, nil
}

// refusal is what err finds wrong with what was sent; nil when it is about the
// Back Office, or about who sent it.
func refusal(err error) *customer.Error {
	var e *customer.Error
	if !errors.As(err, &e) {
		return nil
	}
	switch e.Code {
	case customer.Storage, customer.Busy, customer.Unauthorized, customer.Forbidden:
		return nil
	}
	return e
}

// attempt applies a mutation that was never seen. What it did before it was
// refused is undone.
func (t *tx) attempt(ctx context.Context, in SignIn, m customer.Mutation) (result customer.Result, err error) {
	if _, err := t.exec(ctx, "attempt a mutation", `SAVEPOINT attempt`); err != nil {
		return result, err
	}
	t.quiet = m.Quiet
	hash := m.Fields.PasswordHash
	switch {
	case hash != nil && password.CheckPHC(*hash) != nil:
		err = password.CheckPHC(*hash)
	case m.Kind == customer.Create:
		result, err = t.create(ctx, in, m)
	default:
		result, err = t.update(ctx, in, m)
	}
	if refused := refusal(err); refused != nil {
		if _, err := t.exec(ctx, "undo a mutation", `ROLLBACK TO attempt`); err != nil {
			return result, err
		}
		clear(t.touched)
		t.mailed = false
		result, err = t.withCustomer(ctx, in.Partner.ID, m,
			customer.Result{MutationID: m.ID, Outcome: customer.Rejected, Error: refused})
	}
	if err != nil {
		return result, err
	}
	_, err = t.exec(ctx, "attempt a mutation", `RELEASE attempt`)
	return result, err
}

// withCustomer adds to a refused update the account as it is now.
func (t *tx) withCustomer(ctx context.Context, partnerID string, m customer.Mutation, r customer.Result) (customer.Result, error) {
	if m.Kind != customer.Update || r.Customer != nil {
		return r, nil
	}
	a, err := partnersAccount(ctx, t, partnerID, m.CustomerID)
	switch {
	case err == nil:
		r.Customer = &a.Customer
	case customer.CodeOf(err) != customer.NotFound:
		return customer.Result{}, err
	}
	return r, nil
}

// checkMutation checks that the mutation can be told apart and remembered.
func checkMutation(m customer.Mutation) error {
	for _, id := range []string{m.ID, m.CustomerID} {
		if !customer.IsID(id) {
			return customer.Fail(customer.Invalid, "This change has no proper identifier.")
		}
	}
	if m.Kind != customer.Create && m.Kind != customer.Update {
		return customer.Fail(customer.Invalid, "This kind of change is not known.")
	}
	return nil
}

func hashMutation(m customer.Mutation) ([]byte, error) {
	body, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("write a mutation: %w", err)
	}
	sum := sha256.Sum256(body)
	return sum[:], nil
}

// answeredBefore returns the result of the mutation when it was answered before,
// and Invalid when its identifier was used for something else.
func (t *tx) answeredBefore(ctx context.Context, partnerID, id string, body []byte) (*customer.Result, error) {
	var owner, stored string
	var hash []byte
	err := t.QueryRowContext(ctx, `SELECT partner_id, body_hash, result FROM mutations WHERE id = ?`, id).
		Scan(&owner, &hash, &stored)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("look for the mutation: %w", err)
	case owner != partnerID || !slices.Equal(hash, body):
		return nil, customer.Fail(customer.Invalid, "This change's identifier was used before, for another change.")
	}
	var result customer.Result
	if err := json.Unmarshal([]byte(stored), &result); err != nil {
		return nil, fmt.Errorf("read the mutation's result: %w", err)
	}
	return &result, nil
}

// remember keeps a result. That of a refused mutation comes without the
// account, which may be another by the time it is asked for.
func (t *tx) remember(ctx context.Context, partnerID string, body []byte, result customer.Result) error {
	if result.Outcome == customer.Conflicted || result.Outcome == customer.Rejected {
		result.Customer = nil
	}
	stored, err := json.Marshal(result)
	if err != nil {
		return fmt.Errorf("write the mutation's result: %w", err)
	}
	_, err = t.exec(ctx, "remember the mutation",
		`INSERT INTO mutations (id, partner_id, body_hash, result, applied_at) VALUES (?,?,?,?,?)`,
		result.MutationID, partnerID, body, string(stored), t.now)
	return err
}

func (t *tx) create(ctx context.Context, in SignIn, m customer.Mutation) (customer.Result, error) {
	next := customer.Normalize(m.Fields.Apply(customer.Customer{ID: m.CustomerID}))
	if err := customer.Validate(next); err != nil {
		return customer.Result{}, err
	}
	have, err := findAccount(ctx, t, "WHERE c.id = ?", m.CustomerID)
	switch {
	case customer.CodeOf(err) == customer.NotFound:
	case err != nil:
		return customer.Result{}, err
	case have.Partner.ID != in.Partner.ID:
		return customer.Result{}, noCustomer()
	case !customer.Diff(have.Customer, next).Empty():
		return customer.Result{}, customer.Fail(customer.Conflict, "This customer was added before, with other details.")
	default:
		return done(m, customer.Applied, have), nil
	}
	by := memberActor(in.Member, false)
	a := account{Customer: next, Partner: in.Partner}
	a.Facts = customer.Facts{CreatedAt: t.now}
	if hash := m.Fields.PasswordHash; hash != nil {
		a.passwordHash, a.HasPassword = *hash, true
	}
	if err := t.record(ctx, a.ID, by, event{kind: customer.EventCreated}); err != nil {
		return customer.Result{}, err
	}
	if err := t.enter(ctx, &a, by); err != nil {
		return customer.Result{}, err
	}
	if err := t.save(ctx, &a); err != nil {
		return customer.Result{}, err
	}
	return done(m, customer.Applied, a), nil
}

func (t *tx) update(ctx context.Context, in SignIn, m customer.Mutation) (customer.Result, error) {
	a, err := partnersAccount(ctx, t, in.Partner.ID, m.CustomerID)
	if err != nil {
		return customer.Result{}, err
	}
	if conflicts := conflictsOf(m, a.Customer); len(conflicts) > 0 {
		result := done(m, customer.Conflicted, a)
		result.Conflicts = conflicts
		return result, nil
	}
	outcome := customer.Applied
	if a.Revision != m.BaseRevision {
		outcome = customer.Merged
	}
	next := customer.Normalize(m.Fields.Apply(a.Customer))
	if err := customer.Validate(next); err != nil {
		return customer.Result{}, err
	}
	if why := m.Fields.LockReason; why != nil && *why != "" && next.LockReason == "" && m.Fields.Status == nil {
		return customer.Result{}, customer.FailField(customer.Conflict, "lock_reason",
			"This account is not locked any more, so there is nothing to give a reason for.")
	}
	if err := t.change(ctx, &a, next, m.Fields.PasswordHash, memberActor(in.Member, false)); err != nil {
		return customer.Result{}, err
	}
	return done(m, outcome, a), nil
}

// conflictsOf is m.Merge, and a status that the desk changed without saying
// from what, on an account that has moved on: status never merges silently.
func conflictsOf(m customer.Mutation, now customer.Customer) []string {
	conflicts := m.Merge(now)
	if want := m.Fields.Status; want != nil && m.Base.Status == nil && m.BaseRevision != now.Revision && *want != now.Status {
		conflicts = append(conflicts, "status")
	}
	return conflicts
}

func done(m customer.Mutation, outcome customer.Outcome, a account) customer.Result {
	return customer.Result{MutationID: m.ID, Outcome: outcome, Customer: &a.Customer}
}
