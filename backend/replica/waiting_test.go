package replica_test

import (
	"reflect"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/replica"
)

func waiting(t *testing.T, r *replica.Replica, attention bool, offset, limit int) customer.WaitingPage {
	t.Helper()
	page, err := r.WaitingChanges(t.Context(), attention, offset, limit)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func TestWaitingChanges(t *testing.T) {
	t.Parallel()
	r := open(t)
	if page := waiting(t, r, false, 0, 10); page.Total != 0 || page.Changes == nil || len(page.Changes) != 0 {
		t.Errorf("empty page %+v", page)
	}
	active := customerOf("bob", 2)
	active.Status = customer.Activated
	absorb(t, r, "3", ann(1), active, customerOf("cho", 3))
	enqueue(t, r, create("eve", "m1"))
	enqueue(t, r, update("m2", customer.Fields{}, customer.Fields{Username: p("ann2@shop.example"), City: p("Bonn")}))
	enqueue(t, r, customer.Mutation{ID: "m3", CustomerID: "bob", Kind: customer.Update, MadeAt: 4000,
		Fields: customer.Fields{Status: p(customer.Locked), LockReason: p("unpaid")}})
	enqueue(t, r, customer.Mutation{ID: "m4", CustomerID: "cho", Kind: customer.Update, MadeAt: 5000, Fields: customer.Fields{City: p("Ulm")}})

	page := waiting(t, r, false, 0, 10)
	want := []customer.WaitingChange{
		{MutationID: "m1", CustomerID: "eve", Kind: customer.Create, Name: "Ann Lee", FirstName: "Ann", LastName: "Lee", Username: "eve@shop.example", Company: "Shop",
			Fields: []string{"username", "first_name", "last_name", "company", "language", "status"}, ActivationMail: true, Status: customer.PendingActivate, MadeAt: 2000},
		{MutationID: "m2", CustomerID: "ann", Kind: customer.Update, Name: "Ann Lee", FirstName: "Ann", LastName: "Lee", Username: "ann2@shop.example", Company: "Shop",
			Fields: []string{"username", "city"}, Edit: true, ActivationMail: true, MadeAt: 3000},
		{MutationID: "m3", CustomerID: "bob", Kind: customer.Update, Name: "Ann Lee", FirstName: "Ann", LastName: "Lee", Username: "bob@shop.example", Company: "Shop",
			Fields: []string{"lock_reason", "status"}, Lock: true, Status: customer.Locked, WasStatus: customer.Activated, MadeAt: 4000},
		{MutationID: "m4", CustomerID: "cho", Kind: customer.Update, Name: "Ann Lee", FirstName: "Ann", LastName: "Lee", Username: "cho@shop.example", Company: "Shop",
			Fields: []string{"city"}, Edit: true, MadeAt: 5000},
	}
	if page.Total != 4 || !reflect.DeepEqual(page.Changes, want) {
		t.Errorf("page %+v", page)
	}
	if part := waiting(t, r, false, 1, 2); part.Total != 4 || !reflect.DeepEqual(part.Changes, want[1:3]) {
		t.Errorf("part %+v", part)
	}

	// On its way it can't be dropped; once it came back it needs attention.
	if rec := get(t, r, "cho"); rec.Sent {
		t.Errorf("record %+v", rec)
	}
	if rec := get(t, r, "eve"); !rec.DropRemoves || rec.Sent {
		t.Errorf("record %+v", rec)
	}
	outgoing(t, r)
	// What comes after a creation that is on its way can be dropped alone.
	enqueue(t, r, customer.Mutation{ID: "m5", CustomerID: "eve", Kind: customer.Update, MadeAt: 6000, Fields: customer.Fields{City: p("Ulm")}})
	if rec := get(t, r, "eve"); rec.DropRemoves || rec.Sent {
		t.Errorf("record %+v", rec)
	}
	if err := r.Discard(t.Context(), "eve"); err != nil {
		t.Fatal(err)
	}
	if rec := get(t, r, "cho"); !rec.Sent || rec.DropRemoves {
		t.Errorf("record %+v", rec)
	}
	if page := waiting(t, r, false, 3, 1); !page.Changes[0].Sent {
		t.Errorf("change %+v", page.Changes)
	}
	theirs := customerOf("cho", 9)
	theirs.City = "Köln"
	settle(t, r, customer.Result{MutationID: "m4", Outcome: customer.Conflicted, Customer: &theirs, Conflicts: []string{"city"}})
	page = waiting(t, r, true, 0, 10)
	if page.Total != 1 || len(page.Changes) != 1 || page.Changes[0].Sent {
		t.Fatalf("page %+v", page)
	}
	if rec := get(t, r, "cho"); rec.Sent {
		t.Errorf("record %+v", rec)
	}
	if problem := get(t, r, "cho").Problem; !reflect.DeepEqual(page.Changes[0].Problem, problem) || *problem.Theirs.City != "Köln" {
		t.Errorf("problem %+v, want %+v", page.Changes[0].Problem, problem)
	}
	if page := waiting(t, r, false, 0, 10); page.Total != 3 || len(page.Changes) != 3 {
		t.Errorf("page %+v", page)
	}
}

// TestWhatAChangeMails follows the Back Office's rules for each status.
func TestWhatAChangeMails(t *testing.T) {
	t.Parallel()
	const setPassword, both = "set password", "both addresses"
	status := func(s customer.Status) customer.Fields { return customer.Fields{Status: p(s)} }
	renamed := customer.Fields{Username: p("new@shop.example")}
	renamedTo := func(s customer.Status) customer.Fields { return renamed.With(status(s)) }
	for _, c := range []struct {
		name        string
		was         customer.Status
		hasPassword bool
		activated   bool // once
		change      customer.Fields
		want        []string
	}{
		{"activated without a password", customer.PendingActivate, false, false, status(customer.Activated), []string{setPassword}},
		{"activated with one", customer.PendingActivate, false, false,
			customer.Fields{Status: p(customer.Activated), PasswordHash: p("hash")}, nil},
		{"unlocked", customer.Locked, true, true, status(customer.Activated), nil},
		{"locked", customer.Activated, true, true, status(customer.Locked), nil},
		{"renamed", customer.Activated, true, true, renamed, []string{both}},
		{"renamed without a password", customer.Activated, false, true, renamed, []string{setPassword, both}},
		{"written otherwise", customer.Activated, true, true, customer.Fields{Username: p("ANN@shop.example")}, nil},
		{"renamed while pending", customer.PendingActivate, false, false, renamed, nil},
		{"renamed while locked", customer.Locked, true, true, renamed, nil},
		{"renamed and locked", customer.Activated, true, true, renamedTo(customer.Locked), nil},
		{"renamed and pending again", customer.Activated, true, true, renamedTo(customer.PendingActivate), []string{both}},
		{"renamed and activated first", customer.PendingActivate, true, false, renamedTo(customer.Activated), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := open(t)
			account := ann(1)
			account.Status, account.HasPassword = c.was, c.hasPassword
			if c.activated {
				account.ActivatedAt = 1500
			}
			absorb(t, r, "1", account)
			enqueue(t, r, update("m1", customer.Fields{}, c.change))
			change := waiting(t, r, false, 0, 1).Changes[0]
			var got []string
			if change.SetPasswordMail {
				got = append(got, setPassword)
			}
			if change.BothAddresses {
				got = append(got, both)
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("mails %v, want %v: %+v", got, c.want, change)
			}
		})
	}
}
