package importing

import (
	"context"
	"errors"

	"partnerdesk/backend/customer"
)

// Run takes in what the rehearsal found, judging every row again. It goes on by
// itself; State tells how far it is. Cancelled, it can be run again and takes in
// what is missing. All it does is one action.
func (i *Importer) Run(mails bool) (State, error) {
	ready := func(f *opened) error {
		switch f.state.Phase {
		case Rehearsed, Stopped:
		case Done:
			return customer.Fail(customer.Conflict, "This file is imported already. Open it again to import what changed.")
		default:
			return customer.Fail(customer.Conflict, "Look at what the import would do first.")
		}
		f.plan.Mails = mails
		f.state.Failures = 0
		return nil
	}
	return i.start(Running, ready, i.run)
}

func (i *Importer) run(ctx context.Context, f *opened) (Phase, error) {
	failed, err := newSpool(f.dir, "failed-*")
	if err != nil {
		return "", err
	}
	i.mu.Lock()
	if f.failed != nil {
		_ = f.failed.close()
	}
	f.failed = failed
	i.mu.Unlock()
	a := &doing{file: f.Name, Action: customer.Action{
		ID: i.o.NewID(), Kind: customer.ImportAction, MadeAt: customer.At(i.o.Clock()),
	}}
	cancelled, err := i.o.Work(ctx, a.of("customers"), len(f.others), func(ctx context.Context, progress func(int)) error {
		done := 0
		return i.each(ctx, f, func(p part) error {
			if err := i.perform(ctx, f, a, p.verdicts); err != nil {
				return err
			}
			done += len(p.verdicts)
			progress(done)
			return nil
		})
	})
	if flushed := failed.flush(); err == nil {
		err = flushed
	}
	if cancelled {
		return Stopped, err
	}
	return Done, err
}

// doing is the action of a run, and how many customers it changed.
type doing struct {
	customer.Action
	file    string
	changed int
}

func (a *doing) of(whom string) string { return "Import " + whom + " from " + a.file }

// with is the action once it has changed n more customers: its title is true of
// what is done, whatever happens next.
func (a *doing) with(n int) customer.Action {
	next := a.Action
	next.Title = a.of(customer.HowMany(a.changed + n))
	return next
}

// perform makes the changes of some rows. They are compared while nobody else
// changes customers; a change that is refused does not hold up the others.
func (i *Importer) perform(ctx context.Context, f *opened, a *doing, verdicts []verdict) error {
	return i.o.Change(ctx, func() error {
		if err := i.compare(ctx, verdicts); err != nil {
			return err
		}
		var changing []*verdict
		var changes []customer.Mutation
		for n := range verdicts {
			v := &verdicts[n]
			if v.kind == RowNew || v.kind == RowChanged && f.plan.Existing == UpdateFilled {
				changing = append(changing, v)
				changes = append(changes, i.mutation(f, v))
			}
		}
		err := i.o.Replica.Perform(ctx, a.with(len(changes)), changes)
		switch {
		case refused(err):
			err = i.performEach(ctx, a, changing, changes)
		case err == nil:
			a.changed += len(changes)
		}
		if err != nil {
			return err
		}
		return i.note(f, verdicts)
	})
}

func (i *Importer) performEach(ctx context.Context, a *doing, changing []*verdict, changes []customer.Mutation) error {
	for n, v := range changing {
		err := i.o.Replica.Perform(ctx, a.with(1), changes[n:n+1])
		var why *customer.Error
		switch {
		case err == nil:
			a.changed++
		case refused(err) && errors.As(err, &why):
			v.fail(why.Message)
		default:
			return err
		}
	}
	return nil
}

// refused reports that a change can't be made, for a reason of its own.
func refused(err error) bool {
	switch customer.CodeOf(err) {
	case customer.Conflict, customer.NotFound, customer.Invalid, customer.UsernameTaken, customer.Required, customer.TooLong:
		return true
	}
	return false
}

func (i *Importer) mutation(f *opened, v *verdict) customer.Mutation {
	m := customer.Mutation{
		ID: i.o.NewID(), CustomerID: v.customer.ID, Kind: customer.Update, BaseRevision: v.base.Revision,
		Fields: v.fields, Base: v.fields.Of(v.base), MadeAt: customer.At(i.o.Clock()), Quiet: !f.plan.Mails,
	}
	if v.kind == RowNew {
		m.Kind, m.CustomerID, m.BaseRevision, m.Base = customer.Create, i.o.NewID(), 0, customer.Fields{}
	}
	return m
}

// note counts what was done and keeps the rows that failed.
func (i *Importer) note(f *opened, verdicts []verdict) error {
	var added, updated, failures int
	for _, v := range verdicts {
		switch {
		case v.kind == RowNew:
			added++
		case v.kind == RowChanged && f.plan.Existing == UpdateFilled:
			updated++
		case v.kind == RowFailed:
			failures++
			row := v.row
			row.Problem = v.reason
			if _, err := f.failed.add(row); err != nil {
				return err
			}
		}
	}
	i.tell(f, func(s *State) {
		s.Added, s.Updated, s.Failures = s.Added+added, s.Updated+updated, s.Failures+failures
	})
	return nil
}
