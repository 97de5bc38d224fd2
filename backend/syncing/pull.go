package syncing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

const (
	pageSize = 1000             // customers in a page of the feed
	longPoll = 25 * time.Second // how long the Back Office may keep a question open
)

// pull signs in and follows the feed until ctx ends.
func (s *Syncer) pull(ctx context.Context) {
	p := &puller{Syncer: s, backoff: backoff{random: s.o.Random}}
	for ctx.Err() == nil {
		woken := s.woken() // before trying, so that no Wake is missed
		err := p.session(ctx)
		if ctx.Err() != nil {
			return
		}
		if pause := p.failed(err); !wait(ctx, pause, woken) {
			return
		}
	}
}

// puller is what the pulling loop remembers.
type puller struct {
	*Syncer
	backoff  backoff
	signedIn bool
	renewed  bool // the sign-in is fresh and was not accepted anywhere yet
}

// errWoken ends a session so that it starts anew.
var errWoken = errors.New("woken")

// errCredential marks a failure that only another credential can mend.
var errCredential = errors.New("no valid credential")

// session signs in if needed and follows the feed until something fails, in
// either loop.
func (p *puller) session(ctx context.Context) error {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	p.move(func(l *link) {
		l.session++
		p.end = end // guarded like the link
	})
	err := p.follow(ctx)
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return cause // the pusher's
	}
	return err
}

func (p *puller) follow(ctx context.Context) error {
	if !p.signedIn {
		if err := p.signIn(ctx); err != nil {
			return err
		}
	}
	cursor, err := p.o.Replica.Cursor(ctx)
	if err != nil {
		return err
	}
	patience := time.Duration(0) // the first question is answered at once
	for {
		page, err := p.o.Remote.Changes(ctx, cursor, pageSize, patience)
		if err != nil {
			return err
		}
		p.reached(patience == 0 || page.More)
		if err := p.take(ctx, page, cursor); err != nil {
			return err
		}
		if patience > 0 && page.Next == cursor && !wait(ctx, minReport) { // never in a tight circle
			return ctx.Err()
		}
		cursor, patience = page.Next, longPoll
		if page.More {
			patience = 0
			continue
		}
		p.move(func(l *link) { l.pulling = false })
	}
}

// take absorbs a page that was asked for with cursor.
func (p *puller) take(ctx context.Context, page api.Changes, cursor string) error {
	if page.Next == cursor {
		if page.More {
			return errors.New("the change feed has more but does not move on")
		}
		if len(page.Customers) == 0 {
			return nil
		}
	}
	return p.o.Replica.Absorb(ctx, page.Customers, page.Next)
}

func (p *puller) signIn(ctx context.Context) error {
	username, password, err := p.o.Credential(ctx)
	if err != nil {
		return fmt.Errorf("%w: %w", errCredential, err)
	}
	session, err := p.o.Remote.SignIn(ctx, username, password)
	if customer.CodeOf(err) == customer.Unauthorized {
		return fmt.Errorf("%w: %w", errCredential, err)
	}
	if err != nil {
		return err
	}
	p.signedIn, p.renewed = true, true
	p.move(func(l *link) { l.partner = session.Partner })
	return nil
}

// reached notes that the Back Office answered, and whether there is more to catch
// up with.
func (p *puller) reached(pulling bool) {
	p.renewed = false
	p.backoff.reset()
	p.move(func(l *link) {
		l.online, l.signedOut, l.blocked, l.offlineSince, l.message = true, false, false, 0, ""
		l.pulling = pulling
	})
}

// Pauses with a meaning.
const (
	untilWoken = time.Duration(0)
	atOnce     = time.Nanosecond
)

// failed notes why the session ended and returns how long to pause.
func (p *puller) failed(err error) time.Duration {
	switch {
	case errors.Is(err, errWoken):
		return atOnce
	case errors.Is(err, errCredential):
		p.signedIn = false
		p.move(func(l *link) {
			*l = link{signedOut: true, message: plain(err), partner: l.partner}
		})
		return untilWoken
	case customer.CodeOf(err) == customer.Unauthorized:
		p.signedIn = false
		p.move(func(l *link) { l.online, l.pulling = false, false })
		if !p.renewed { // a sign-in that had worked has ended: sign in at once
			return atOnce
		}
	case customer.CodeOf(err) == customer.Storage, customer.CodeOf(err) == customer.Busy:
		p.o.Logger.Error("write the replica", "error", err)
		p.move(func(l *link) { l.blocked, l.pulling, l.message = true, false, plain(err) })
		return p.backoff.next()
	}
	if customer.CodeOf(err) != customer.Offline {
		p.o.Logger.Error("follow the change feed", "error", err)
	}
	p.move(func(l *link) {
		if l.offlineSince == 0 {
			l.offlineSince = customer.At(p.o.Clock())
		}
		l.online, l.signedOut, l.blocked, l.pulling, l.message = false, false, false, false, plain(err)
	})
	return p.backoff.next()
}
