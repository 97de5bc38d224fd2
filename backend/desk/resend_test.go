package desk_test

import (
	"context"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
)

var resend = desk.BulkChange{Kind: desk.BulkResend}

func TestResendMailsWhoNeedsALink(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ids := b.fill(t, 30)
	b.edit(t, ids[0], customer.Fields{Status: p(customer.Locked)}) // waits: the Back Office still has it Pending
	c := b.NewCustomer()
	c.Username, c.FirstName, c.LastName, c.Company = "new@shop.example", "New", "One", "Shop"
	if _, err := b.Save(t.Context(), desk.Edit{New: true, Customer: c}); err != nil {
		t.Fatal(err)
	}
	want := desk.BulkFigures{Total: 31, Changed: 14, ActivationMails: 9, SetPasswordMails: 5, Left: map[customer.Left]int{
		customer.NoLinkNeeded: 15, customer.StatusWaiting: 1, customer.NotYetThere: 1,
	}}
	preview, err := b.PreviewBulk(t.Context(), everybody(), resend)
	if err != nil {
		t.Fatal(err)
	}
	wantFigures(t, "preview", preview, want)
	if len(b.remote.mailed) != 0 {
		t.Errorf("the preview mailed %v", b.remote.mailed)
	}
	failing := ids[3]
	b.remote.answer = func(id string) error {
		if id == failing {
			return customer.Fail(customer.Conflict, "This account is locked.")
		}
		return nil
	}
	out := b.bulk(t, everybody(), resend)
	want.Changed, want.ActivationMails = 13, 8
	wantFigures(t, "result", out.BulkFigures, want)
	if len(b.remote.mailed) != 13 || out.FailedCount != 1 || len(out.Failed) != 1 ||
		out.Failed[0] != (desk.BulkFailure{CustomerID: failing, Name: "First 3", Message: "This account is locked."}) {
		t.Errorf("mailed %d, result %+v", len(b.remote.mailed), out)
	}
	if h, err := b.History(t.Context()); err != nil || h.Undo == nil || h.Undo.Title != "Add New One" {
		t.Errorf("a mail can't be unsent, but history offers %+v, %v", h.Undo, err)
	}
}

func TestResendStopsWhenTheBackOfficeIsGone(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.fill(t, 30)
	b.remote.answer = func(string) error {
		if len(b.remote.mailed) == 4 {
			return customer.Fail(customer.Offline, "The Back Office can't be reached.")
		}
		return nil
	}
	out := b.bulk(t, everybody(), resend)
	if out.Stopped == nil || out.Stopped.Code != customer.Offline || out.Changed != 4 || out.Rest == 0 || out.FailedCount != 0 {
		t.Errorf("result %+v", out)
	}
	b.remote.mailed = []string{"", "", "", ""}
	if _, err := b.RunBulk(t.Context(), everybody(), resend); customer.CodeOf(err) != customer.Offline {
		t.Errorf("nothing was mailed at all: %v", err)
	}
}

func TestResendCanBeCancelled(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.fill(t, 30)
	b.remote.answer = func(string) error {
		if len(b.remote.mailed) == 4 {
			b.CancelJob(b.Job().ID)
			return context.Canceled
		}
		return nil
	}
	if out := b.bulk(t, everybody(), resend); !out.Cancelled || out.Changed != 4 || out.Rest == 0 || out.Stopped != nil {
		t.Errorf("result %+v", out)
	}
}
