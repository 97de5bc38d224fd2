package desk_test

import (
	"strings"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
)

func p[T any](v T) *T { return &v }

// TestResolveConflict settles a conflict about two fields, one for each side.
func TestResolveConflict(t *testing.T) {
	t.Parallel()
	d, r := open(t, browser{})
	ctx := t.Context()
	base := customer.Normalize(anna(d))
	base.Revision = 1
	if err := r.Absorb(ctx, []customer.Customer{base}, "1"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.ResolveConflict(ctx, base.ID, nil, customer.Fields{}); customer.CodeOf(err) != customer.Conflict {
		t.Errorf("nothing to settle: %v", err)
	}
	mine := base
	mine.City, mine.Phone, mine.Notes = "Delft", "1", "call"
	if _, err := d.Save(ctx, desk.Edit{Base: base, Customer: mine}); err != nil {
		t.Fatal(err)
	}
	page, err := d.WaitingChanges(ctx, false, 0)
	if err != nil || page.Total != 1 || strings.Join(page.Changes[0].Fields, " ") != "phone city notes" {
		t.Fatalf("waiting %+v, %v", page, err)
	}
	out, err := r.Outgoing(ctx, 10)
	if err != nil {
		t.Fatal(err)
	}
	theirs := base
	theirs.City, theirs.Phone, theirs.Revision = "Breda", "2", 7
	conflict := customer.Result{MutationID: out[0].ID, Outcome: customer.Conflicted, Customer: &theirs, Conflicts: []string{"phone", "city"}}
	if err := r.Settle(ctx, conflict); err != nil {
		t.Fatal(err)
	}

	seen := customer.Fields{City: p("Breda"), Phone: p("2")}
	for name, test := range map[string]struct {
		keep map[string]string
		seen customer.Fields
		code customer.Code
	}{
		"a choice is missing":   {map[string]string{"city": desk.Mine}, seen, customer.Required},
		"no choice known":       {map[string]string{"city": desk.Mine, "phone": "both"}, seen, customer.Required},
		"theirs changed since":  {map[string]string{"city": desk.Mine, "phone": desk.Mine}, customer.Fields{City: p("Tiel"), Phone: p("2")}, customer.Conflict},
		"theirs was never seen": {map[string]string{"city": desk.Mine, "phone": desk.Mine}, customer.Fields{}, customer.Conflict},
	} {
		if _, err := d.ResolveConflict(ctx, base.ID, test.keep, test.seen); customer.CodeOf(err) != test.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	if page, err = d.WaitingChanges(ctx, true, 0); err != nil || page.Total != 1 {
		t.Fatalf("after refusals: %+v, %v", page, err)
	}

	rec, err := d.ResolveConflict(ctx, base.ID, map[string]string{"city": desk.Mine, "phone": desk.Theirs}, seen)
	if err != nil || rec.Problem != nil || !rec.Waiting || rec.Customer.City != "Delft" || rec.Customer.Phone != "2" || rec.Customer.Notes != "call" {
		t.Fatalf("settled %+v, %v", rec, err)
	}
	out, err = r.Outgoing(ctx, 10)
	if err != nil || len(out) != 1 || strings.Join(out[0].Fields.Names(), " ") != "city notes" || *out[0].Base.City != "Breda" ||
		*out[0].Base.Notes != "" || out[0].BaseRevision != 7 {
		t.Errorf("outbox %+v, %v", out, err)
	}
}

// TestResolveConflictAllTheirs gives up what was typed here.
func TestResolveConflictAllTheirs(t *testing.T) {
	t.Parallel()
	d, r := open(t, browser{})
	ctx := t.Context()
	base := customer.Normalize(anna(d))
	base.Revision = 1
	if err := r.Absorb(ctx, []customer.Customer{base}, "1"); err != nil {
		t.Fatal(err)
	}
	mine := base
	mine.Status, mine.LockReason = customer.Locked, "unpaid"
	if _, err := d.Save(ctx, desk.Edit{Base: base, Customer: mine}); err != nil {
		t.Fatal(err)
	}
	out, err := r.Outgoing(ctx, 10)
	if err != nil {
		t.Fatal(err)
	}
	theirs := base
	theirs.Status, theirs.Revision = customer.Activated, 7
	conflict := customer.Result{MutationID: out[0].ID, Outcome: customer.Conflicted, Customer: &theirs, Conflicts: []string{"status"}}
	if err := r.Settle(ctx, conflict); err != nil {
		t.Fatal(err)
	}
	keep := map[string]string{"status": desk.Theirs, "lock_reason": desk.Theirs}
	rec, err := d.ResolveConflict(ctx, base.ID, keep, customer.Fields{Status: p(customer.Activated)})
	if err != nil || rec.Waiting || rec.Problem != nil || rec.Customer.Status != customer.Activated || rec.Customer.LockReason != "" {
		t.Errorf("settled %+v, %v", rec, err)
	}
}
