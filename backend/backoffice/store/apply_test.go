package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

func TestApplyTwice(t *testing.T) {
	t.Parallel()
	h := open(t)
	m := createOf(person("a@shop.example", customer.PendingActivate))
	first := h.apply(t, h.in, m, customer.Applied)
	again := h.apply(t, h.in, m, customer.Applied)
	same(t, "revision", again.Customer.Revision, first.Customer.Revision)
	same(t, "mails", len(h.mails(t, m.CustomerID)), 1)

	up := updateOf(*first.Customer, customer.Fields{City: ptr("Utrecht")})
	h.apply(t, h.in, up, customer.Applied)
	h.update(t, m.CustomerID, customer.Fields{City: ptr("Breda")})
	same(t, "the first answer again", h.apply(t, h.in, up, customer.Applied).Customer.City, "Utrecht")
	same(t, "city", h.now(t, m.CustomerID).City, "Breda")

	other := up
	other.Fields = customer.Fields{City: ptr("Delft")}
	r := h.apply(t, h.in, other, customer.Rejected)
	same(t, "code", r.Error.Code, customer.Invalid)
	same(t, "conflicts", len(r.Conflicts), 0)

	stranger, _ := h.partner(t, "stranger@agency.example", "Stranger")
	r = h.apply(t, stranger, m, customer.Rejected)
	same(t, "code", r.Error.Code, customer.Invalid)
	if r.Customer != nil {
		t.Error("another partner saw the customer")
	}
}

func TestCreateAgain(t *testing.T) {
	t.Parallel()
	h := open(t)
	m := createOf(person("a@shop.example", customer.Activated))
	made := h.apply(t, h.in, m, customer.Applied).Customer
	m.ID = newID()
	same(t, "same details", h.apply(t, h.in, m, customer.Applied).Customer.Revision, made.Revision)
	m.ID, m.Fields.City = newID(), ptr("Breda")
	same(t, "code", h.apply(t, h.in, m, customer.Rejected).Error.Code, customer.Conflict)
	stranger, _ := h.partner(t, "stranger@agency.example", "Stranger")
	m.ID = newID()
	r := h.apply(t, stranger, m, customer.Rejected)
	same(t, "code", r.Error.Code, customer.NotFound)
	same(t, "events", len(h.kinds(t, m.CustomerID)), 2)
}

func TestMerge(t *testing.T) {
	t.Parallel()
	h := open(t)
	seen := h.add(t, "a@shop.example", customer.Activated, phc)
	h.update(t, seen.ID, customer.Fields{City: ptr("Breda"), Status: ptr(customer.Locked)})
	theirs := h.now(t, seen.ID)

	r := h.apply(t, h.in, updateOf(seen, customer.Fields{Phone: ptr("+31 20 1234567")}), customer.Merged)
	same(t, "city", r.Customer.City, "Breda")
	same(t, "phone", r.Customer.Phone, "+31 20 1234567")

	r = h.apply(t, h.in, updateOf(seen, customer.Fields{City: ptr("Delft"), Phone: ptr("1")}), customer.Conflicted)
	if !slices.Equal(r.Conflicts, []string{"phone", "city"}) {
		t.Errorf("conflicts %v", r.Conflicts)
	}
	same(t, "theirs", r.Customer.City, "Breda")
	same(t, "nothing applied", h.now(t, seen.ID).Phone, "+31 20 1234567")

	r = h.apply(t, h.in, updateOf(seen, customer.Fields{Status: ptr(customer.PendingActivate)}), customer.Conflicted)
	same(t, "conflict", r.Conflicts[0], "status")
	blind := updateOf(seen, customer.Fields{Status: ptr(customer.PendingActivate)})
	blind.Base = customer.Fields{}
	r = h.apply(t, h.in, blind, customer.Conflicted)
	same(t, "conflict", r.Conflicts[0], "status")
	h.apply(t, h.in, updateOf(seen, customer.Fields{City: ptr("Breda")}), customer.Merged)
	same(t, "status", h.now(t, seen.ID).Status, theirs.Status)

	now := h.now(t, seen.ID)
	h.apply(t, h.in, updateOf(now, customer.Fields{City: ptr("Breda")}), customer.Applied)
	same(t, "nothing changed", h.now(t, seen.ID).Revision, now.Revision)
}

func TestRejected(t *testing.T) {
	t.Parallel()
	h := open(t)
	other := h.add(t, "taken@shop.example", customer.Activated, phc)
	made := h.add(t, "a@shop.example", customer.Activated, phc)
	long := strings.Repeat("x", 1<<20)
	for name, f := range map[string]customer.Fields{
		"username taken":        {Username: &other.Username},
		"taken but for case":    {Username: ptr("Taken@SHOP.example")},
		"username empty":        {Username: ptr(" ")},
		"no address":            {Username: ptr("anna")},
		"two addresses":         {Username: ptr("a@b.example,c@d.example")},
		"display name":          {Username: ptr("Anna <a@b.example>")},
		"header injection":      {Username: ptr("a@b.example\r\nBcc: x@y.example")},
		"long username":         {Username: ptr(long + "@b.example")},
		"first name empty":      {FirstName: ptr("  ")},
		"NUL in last name":      {LastName: ptr("a\x00b")},
		"reversed text":         {LastName: ptr("a\u202eb")},
		"bad UTF-8":             {Company: ptr("\xff\xfe")},
		"long company":          {Company: &long},
		"script website":        {Website: ptr("javascript:alert(1)")},
		"website with password": {Website: ptr("https://a:b@c.example")},
		"unknown country":       {Country: ptr("XX")},
		"unknown language":      {Language: ptr("fr")},
		"unknown status":        {Status: ptr(customer.Status("deleted"))},
		"empty status":          {Status: ptr(customer.Status(""))},
		"long notes":            {Notes: &long},
		"comma in tag":          {Tags: &[]string{"a,b"}},
		"many tags":             {Tags: ptr(strings.Split(strings.Repeat("t ", 60)+long[:3], " "))},
		"clear password":        {PasswordHash: ptr("secret")},
		"empty hash":            {PasswordHash: ptr("")},
		"cheap hash":            {PasswordHash: ptr(strings.Replace(phc, "m=19456", "m=8", 1))},
		"ruinous hash":          {PasswordHash: ptr(strings.Replace(phc, "m=19456", "m=4194304", 1))},
		"other algorithm":       {PasswordHash: ptr("$2a$10$abcdefghijklmnopqrstuv")},
	} {
		if name == "many tags" {
			tags := []string{}
			for i := range 60 {
				tags = append(tags, strings.Repeat("t", i%40+1)+string(rune('a'+i%26)))
			}
			f.Tags = &tags
		}
		events := len(h.kinds(t, made.ID))
		r := h.apply(t, h.in, updateOf(made, f), customer.Rejected)
		if r.Error == nil || r.Error.Message == "" || r.Customer == nil {
			t.Errorf("%s: %+v", name, r)
		}
		same(t, name+": revision", h.now(t, made.ID).Revision, made.Revision)
		same(t, name+": events", len(h.kinds(t, made.ID)), events)
	}
	r := h.apply(t, h.in, updateOf(made, customer.Fields{Username: &other.Username}), customer.Rejected)
	same(t, "code", r.Error.Code, customer.UsernameTaken)
	same(t, "field", r.Error.Field, "username")
}

func TestMalformedMutations(t *testing.T) {
	t.Parallel()
	h := open(t)
	made := h.add(t, "a@shop.example", customer.Activated, phc)
	good := updateOf(made, customer.Fields{City: ptr("Breda")})
	for name, bend := range map[string]func(*customer.Mutation){
		"no id":            func(m *customer.Mutation) { m.ID = "" },
		"long id":          func(m *customer.Mutation) { m.ID = strings.Repeat("1", 1<<20) },
		"id in capitals":   func(m *customer.Mutation) { m.ID = strings.ToUpper("0190a0b0-c0d0-7e0f-8a0b-c0d0e0f0a0b0") },
		"path as customer": func(m *customer.Mutation) { m.CustomerID = "../../etc" },
		"unknown kind":     func(m *customer.Mutation) { m.Kind = "delete" },
		"unknown customer": func(m *customer.Mutation) { m.CustomerID = newID() },
		"create, no fields": func(m *customer.Mutation) {
			m.Kind, m.CustomerID, m.Fields = customer.Create, newID(), customer.Fields{}
		},
	} {
		m := good
		bend(&m)
		r := h.apply(t, h.in, m, customer.Rejected)
		if r.Error == nil || r.Error.Code == "" {
			t.Errorf("%s: %+v", name, r)
		}
	}
	same(t, "revision", h.now(t, made.ID).Revision, made.Revision)
}

func TestOneOfTwoGetsTheUsername(t *testing.T) {
	t.Parallel()
	h := open(t)
	const n = 8
	outcomes := make([]customer.Outcome, n)
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() {
			r, err := h.Apply(context.Background(), h.in, createOf(person("Same@shop.example", customer.PendingActivate)))
			if err == nil {
				outcomes[i] = r.Outcome
			}
		})
	}
	wait.Wait()
	slices.Sort(outcomes)
	same(t, "applied", outcomes[0], customer.Applied)
	for _, o := range outcomes[1:] {
		same(t, "the others", o, customer.Rejected)
	}
	all, err := h.Changes(t.Context(), h.in.Partner.ID, 0, 100)
	must(t, err)
	same(t, "customers", len(all.Customers), 1)
}

// TestThePagesOfTheFeedSayHowManyRemain: in a row, again, from elsewhere, for another
// partner, and after a change among them.
func TestThePagesOfTheFeedSayHowManyRemain(t *testing.T) {
	t.Parallel()
	h := open(t)
	stranger, _ := h.partner(t, "s@agency.example", "S")
	for i := range 9 {
		h.add(t, fmt.Sprint("c", i, "@shop.example"), customer.Activated, phc)
	}
	read := func(partner string, since int64, remaining, total int) store.FeedPage {
		t.Helper()
		page, err := h.Changes(t.Context(), partner, since, 2)
		must(t, err)
		if page.Remaining != remaining || page.Total != total {
			t.Errorf("behind %d remain %d of %d, want %d of %d", since, page.Remaining, page.Total, remaining, total)
		}
		return page
	}
	mine := h.in.Partner.ID
	first := read(mine, 0, 7, 9)
	second := read(mine, first.Next, 5, 9)
	read(stranger.Partner.ID, second.Next, 0, 0)
	read(mine, second.Next, 3, 9)
	read(mine, first.Next, 5, 9) // again
	read(mine, second.Next, 3, 9)
	read(mine, 0, 7, 9)
	h.add(t, "late@shop.example", customer.Activated, phc)
	second = read(mine, first.Next, 6, 10)
	_, _, err := h.LogIn(t.Context(), first.Customers[0].ID) // goes to the end
	must(t, err)
	third := read(mine, second.Next, 5, 10)
	fourth := read(mine, third.Next, 3, 10)
	last := read(mine, fourth.Next, 1, 10)
	read(mine, last.Next, 0, 0) // nobody asks at the end
}

func TestChanges(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	changed := h.Changed(h.in.Partner.ID)
	for _, name := range []string{"a", "b", "c"} {
		h.add(t, name+"@shop.example", customer.Activated, phc)
	}
	<-changed
	page, err := h.Changes(ctx, h.in.Partner.ID, 0, 2)
	must(t, err)
	same(t, "page", len(page.Customers), 2)
	same(t, "remaining", page.Remaining, 1)
	same(t, "total", page.Total, 3)
	rest, err := h.Changes(ctx, h.in.Partner.ID, page.Next, 2)
	must(t, err)
	same(t, "rest", len(rest.Customers), 1)
	same(t, "remaining", rest.Remaining, 0)
	same(t, "epoch", rest.Epoch, page.Epoch)
	none, err := h.Changes(ctx, h.in.Partner.ID, rest.Next, 2)
	must(t, err)
	same(t, "none", len(none.Customers), 0)
	same(t, "cursor", none.Next, rest.Next)
	ahead, err := h.Changes(ctx, h.in.Partner.ID, rest.Next+1000, 2)
	must(t, err)
	if ahead.Epoch == page.Epoch || page.Epoch == "" {
		t.Errorf("a cursor beyond the end is of epoch %q, like %q", ahead.Epoch, page.Epoch)
	}
	h.clock.Add(time.Second)
	_, _, err = h.LogIn(ctx, page.Customers[0].ID)
	must(t, err)
	again, err := h.Changes(ctx, h.in.Partner.ID, rest.Next, 2)
	must(t, err)
	same(t, "a login is a change", again.Customers[0].ID, page.Customers[0].ID)

	stranger, _ := h.partner(t, "s@agency.example", "S")
	quiet := h.Changed(stranger.Partner.ID)
	h.add(t, "d@shop.example", customer.Activated, phc)
	select {
	case <-quiet:
		t.Error("another partner heard of it")
	default:
	}
}
