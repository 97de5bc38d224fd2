package desk

import (
	"context"
	"errors"
	"slices"

	"partnerdesk/backend/customer"
)

// BulkResult is what became of a bulk change.
type BulkResult struct {
	BulkFigures
	Action customer.Action `json:"action"`
	// Cancelled is true when it was stopped; Rest is how many customers it had
	// still to go over.
	Cancelled bool `json:"cancelled"`
	Rest      int  `json:"rest"`
	// Failed are those whom no mail could be sent to, at most 100 of them, and
	// FailedCount how many there are.
	Failed      []BulkFailure `json:"failed"` // never nil
	FailedCount int           `json:"failed_count"`
	// Stopped says why it ended before all were done; nil when it did not, or was
	// cancelled.
	Stopped *customer.Error `json:"stopped"`
}

// BulkFailure names a customer and what went wrong.
type BulkFailure struct {
	CustomerID string `json:"customer_id"`
	Name       string `json:"name"`
	Message    string `json:"message"`
}

// RunBulk makes a bulk change of the selected customers, part by part. It is
// one action: one undo takes back all of it, also when it was cancelled. Busy
// while another job runs; other errors are PreviewBulk's.
func (d *Desk) RunBulk(ctx context.Context, of customer.Selection, c BulkChange) (out BulkResult, err error) {
	out = BulkResult{BulkFigures: BulkFigures{Left: map[customer.Left]int{}}, Failed: []BulkFailure{}}
	if c, err = c.checked(); err != nil {
		return out, err
	}
	if err := d.mayEdit(); err != nil {
		return out, err
	}
	ids, err := d.o.Replica.Matching(ctx, of)
	if err != nil {
		return out, err
	}
	out.Total, out.Rest = len(ids), len(ids)
	out.Action = d.action(customer.BulkAction, c.title(0))
	work, size := d.changePart, atOnce
	if c.Kind == BulkResend {
		work, size = d.resendPart, 1 // the Back Office is asked for each
	}
	out.Cancelled, err = d.Work(ctx, c.of("customers"), len(ids), func(ctx context.Context, progress func(int)) error {
		for part := range slices.Chunk(ids, size) {
			if err := work(ctx, c, part, &out); err != nil {
				return err
			}
			out.Rest -= len(part)
			progress(out.Total - out.Rest)
		}
		return nil
	})
	out.Action.Title = c.title(out.Changed)
	var stopped *customer.Error
	if errors.As(err, &stopped) && out.Rest < out.Total { // what was done is to be told
		out.Stopped, err = stopped, nil
	}
	return out, err
}

// triesOfPart is how often a part is looked at anew when the Back Office's
// answers changed it under way.
const triesOfPart = 5

// changePart changes some of the customers in one transaction.
func (d *Desk) changePart(ctx context.Context, c BulkChange, ids []string, out *BulkResult) error {
	return d.Change(ctx, func() (err error) {
		for range triesOfPart {
			var figures BulkFigures
			if figures, err = d.tryPart(ctx, c, ids, out); err == nil {
				out.BulkFigures = figures
				return nil
			}
			if code := customer.CodeOf(err); code != customer.Conflict && code != customer.NotFound {
				return err
			}
		}
		return err
	})
}

// tryPart returns the figures with this part counted in.
func (d *Desk) tryPart(ctx context.Context, c BulkChange, ids []string, out *BulkResult) (BulkFigures, error) {
	figures := out.BulkFigures
	figures.Left = make(map[customer.Left]int, len(out.Left))
	for why, n := range out.Left {
		figures.Left[why] = n
	}
	standings, err := d.o.Replica.Standings(ctx, ids)
	if err != nil {
		return figures, err
	}
	changes := make([]customer.Mutation, 0, len(standings))
	for _, s := range standings {
		p := c.plan(s)
		figures.count(p)
		if p.left == "" && !p.already {
			changes = append(changes, customer.Mutation{
				ID: d.o.NewID(), CustomerID: s.ID, Kind: customer.Update, BaseRevision: s.Revision,
				Fields: p.fields, Base: p.fields.Of(s.Customer), MadeAt: out.Action.MadeAt,
			})
		}
	}
	figures.gone(len(ids) - len(standings))
	a := out.Action
	a.Title = c.title(figures.Changed) // true of what is done, whatever happens next
	return figures, d.o.Replica.Perform(ctx, a, changes)
}

// resendPart has the Back Office mail a link to one customer.
func (d *Desk) resendPart(ctx context.Context, c BulkChange, ids []string, out *BulkResult) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := d.mayEdit(); err != nil {
		return err
	}
	standings, err := d.o.Replica.Standings(ctx, ids)
	if err != nil {
		return err
	}
	out.gone(len(ids) - len(standings))
	for _, s := range standings {
		p := c.plan(s)
		if p.left == "" {
			_, err := d.o.Remote.NewLink(ctx, s.ID, true)
			switch code := customer.CodeOf(err); {
			case ctx.Err() != nil:
				return ctx.Err()
			case code == customer.Offline || code == customer.Unauthorized || code == customer.Untrusted || code == customer.Version:
				return err // it will be no better for the next
			case err != nil:
				out.fail(s, err)
				continue
			}
		}
		out.count(p)
	}
	return nil
}

// maxFailures is how many failures are named.
const maxFailures = 100

func (r *BulkResult) fail(s customer.Standing, err error) {
	r.FailedCount++
	if len(r.Failed) == maxFailures {
		return
	}
	message := "The Back Office could not do it."
	var e *customer.Error
	if errors.As(err, &e) {
		message = e.Message
	}
	r.Failed = append(r.Failed, BulkFailure{CustomerID: s.ID, Name: s.Name(), Message: message})
}
