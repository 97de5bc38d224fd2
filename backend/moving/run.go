package moving

import (
	"context"
	"errors"
	"strings"
	"time"

	"partnerdesk/backend/backoff"
	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// pageSize is how many accounts are read and answered before that is kept.
const pageSize = 50

// run is one go of a move.
type run struct {
	*Mover
	to       Target
	password string
	backoff  backoff.Backoff
	renewed  bool // the sign-in is fresh and was not accepted anywhere yet
}

// errAnew ends a page that is to be taken up from the first customer on.
var errAnew = errors.New("the target's data is another than before")

func (r *run) all(ctx context.Context) error {
	if err := r.sameData(ctx); err != nil && !errors.Is(err, errAnew) {
		return err
	}
	for {
		page, err := r.o.Source.Accounts(ctx, r.look().After, pageSize)
		if err != nil || len(page) == 0 {
			return err
		}
		if err := r.page(ctx, page); err != nil && !errors.Is(err, errAnew) {
			return err
		}
	}
}

// sameData returns errAnew, and goes back to the first customer, when the
// target's data is not the one that was moved to so far.
func (r *run) sameData(ctx context.Context) error {
	for {
		feed, err := r.to.Changes(ctx, "", 1, 0)
		if err == nil {
			if feed.Epoch == r.look().Epoch {
				return nil
			}
			r.change(func(p *Progress) { p.anew(feed.Epoch) })
			return errAnew
		}
		if err := r.pause(ctx, err); err != nil {
			return err
		}
	}
}

// page moves some accounts and keeps what became of them.
func (r *run) page(ctx context.Context, page []api.MovedAccount) error {
	results, err := r.send(ctx, page)
	if err != nil {
		return err
	}
	p := r.look()
	var refused []Refused
	for i, account := range page {
		result, err := r.rest(ctx, account, results[i])
		if err != nil {
			return err
		}
		if result.Outcome == api.Refused {
			c := account.Customer
			refused = append(refused, Refused{CustomerID: c.ID, Name: c.Name(), Username: c.Username, Message: sentence(result.Error)})
		}
		p.note(account.Customer, result)
	}
	p.Refused = append(p.Refused, refused[:min(len(refused), maxRefused-len(p.Refused))]...)
	if len(refused) > 0 {
		if err := r.o.Refuse(p.Epoch, refused); err != nil {
			return err
		}
	}
	if err := r.o.Keep(p); err != nil {
		return err
	}
	r.change(func(now *Progress) { *now = p })
	return nil
}

// rest moves the further parts of a long history. The answer to a part says
// where the next one begins.
func (r *run) rest(ctx context.Context, account api.MovedAccount, result api.MoveResult) (api.MoveResult, error) {
	for account.More && result.Outcome != api.Refused {
		var err error
		account.Events, account.More, err = r.o.Source.Events(ctx, account.Customer.ID, result.LastEvent)
		if err != nil {
			return result, err
		}
		results, err := r.send(ctx, []api.MovedAccount{account})
		if err != nil {
			return result, err
		}
		if account.More && results[0].Outcome != api.Refused && results[0].LastEvent <= result.LastEvent {
			return result, errors.New("the Back Office takes a history in but does not move on")
		}
		result = results[0]
	}
	return result, nil
}

// note counts what became of a customer.
func (p *Progress) note(c customer.Customer, result api.MoveResult) {
	p.After = c.ID
	if result.Outcome == api.Refused {
		p.RefusedTotal++
		return
	}
	p.Moved++
	if c.NeedsLink() && !p.MailPending {
		p.Pending++
	}
}

// sentence is a refusal in words for people.
func sentence(e *customer.Error) string {
	if e == nil {
		return "The Back Office did not take this customer and did not say why."
	}
	if len(e.Fields) == 0 {
		return e.Message
	}
	var words []string
	for _, f := range e.Fields {
		words = append(words, f.Message)
	}
	return strings.Join(words, " ")
}

// send moves accounts, and tries again while the Back Office can't be reached.
// What it finds wrong with the request as a whole is found out one by one, so
// that one account does not hold up the others.
func (r *run) send(ctx context.Context, accounts []api.MovedAccount) ([]api.MoveResult, error) {
	for {
		answer, err := r.to.Move(ctx, api.MoveRequest{Accounts: accounts, MailPending: r.look().MailPending})
		e := refusal(err)
		switch {
		case err == nil:
			r.accepted()
			return answer.Results, nil
		case e != nil && len(accounts) == 1:
			return []api.MoveResult{{CustomerID: accounts[0].Customer.ID, Outcome: api.Refused, Error: e}}, nil
		case e != nil:
			return r.sendEach(ctx, accounts)
		case customer.CodeOf(err) == customer.Unauthorized && !r.renewed:
			if err = r.signIn(ctx); err == nil {
				err = r.sameData(ctx)
			}
		}
		if err := r.pause(ctx, err); err != nil {
			return nil, err
		}
	}
}

func (r *run) sendEach(ctx context.Context, accounts []api.MovedAccount) ([]api.MoveResult, error) {
	results := make([]api.MoveResult, 0, len(accounts))
	for i := range accounts {
		result, err := r.send(ctx, accounts[i:i+1])
		if err != nil {
			return nil, err
		}
		results = append(results, result...)
	}
	return results, nil
}

// accepted notes that the Back Office answered.
func (r *run) accepted() {
	r.renewed = false
	r.backoff.Reset()
	if r.look().Problem != nil {
		r.change(func(p *Progress) { p.Problem = nil })
	}
}

// signIn signs in again: the sign-in may have ended for a reason of its own.
func (r *run) signIn(ctx context.Context) error {
	_, err := r.to.SignIn(ctx, r.look().Username, r.password)
	if err == nil {
		r.renewed = true
	}
	return err
}

// pause returns nil when it is time to try again after err, if need be after a
// while, and err when that would not help.
func (r *run) pause(ctx context.Context, err error) error {
	var e *customer.Error
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case !errors.As(err, &e) || (e.Code != customer.Offline && e.Code != customer.TooMany):
		return err
	}
	r.change(func(p *Progress) { p.Problem = e })
	r.renewed = false // it may end while nothing gets through
	timer := time.NewTimer(r.backoff.Next())
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// refusal is what the Back Office found wrong with a request that will be wrong
// again; nil for every other failure.
func refusal(err error) *customer.Error {
	var e *customer.Error
	if !errors.As(err, &e) {
		return nil
	}
	switch e.Code {
	case customer.Invalid, customer.Required, customer.TooLong:
		return e
	}
	return nil
}
