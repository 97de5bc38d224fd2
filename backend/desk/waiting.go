package desk

import (
	"context"
	"slices"

	"partnerdesk/backend/customer"
)

// waitingPage is how many changes a page of the outbox has.
const waitingPage = 100

// WaitingChanges returns a page of the changes that have not reached the Back
// Office, or with attention of those that came back.
func (d *Desk) WaitingChanges(ctx context.Context, attention bool, offset int) (customer.WaitingPage, error) {
	return d.o.Replica.WaitingChanges(ctx, attention, offset, waitingPage)
}

// DiscardChange drops a customer's changes that the Back Office has not taken.
func (d *Desk) DiscardChange(ctx context.Context, id string) error {
	d.saving.Lock()
	defer d.saving.Unlock()
	return d.o.Replica.Discard(ctx, id)
}

// The sides of a conflict.
const (
	Mine   = "mine"
	Theirs = "theirs"
)

// ResolveConflict settles a customer's conflict: keep says for each field that
// is in conflict whether Mine or Theirs stays, and seen is theirs as the user
// saw it. What is mine goes to the Back Office again. Returns the customer as
// it then is; required, by field, where a choice is missing; conflict when the
// conflict is settled already or theirs has changed since; forbidden for a
// member who may look only, who can drop the change.
func (d *Desk) ResolveConflict(ctx context.Context, id string, keep map[string]string, seen customer.Fields) (customer.Record, error) {
	d.saving.Lock()
	defer d.saving.Unlock()
	if err := d.mayEdit(); err != nil {
		return customer.Record{}, err
	}
	have, err := d.o.Replica.Get(ctx, id)
	if err != nil {
		return customer.Record{}, err
	}
	if have.Problem == nil || have.Problem.Outcome != customer.Conflicted {
		return have, customer.Fail(customer.Conflict, "This conflict is settled already.")
	}
	var missing []customer.Error
	given := have.Problem.Theirs // what stays theirs
	for _, field := range have.Problem.Mine.Names() {
		choice := keep[field]
		if choice != Theirs {
			given = given.Without(field)
		}
		if !slices.Contains(have.Problem.Conflicts, field) {
			continue
		}
		if choice != Mine && choice != Theirs {
			missing = append(missing, *customer.FailField(customer.Required, field, "Choose which value to keep."))
		}
		now, _ := have.Problem.Theirs.Text(field)
		if saw, _ := seen.Text(field); saw != now {
			return have, customer.Fail(customer.Conflict, "This customer changed again elsewhere just now. "+
				"Look at the values once more, then choose.")
		}
	}
	if err := customer.FailFields(missing); err != nil {
		return have, err
	}
	a := d.action(customer.EditAction, "Settle the conflict of "+have.Customer.Name())
	return d.o.Replica.Edit(ctx, a, customer.Mutation{
		ID: d.o.NewID(), CustomerID: id, Kind: customer.Update, BaseRevision: have.Customer.Revision,
		Fields: given, MadeAt: customer.At(d.o.Clock()),
	}, have.Problem.MutationID)
}
