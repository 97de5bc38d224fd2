package desk

import (
	"context"
	"errors"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/password"
)

// Check returns every field of an edit that is wrong, in the order of the
// form; empty when it can be saved.
func (d *Desk) Check(ctx context.Context, e Edit) ([]customer.Error, error) {
	wrong := []customer.Error{}
	c := customer.Normalize(e.Customer)
	add := func(err error) error {
		found := wrongFields(err)
		if err != nil && len(found) == 0 {
			return err
		}
		wrong = append(wrong, found...)
		return nil
	}
	if customer.CheckUsername(c.Username) == nil { // else Validate tells
		if err := add(d.usernameFree(ctx, c)); err != nil {
			return nil, err
		}
	}
	if err := add(customer.Validate(c)); err != nil {
		return nil, err
	}
	if e.Password != "" {
		if err := add(password.Check(e.Password, c.Username, c.FirstName, c.LastName, c.Company)); err != nil {
			return nil, err
		}
	}
	return wrong, nil
}

// wrongFields are the errors in err that concern fields.
func wrongFields(err error) []customer.Error {
	var found *customer.Error
	switch {
	case !errors.As(err, &found):
		return nil
	case len(found.Fields) > 0:
		return found.Fields
	case found.Field != "":
		return []customer.Error{*found}
	}
	return nil
}

func (d *Desk) usernameFree(ctx context.Context, c customer.Customer) error {
	owner, err := d.o.Replica.UsernameOwner(ctx, c.Username)
	switch {
	case customer.CodeOf(err) == customer.NotFound || (err == nil && owner == c.ID):
		return nil
	case err != nil:
		return err
	}
	return customer.FailField(customer.UsernameTaken, "username",
		"You already have a customer with this username.")
}

// Save checks an edit and makes it so: in the replica at once, and on the Back
// Office as soon as it can be reached. It returns the customer as it now is.
// Saving the same new customer twice makes one. Forbidden for a member who may
// look only.
func (d *Desk) Save(ctx context.Context, e Edit) (customer.Record, error) {
	d.saving.Lock()
	defer d.saving.Unlock()
	if err := d.mayEdit(); err != nil {
		return customer.Record{}, err
	}
	wrong, err := d.Check(ctx, e)
	if err != nil {
		return customer.Record{}, err
	}
	if err := customer.FailFields(wrong); err != nil {
		return customer.Record{}, err
	}
	m, have, err := d.mutation(ctx, e)
	if err != nil {
		return customer.Record{}, err
	}
	if m.Fields.Empty() && have.Problem == nil {
		return have, nil
	}
	// With a problem, the change that came back goes again, less what the user
	// gave up and with what was corrected.
	return d.o.Replica.Edit(ctx, d.action(customer.EditAction, editTitle(m, customer.Normalize(e.Customer))), m, e.Settles)
}

// mutation is an edit as a change: what the user changed and what was there.
// It comes with the customer as the replica has it.
func (d *Desk) mutation(ctx context.Context, e Edit) (m customer.Mutation, have customer.Record, err error) {
	c, base := customer.Normalize(e.Customer), e.Base
	m = customer.Mutation{
		ID: d.o.NewID(), CustomerID: c.ID, Kind: customer.Update,
		MadeAt: customer.At(d.o.Clock()),
	}
	have, err = d.o.Replica.Get(ctx, c.ID)
	switch {
	case err == nil && e.New:
		base = have.Customer // OK was pressed twice: what is left to change?
	case err == nil:
	case customer.CodeOf(err) == customer.NotFound && e.New:
		m.Kind, base = customer.Create, customer.Customer{}
	default:
		return m, have, err
	}
	m.Fields = customer.Diff(base, c)
	if m.Kind == customer.Update {
		m.BaseRevision, m.Base = base.Revision, m.Fields.Of(base)
	}
	if e.Password != "" {
		hash, err := d.o.Hasher.Hash(ctx, e.Password)
		if err != nil {
			return m, have, err
		}
		if !e.New || m.Kind == customer.Create {
			m.Fields.PasswordHash = &hash
		}
	}
	return m, have, nil
}
