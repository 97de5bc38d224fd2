package desk_test

import (
	"strings"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/replica"
)

// TestResolveConflict settles one conflict of two fields, with a third field of
// the same change that no other desk touched.
func TestResolveConflict(t *testing.T) {
	t.Parallel()
	d, r := open(t, browser{})
	theirs := inConflict(t, d, r)
	id := theirs.ID
	seen := customer.Fields{City: &theirs.City, Phone: &theirs.Phone}

	rec, err := d.ResolveConflict(t.Context(), id, map[string]string{"city": desk.Mine}, seen)
	var e *customer.Error
	if e, _ = err.(*customer.Error); e == nil || e.Code != customer.Required || e.Field != "phone" || rec.Problem == nil {
		t.Errorf("without a choice for the phone: %+v, %v", rec.Problem, err)
	}
	earlier := "Bonn"
	both := map[string]string{"city": desk.Mine, "phone": desk.Theirs}
	rec, err = d.ResolveConflict(t.Context(), id, both, customer.Fields{City: &earlier, Phone: &theirs.Phone})
	if customer.CodeOf(err) != customer.Conflict || !strings.Contains(err.Error(), "changed again") || rec.Problem == nil {
		t.Errorf("chosen against an earlier value: %+v, %v", rec.Problem, err)
	}
	if out, err := r.Outgoing(t.Context(), 10); err != nil || len(out) != 0 {
		t.Errorf("outbox = %+v, %v", out, err)
	}

	rec, err = d.ResolveConflict(t.Context(), id, both, seen)
	if err != nil || rec.Problem != nil || !rec.Waiting {
		t.Fatalf("settled: %+v, %v", rec, err)
	}
	if c := rec.Customer; c.City != "Delft" || c.Phone != theirs.Phone || c.Notes != "Call first." {
		t.Errorf("customer %+v", c)
	}
	out, err := r.Outgoing(t.Context(), 10)
	if err != nil || len(out) != 1 || strings.Join(out[0].Fields.Names(), " ") != "city notes" ||
		*out[0].Base.City != theirs.City || *out[0].Base.Notes != "" {
		t.Errorf("outbox = %+v, %v", out, err)
	}
	if _, err := d.ResolveConflict(t.Context(), id, both, seen); customer.CodeOf(err) != customer.Conflict || !strings.Contains(err.Error(), "settled already") {
		t.Errorf("settled twice: %v", err)
	}
}

// TestASaveSettlesNoConflictThatCameMeanwhile: the dialog was opened while the
// change was on its way, with the Back Office's new copy under it already.
func TestASaveSettlesNoConflictThatCameMeanwhile(t *testing.T) {
	t.Parallel()
	d, r := open(t, browser{})
	theirs := inConflict(t, d, r)
	now, err := d.Customer(t.Context(), theirs.ID)
	if err != nil {
		t.Fatal(err)
	}
	edited := now.Customer
	edited.Street = "Dam 1"
	rec, err := d.Save(t.Context(), desk.Edit{Base: now.Customer, Customer: edited})
	if customer.CodeOf(err) != customer.Conflict {
		t.Errorf("saved over what nobody saw: %+v, %v", rec, err)
	}
	if out, err := r.Outgoing(t.Context(), 10); err != nil || len(out) != 0 {
		t.Errorf("outbox = %+v, %v", out, err)
	}
	rec, err = d.Save(t.Context(), desk.Edit{Base: now.Customer, Customer: edited, Settles: now.Problem.MutationID})
	if err != nil || rec.Problem != nil || rec.Customer.City != "Delft" || rec.Customer.Street != "Dam 1" {
		t.Errorf("saved with the conflict in sight: %+v, %v", rec, err)
	}
}

// inConflict makes a customer whose city and phone changed here and at the Back
// Office, and whose notes changed here only. It returns the Back Office's copy.
func inConflict(t *testing.T, d *desk.Desk, r *replica.Replica) customer.Customer {
	t.Helper()
	c := customer.Normalize(anna(d))
	c.Revision = 1
	if err := r.Absorb(t.Context(), []customer.Customer{c}, "1"); err != nil {
		t.Fatal(err)
	}
	mine := c
	mine.City, mine.Phone, mine.Notes = "Delft", "+31 15 1", "Call first."
	if _, err := d.Save(t.Context(), desk.Edit{Base: c, Customer: mine}); err != nil {
		t.Fatal(err)
	}
	out, err := r.Outgoing(t.Context(), 10)
	if err != nil || len(out) != 1 {
		t.Fatalf("outbox = %+v, %v", out, err)
	}
	c.City, c.Phone, c.Revision = "Gouda", "+31 182 1", 2
	err = r.Settle(t.Context(), customer.Result{
		MutationID: out[0].ID, Outcome: customer.Conflicted, Conflicts: []string{"city", "phone"}, Customer: &c,
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}
