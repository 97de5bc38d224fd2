package backoffice_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"partnerdesk/backend/backoffice/client"
	"partnerdesk/backend/customer"
)

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func newCustomer(username string) customer.Mutation {
	text := func(s string) *string { return &s }
	status := customer.PendingActivate
	return customer.Mutation{
		ID: newID(), CustomerID: newID(), Kind: customer.Create,
		Fields: customer.Fields{
			Username: &username, FirstName: text("Ada"), LastName: text("Byron"), Company: text("Engines"), Status: &status,
		},
	}
}

// TestClientAgainstTheRealThing goes through every call of the contract.
func TestClientAgainstTheRealThing(t *testing.T) {
	t.Parallel()
	r := run(t)
	c := r.client(t)
	ctx := t.Context()

	meta, err := c.Meta(ctx)
	check(t, err)
	if meta.Name != "Test Office" || len(meta.Destinations) != 3 {
		t.Errorf("meta %+v", meta)
	}

	m := newCustomer("ada@shop.example")
	results, err := c.Mutate(ctx, []customer.Mutation{m, newCustomer("ADA@shop.example")})
	check(t, err)
	if results[0].Outcome != customer.Applied || results[1].Outcome != customer.Rejected ||
		results[1].Error == nil || results[1].Error.Code != customer.UsernameTaken {
		t.Fatalf("results %+v", results)
	}
	again, err := c.Mutate(ctx, []customer.Mutation{m})
	check(t, err)
	if again[0].Outcome != customer.Applied || again[0].Customer.ID != m.CustomerID {
		t.Errorf("sent again: %+v", again)
	}

	page, err := c.Changes(ctx, "", 10, 30*time.Second)
	check(t, err)
	if len(page.Customers) != 1 || page.Customers[0].ID != m.CustomerID {
		t.Errorf("changes %+v", page)
	}

	mail, err := c.NewLink(ctx, m.CustomerID, false)
	check(t, err)
	if !strings.HasPrefix(mail.Link, r.url+"/") || mail.State != "" {
		t.Errorf("link %+v", mail)
	}
	mails, err := c.Mails(ctx, m.CustomerID)
	check(t, err)
	if len(mails) != 1 || mails[0].Kind != customer.MailActivation {
		t.Errorf("mails %+v", mails)
	}
	events, err := c.Events(ctx, m.CustomerID, 0)
	check(t, err)
	if len(events.Events) == 0 || events.Events[len(events.Events)-1].Kind != customer.EventCreated {
		t.Errorf("events %+v", events)
	}
	older, err := c.Events(ctx, m.CustomerID, events.Events[0].ID)
	check(t, err)
	if len(older.Events) != len(events.Events)-1 {
		t.Errorf("older events %+v", older)
	}

	link, err := c.LogInAs(ctx, m.CustomerID, "a question", "activity")
	check(t, err)
	_, ticket, _ := strings.Cut(link.URL, "#")
	_, _, err = r.Store().RedeemTicket(ctx, ticket)
	check(t, err)
	visits, err := c.Visits(ctx)
	check(t, err)
	if len(visits) != 1 || visits[0].Reason != "a question" {
		t.Fatalf("visits %+v", visits)
	}
	check(t, c.EndVisit(ctx, visits[0].ID))

	check(t, c.SignOut(ctx))
	if _, err := c.Meta(ctx); customer.CodeOf(err) != customer.Unauthorized {
		t.Errorf("signed out: %v", err)
	}
}

func TestClientRefusalsAgainstTheRealThing(t *testing.T) {
	t.Parallel()
	r := run(t)
	c := r.client(t)
	ctx := t.Context()
	_, err := c.LogInAs(ctx, newID(), "", "")
	expect(t, "unknown customer", err, customer.NotFound, "")
	_, err = c.LogInAs(ctx, newID(), "", "nowhere")
	expect(t, "unknown destination", err, customer.Invalid, "destination")
	_, err = c.LogInAs(ctx, newID(), strings.Repeat("a", 201), "")
	expect(t, "long reason", err, customer.TooLong, "reason")
	_, err = c.Changes(ctx, "yesterday", 0, 0)
	expect(t, "cursor", err, customer.Invalid, "since")
	expect(t, "unknown visit", c.EndVisit(ctx, newID()), customer.NotFound, "")
	stranger, err := client.New(r.url, nil)
	check(t, err)
	_, err = stranger.SignIn(ctx, partnerName, "not it")
	expect(t, "wrong password", err, customer.Unauthorized, "")
	for range 10 {
		_, err = stranger.SignIn(ctx, partnerName, "not it")
	}
	expect(t, "too many", err, customer.TooMany, "")
}

func expect(t *testing.T, name string, err error, code customer.Code, field string) {
	t.Helper()
	var e *customer.Error
	if !errors.As(err, &e) || e.Code != code || e.Field != field || e.Message == "" {
		t.Errorf("%s: %#v", name, err)
	}
}

func TestManyMutationsGoInSeveralRequests(t *testing.T) {
	t.Parallel()
	r := run(t)
	c := r.client(t)
	notes := strings.Repeat("é", customer.MaxNotes)
	var all []customer.Mutation
	for i := range 60 {
		m := newCustomer("c" + strconv.Itoa(i) + "@shop.example")
		m.Fields.Notes = &notes // 1.2 MB of them
		all = append(all, m)
	}
	results, err := c.Mutate(t.Context(), all)
	check(t, err)
	for i, result := range results {
		if result.MutationID != all[i].ID || result.Outcome != customer.Applied {
			t.Fatalf("result %d: %+v", i, result)
		}
	}
	if n := strings.Count(r.log.String(), "POST /api/v1/mutations"); n != 2 {
		t.Errorf("%d requests", n)
	}
}

// TestLongPollAcrossTheWire shows that one desk hears of another's change.
func TestLongPollAcrossTheWire(t *testing.T) {
	t.Parallel()
	r := run(t)
	here, there := r.client(t), r.client(t)
	page, err := here.Changes(t.Context(), "", 0, 0)
	check(t, err)
	m := newCustomer("far@shop.example")
	go func() { _, _ = there.Mutate(t.Context(), []customer.Mutation{m}) }()
	page, err = here.Changes(t.Context(), page.Next, 0, 30*time.Second)
	check(t, err)
	if len(page.Customers) != 1 || page.Customers[0].ID != m.CustomerID {
		t.Errorf("page %+v", page)
	}
}
