package importing

import (
	"context"
	"errors"
	"fmt"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/spreadsheet"
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
	changes := f.state.Totals.New
	if f.plan.Existing == UpdateFilled {
		changes += f.state.Totals.Changed
	}
	i.mu.Unlock()
	action := customer.Action{
		ID: i.o.NewID(), Kind: customer.ImportAction, MadeAt: customer.At(i.o.Clock()),
		Title: fmt.Sprintf("Import %s from %s", customers(changes), f.Name),
	}
	cancelled, err := i.o.Work(ctx, action.Title, len(f.others), func(ctx context.Context, progress func(int)) error {
		done := 0
		return i.each(ctx, f, func(rows []spreadsheet.Row, _ []int64, others []int) error {
			if err := i.perform(ctx, f, action, rows, others); err != nil {
				return err
			}
			done += len(rows)
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

func customers(n int) string {
	if n == 1 {
		return "1 customer"
	}
	return fmt.Sprintf("%d customers", n)
}

// perform makes the changes of some rows. They are judged while nobody else
// changes customers; a change that is refused does not hold up the others.
func (i *Importer) perform(ctx context.Context, f *opened, action customer.Action, rows []spreadsheet.Row, others []int) error {
	return i.o.Change(ctx, func() error {
		verdicts, err := i.judge(ctx, f.plan.Fields, rows, others)
		if err != nil {
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
		err = i.o.Replica.Perform(ctx, action, changes)
		if refused(err) {
			err = i.performEach(ctx, action, changing, changes)
		}
		if err != nil {
			return err
		}
		return i.note(f, verdicts)
	})
}

func (i *Importer) performEach(ctx context.Context, action customer.Action, changing []*verdict, changes []customer.Mutation) error {
	for n, v := range changing {
		err := i.o.Replica.Perform(ctx, action, changes[n:n+1])
		var why *customer.Error
		switch {
		case refused(err) && errors.As(err, &why):
			v.fail(why.Message)
		case err != nil:
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
