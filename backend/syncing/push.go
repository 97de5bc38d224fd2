package syncing

import (
	"context"
	"errors"
	"fmt"

	"partnerdesk/backend/backoff"
	"partnerdesk/backend/customer"
)

// batch is how many mutations go in one call: with the longest notes they stay
// well under what a Back Office takes.
const batch = 20

// push sends the outbox until ctx ends, while the Back Office can be reached.
func (s *Syncer) push(ctx context.Context) {
	pauses := backoff.Backoff{Random: s.o.Random}
	lost := false // the last try lost the connection
	for ctx.Err() == nil {
		changed, woken := s.o.Replica.Changed(), s.woken() // before looking, so that nothing is missed
		l, moved := s.look()
		if !l.online {
			wait(ctx, 0, moved)
			continue
		}
		sent, err := s.send(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err == nil && sent > 0:
			pauses.Reset()
			lost = false
		case err == nil:
			s.move(func(l *link) { l.pushing, l.stuck = false, "" })
			_, moved = s.look()
			wait(ctx, 0, changed, moved, woken)
		case s.stuck(err, l.session) && !lost:
			lost = true // the puller tells when to go on
		default:
			wait(ctx, pauses.Next(), woken)
		}
	}
}

// stuck notes why sending failed and reports whether the connection is to
// blame. The puller hears of that, unless it has begun another session since;
// it finds out when the connection is back.
func (s *Syncer) stuck(err error, session int) (connection bool) {
	if !unreachable(err) && customer.CodeOf(err) != customer.Unauthorized {
		s.o.Logger.Error("send changes", "error", err)
		s.move(func(l *link) { l.pushing, l.stuck = false, plain(err) })
		return false
	}
	s.move(func(l *link) {
		l.pushing, l.stuck = false, ""
		if l.session == session {
			l.online = false
			s.end(err)
		}
	})
	return true
}

// unreachable reports that a failure is the connection's.
func unreachable(err error) bool {
	code := customer.CodeOf(err)
	return code == customer.Offline || code == customer.Untrusted
}

// send sends the next batch and settles it. It returns how many were sent.
func (s *Syncer) send(ctx context.Context) (int, error) {
	mutations, err := s.o.Replica.Outgoing(ctx, batch)
	if err != nil || len(mutations) == 0 {
		return 0, err
	}
	s.move(func(l *link) { l.pushing = true })
	results, err := s.o.Remote.Mutate(ctx, mutations)
	if refusal(err) != nil && len(mutations) > 1 {
		return s.sendEach(ctx, mutations)
	}
	if e := refusal(err); e != nil {
		results = []customer.Result{{MutationID: mutations[0].ID, Outcome: customer.Rejected, Error: e}}
	} else if err != nil {
		return 0, err
	}
	return len(mutations), s.settle(ctx, mutations, results)
}

// sendEach sends one by one what was refused as a whole, so that one change
// does not hold up the others.
func (s *Syncer) sendEach(ctx context.Context, mutations []customer.Mutation) (int, error) {
	for i, m := range mutations {
		results, err := s.o.Remote.Mutate(ctx, []customer.Mutation{m})
		if e := refusal(err); e != nil {
			results = []customer.Result{{MutationID: m.ID, Outcome: customer.Rejected, Error: e}}
		} else if err != nil {
			return i, err
		}
		if err := s.settle(ctx, []customer.Mutation{m}, results); err != nil {
			return i, err
		}
	}
	return len(mutations), nil
}

// refusal is what the Back Office found wrong with a call that will be wrong
// again; nil for every other failure.
func refusal(err error) *customer.Error {
	var e *customer.Error
	if !errors.As(err, &e) {
		return nil
	}
	switch e.Code {
	case customer.Invalid, customer.Required, customer.TooLong, customer.Forbidden, customer.NotFound:
		return e
	}
	return nil
}

// settle records the results. A mutation without one stays and goes again.
func (s *Syncer) settle(ctx context.Context, mutations []customer.Mutation, results []customer.Result) error {
	answers := make(map[string]customer.Result, len(results))
	for _, r := range results {
		answers[r.MutationID] = r
	}
	settled := make([]customer.Result, 0, len(mutations))
	var fault error
	for _, m := range mutations {
		r, answered := answers[m.ID]
		if !answered {
			fault = fmt.Errorf("mutation %s got no result", m.ID)
			continue
		}
		switch r.Outcome {
		case customer.Applied, customer.Merged, customer.Conflicted, customer.Rejected:
			settled = append(settled, r)
		default:
			fault = fmt.Errorf("mutation %s got the unknown outcome %q", m.ID, r.Outcome)
		}
	}
	if err := s.o.Replica.Settle(ctx, settled...); err != nil {
		return err
	}
	return fault
}
