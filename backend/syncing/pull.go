package syncing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"partnerdesk/backend/backoff"
	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

const (
	pageSize = 1000             // customers in a page of the feed
	longPoll = 25 * time.Second // how long the Back Office may keep a question open
)

// pull signs in and follows the feed until ctx ends.
func (s *Syncer) pull(ctx context.Context) {
	p := &puller{Syncer: s, backoff: backoff.Backoff{Random: s.o.Random}}
	for ctx.Err() == nil {
		woken := s.woken() // before trying, so that no Wake is missed
		err := p.session(ctx)
		if ctx.Err() != nil {
			return
		}
		if pause := p.failed(err); !p.rest(ctx, pause, woken) {
			return
		}
	}
}

// puller is what the pulling loop remembers.
type puller struct {
	*Syncer
	backoff  backoff.Backoff
	signedIn bool
	renewed  bool // signed in by this session, and not accepted anywhere yet
}

// errWoken ends a session so that it starts anew.
var errWoken = errors.New("woken")

// errCredential marks a failure that only another credential can mend.
var errCredential = errors.New("no valid credential")

// errReplica marks a failure of this computer's own database. What the Back
// Office says of its database has the same codes.
var errReplica = errors.New("the replica")

func ofReplica(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", errReplica, err)
}

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
	p.renewed = false
	if !p.signedIn {
		if err := p.signIn(ctx); err != nil {
			return err
		}
	}
	cursor, err := p.catchUp(ctx)
	for err == nil {
		p.move(func(l *link) { l.pulling = false })
		var more bool
		asked := cursor
		if cursor, more, err = p.read(ctx, asked, longPoll); err != nil {
			return err
		}
		if more {
			cursor, err = p.catchUp(ctx)
		} else if cursor == asked && !wait(ctx, minReport) { // never in a tight circle
			return ctx.Err()
		}
	}
	return err
}

// catchUp reads the feed until there is no more right now, and returns where
// it goes on. While a page is absorbed, the next one is on its way.
func (p *puller) catchUp(ctx context.Context) (cursor string, err error) {
	cursor, err = p.o.Replica.Cursor(ctx)
	if err != nil {
		return cursor, ofReplica(err)
	}
	ctx, cancel := context.WithCancel(ctx)
	next := p.ask(ctx, cursor)
	defer func() {
		cancel()
		<-next.came
	}()
	for more := true; more && err == nil; {
		<-next.came
		if next.since != cursor { // the feed began anew
			next = p.ask(ctx, cursor)
			continue
		}
		here := next
		if here.err == nil && here.page.More {
			next = p.ask(ctx, here.page.Next)
		}
		cursor, more, err = p.take(ctx, here)
	}
	return cursor, err
}

// answer is a page of the feed, or what came in its place, once came is closed.
type answer struct {
	since string
	page  api.Changes
	err   error
	came  chan struct{}
}

// ask asks for the page behind a cursor.
func (p *puller) ask(ctx context.Context, since string) *answer {
	a := &answer{since: since, came: make(chan struct{})}
	go func() {
		defer close(a.came)
		a.page, a.err = p.o.Remote.Changes(ctx, since, pageSize, 0)
	}()
	return a
}

// read asks for one page, with patience, and absorbs it.
func (p *puller) read(ctx context.Context, cursor string, patience time.Duration) (next string, more bool, err error) {
	page, err := p.o.Remote.Changes(ctx, cursor, pageSize, patience)
	return p.take(ctx, &answer{since: cursor, page: page, err: err})
}

// take absorbs a page. It returns where the feed goes on, at its beginning when
// the page is of another epoch, and whether there is more right now.
func (p *puller) take(ctx context.Context, a *answer) (next string, more bool, err error) {
	cursor, page := a.since, a.page
	if a.err != nil {
		return cursor, false, a.err
	}
	p.reached(page)
	restarted, err := p.o.Replica.Follow(ctx, page.Epoch)
	if err != nil || restarted {
		return "", true, ofReplica(err)
	}
	if page.Next == cursor && page.More {
		return cursor, false, errors.New("the change feed has more but does not move on")
	}
	if page.Next != cursor || len(page.Customers) > 0 {
		if err := p.o.Replica.Absorb(ctx, page.Customers, page.Next); err != nil {
			return cursor, false, ofReplica(err)
		}
	}
	if !page.More {
		err = p.o.Replica.Complete(ctx)
	}
	return page.Next, page.More, ofReplica(err)
}

func (p *puller) signIn(ctx context.Context) error {
	username, password, err := p.o.Credential(ctx)
	if err != nil {
		return fmt.Errorf("%w: %w", errCredential, err)
	}
	_, err = p.o.Remote.SignIn(ctx, username, password)
	if customer.CodeOf(err) == customer.Unauthorized {
		return fmt.Errorf("%w: %w", errCredential, err)
	}
	if err != nil {
		return err
	}
	p.signedIn, p.renewed = true, true
	return nil
}

// reached notes that the Back Office answered with a page, and how much there
// is still to catch up with.
func (p *puller) reached(page api.Changes) {
	p.renewed = false
	p.backoff.Reset()
	p.move(func(l *link) {
		l.online, l.signedOut, l.blocked, l.offlineSince, l.message = true, false, false, 0, ""
		l.pulling = l.pulling || page.More || len(page.Customers) > 0
		l.fetched, l.toFetch = page.Total-page.Remaining, page.Total
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
			*l = link{signedOut: true, message: plain(err), session: l.session}
		})
		return untilWoken
	case customer.CodeOf(err) == customer.Unauthorized:
		p.signedIn = false
		p.move(func(l *link) { l.online, l.pulling = false, false })
		if !p.renewed { // a sign-in that had worked has ended: sign in at once
			return atOnce
		}
	case errors.Is(err, errReplica):
		p.o.Logger.Error("follow the change feed", "error", err)
		p.move(func(l *link) {
			l.blocked, l.pulling, l.message = true, false, plain(err)
			l.fetched, l.toFetch = 0, 0
		})
		return p.backoff.Next()
	}
	if !unreachable(err) {
		p.o.Logger.Error("follow the change feed", "error", err)
	}
	p.move(func(l *link) {
		if l.offlineSince == 0 {
			l.offlineSince = customer.At(p.o.Clock())
		}
		l.online, l.signedOut, l.blocked, l.pulling, l.message = false, false, false, false, plain(err)
	})
	return p.backoff.Next()
}
