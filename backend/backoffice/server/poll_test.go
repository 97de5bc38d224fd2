package server_test

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"testing"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/server"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

// watchedStore tells when the change feed was read.
type watchedStore struct {
	*store.Store
	read chan struct{}
}

func (w *watchedStore) Changes(ctx context.Context, id string, since int64, limit int) (store.FeedPage, error) {
	page, err := w.Store.Changes(ctx, id, since, limit)
	w.read <- struct{}{}
	return page, err
}

// poll starts a long poll at the end of the feed and returns when it waits.
func poll(ctx context.Context, t *testing.T) (*office, <-chan answer, <-chan error) {
	t.Helper()
	read := make(chan struct{}, 10)
	o := open(t, func(s *store.Store) server.Store { return &watchedStore{s, read} })
	feed, err := o.store.Changes(t.Context(), o.ours.partner.ID, 0, 100)
	check(t, err)
	answers, failures := make(chan answer, 1), make(chan error, 1)
	go func() {
		a, err := o.try(ctx, call{
			method: "GET", token: o.ours.token, path: "/api/v1/changes?wait=30&since=" + strconv.FormatInt(feed.Next, 10),
		})
		answers <- a
		failures <- err
	}()
	<-read
	return o, answers, failures
}

func TestLongPollAnswersWhenSomethingChanged(t *testing.T) {
	t.Parallel()
	o, answers, failures := poll(t.Context(), t)
	_, err := o.store.Apply(t.Context(), o.theirs.in, create("elsewhere@shop.example"))
	check(t, err)
	m := create("wake@shop.example")
	_, err = o.store.Apply(t.Context(), o.ours.in, m)
	check(t, err)
	page := into[api.Changes](t, <-answers)
	check(t, <-failures)
	if len(page.Customers) != 1 || page.Customers[0].ID != m.CustomerID {
		t.Errorf("page %+v", page)
	}
}

func TestLongPollTellsNothingAfterSigningOut(t *testing.T) {
	t.Parallel()
	o, answers, failures := poll(t.Context(), t)
	check(t, o.store.EndSignIn(t.Context(), o.ours.in.ID))
	_, again, err := o.store.CreateSignIn(t.Context(), o.ours.in.Member.ID, o.hash, time.Hour)
	check(t, err)
	_, err = o.store.Apply(t.Context(), again, create("late@shop.example"))
	check(t, err)
	a := <-answers
	check(t, <-failures)
	if a.status != http.StatusUnauthorized || a.problem.Code != customer.Unauthorized {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// TestLongPollHearsThatTheSignInEnded, at once and not when it would have
// ended by itself.
func TestLongPollHearsThatTheSignInEnded(t *testing.T) {
	t.Parallel()
	o, answers, failures := poll(t.Context(), t)
	boss := o.member(o.ours, "boss@agency.example", "Boss", api.RoleOwner)
	role := api.RoleSupport
	_, err := o.store.ChangeMember(t.Context(), boss.in, o.ours.in.Member.ID, store.MemberChange{Role: &role})
	check(t, err)
	a := <-answers
	check(t, <-failures)
	if a.status != http.StatusUnauthorized || a.problem.Code != customer.Unauthorized {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestLongPollEndsWhenTheServerStops(t *testing.T) {
	t.Parallel()
	o, answers, failures := poll(t.Context(), t)
	close(o.stopping)
	page := into[api.Changes](t, <-answers)
	check(t, <-failures)
	if len(page.Customers) != 0 || page.Next == "" || page.More {
		t.Errorf("page %+v", page)
	}
}

func TestLongPollEndsWhenTheClientGoes(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	o, answers, failures := poll(ctx, t)
	cancel()
	<-answers
	if err := <-failures; !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	<-o.ended // the handler returned; otherwise the test would time out
}
