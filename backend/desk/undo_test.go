package desk_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
)

// add saves a new customer.
func (b *bench) add(t testing.TB, name string, status customer.Status, secret string) string {
	t.Helper()
	c := b.NewCustomer()
	c.Username, c.FirstName, c.LastName, c.Company, c.Status = name+"@shop.example", name, "Lee", "Shop", status
	if _, err := b.Save(t.Context(), desk.Edit{New: true, Customer: c, Password: secret}); err != nil {
		t.Fatal(err)
	}
	return c.ID
}

func (b *bench) history(t testing.TB) (undo, redo string) {
	t.Helper()
	h, err := b.History(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if h.Undo != nil {
		undo = h.Undo.Title
	}
	if h.Redo != nil {
		redo = h.Redo.Title
	}
	return undo, redo
}

func (b *bench) wantHistory(t testing.TB, undo, redo string) {
	t.Helper()
	if u, r := b.history(t); u != undo || r != redo {
		t.Errorf("history undo %q redo %q, want %q and %q", u, r, undo, redo)
	}
}

func TestEveryEditHasATitleAndCanBeTakenBackAfterARestart(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.fill(t, 1)[0]
	steps := []struct {
		fields customer.Fields
		title  string
	}{
		{customer.Fields{City: p("Delft"), Notes: p("Call\nfirst")}, "Edit First 0"},
		{customer.Fields{Status: p(customer.Locked), LockReason: p("unpaid")}, "Lock First 0"},
		{customer.Fields{LockReason: p("gone")}, "Edit First 0"},
		{customer.Fields{Status: p(customer.Activated), LockReason: p("")}, "Activate First 0"},
		{customer.Fields{Status: p(customer.PendingActivate)}, "Set First 0 to Pending Activate"},
		{customer.Fields{Username: p("new@shop.example"), Tags: p([]string{"vip"})}, "Edit First 0"},
	}
	states := []customer.Customer{b.customer(t, id)}
	for _, s := range steps {
		b.edit(t, id, s.fields)
		b.wantHistory(t, s.title, "")
		states = append(states, b.customer(t, id))
		if len(states) == 4 {
			b.send(t) // some have left, some have not
		}
	}
	for i := len(steps) - 1; i >= 0; i-- {
		b.again(t)
		if out := b.undo(t); out.Changed != 1 || out.Action.Title != steps[i].title || len(out.Left) != 0 {
			t.Errorf("undo of %s: %+v", steps[i].title, out)
		}
		if got := b.customer(t, id); !same(got, states[i]) {
			t.Errorf("after undo %d: %+v", i, customer.Diff(states[i], got))
		}
	}
	b.wantHistory(t, "", steps[0].title)
	if _, err := b.Undo(t.Context(), ""); customer.CodeOf(err) != customer.NotFound {
		t.Errorf("undo of nothing: %v", err)
	}
	for i := range steps {
		b.again(t)
		b.redo(t)
		if got := b.customer(t, id); !same(got, states[i+1]) {
			t.Errorf("after redo %d: %+v", i, customer.Diff(states[i+1], got))
		}
	}
	if _, err := b.Redo(t.Context(), ""); customer.CodeOf(err) != customer.NotFound {
		t.Errorf("redo of nothing: %v", err)
	}
	b.undo(t)
	b.edit(t, id, customer.Fields{City: p("Gouda")})
	b.wantHistory(t, "Edit First 0", "")
	h, err := b.History(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b.edit(t, id, customer.Fields{City: p("Bonn")})
	if _, err := b.Undo(t.Context(), h.Undo.ID); customer.CodeOf(err) != customer.Conflict || b.customer(t, id).City != "Bonn" {
		t.Errorf("undo of what is not the last any more: %v", err)
	}
}

func TestUndoLeavesWhatChangedElsewhere(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ids := b.fill(t, 10)
	b.bulk(t, everybody(), desk.BulkChange{Kind: desk.BulkAddTags, Tags: []string{"vip"}})
	b.bulk(t, customer.Selection{IDs: ids[:8]}, lock)
	b.send(t)
	b.elsewhere(t, ids[0], customer.Fields{Status: p(customer.Activated), LockReason: p("")})
	b.elsewhere(t, ids[1], customer.Fields{LockReason: p("another reason")})
	b.elsewhere(t, ids[3], customer.Fields{City: p("Delft")})
	b.elsewhere(t, ids[4], customer.Fields{Tags: p([]string{"vip", "big"})})
	// Of ids[:8], two were locked before: 2 and 5.
	if out := b.undo(t); out.Changed != 4 || !maps.Equal(out.Left, left(customer.ChangedSince, 2)) {
		t.Errorf("undo %+v", out)
	}
	if c := b.customer(t, ids[0]); c.Status != customer.Activated {
		t.Errorf("what changed elsewhere was overwritten: %+v", c)
	}
	if c := b.customer(t, ids[1]); c.Status != customer.Locked || c.LockReason != "another reason" {
		t.Errorf("the lock goes with its reason: %+v", c)
	}
	if c := b.customer(t, ids[3]); c.Status != customer.PendingActivate || c.City != "Delft" {
		t.Errorf("a field that is none of the action's stays: %+v", c)
	}
	b.edit(t, ids[6], customer.Fields{Username: p("moved@shop.example"), City: p("Delft")})
	b.add(t, "u6", customer.Activated, "")
	b.undo(t)
	b.wantHistory(t, "Edit First 6", "Add u6 Lee")
	b.elsewhere(t, ids[7], customer.Fields{Username: p("U6@shop.example")})
	if out := b.undo(t); out.Changed != 1 || !maps.Equal(out.Left, left(customer.NameTaken, 1)) {
		t.Errorf("undo %+v", out)
	}
	if c := b.customer(t, ids[6]); c.Username != "moved@shop.example" || c.City != "" {
		t.Errorf("customer %+v", c)
	}
}

func TestUndoOfANewCustomer(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.add(t, "anna", customer.Activated, "seven purple bicycles in Delft")
	b.edit(t, id, customer.Fields{City: p("Delft")})
	b.undo(t)
	b.wantHistory(t, "Add anna Lee", "Edit anna Lee")
	if out := b.undo(t); out.Changed != 1 || len(out.Left) != 0 || out.Passwords != 0 {
		t.Errorf("undo before it left: %+v", out)
	}
	if _, err := b.Customer(t.Context(), id); customer.CodeOf(err) != customer.NotFound {
		t.Errorf("the customer is still there: %v", err)
	}
	if sent := b.send(t); len(sent) != 0 {
		t.Errorf("sent %+v", sent)
	}
	if out := b.redo(t); out.Changed != 1 || out.Passwords != 1 || out.SetPasswordMails != 1 {
		t.Errorf("redo %+v", out)
	}
	b.redo(t)
	if c := b.customer(t, id); c.City != "Delft" || c.HasPassword {
		t.Errorf("customer %+v", c)
	}
	b.undo(t)
	if sent := b.send(t); len(sent) != 1 || sent[0].Kind != customer.Create {
		t.Errorf("sent %+v", sent)
	}
	if h, err := b.History(t.Context()); err != nil || h.Undo == nil || h.Undo.Blocked != customer.AtBackOffice {
		t.Errorf("history %+v, %v", h.Undo, err)
	}
	if out := b.undo(t); out.Changed != 0 || !maps.Equal(out.Left, left(customer.AtBackOffice, 1)) || out.MailsSent != 1 || !slices.Equal(out.Stay, []string{id}) {
		t.Errorf("undo of what the Back Office has: %+v", out)
	}
	b.wantHistory(t, "", "Edit anna Lee") // said once, it is not in the way of what is older
	if c := b.customer(t, id); c.FirstName != "anna" {
		t.Errorf("customer %+v", c)
	}
}

func TestUndoOfANewCustomerOnItsWay(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(t, "anna", customer.PendingActivate, "")
	if out, err := b.replica.Outgoing(t.Context(), 1); err != nil || len(out) != 1 {
		t.Fatal(out, err)
	}
	if out := b.undo(t); !maps.Equal(out.Left, left(customer.OnItsWay, 1)) {
		t.Errorf("undo %+v", out)
	}
}

func TestUndoSaysWhatCannotBeTakenBack(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ids := b.fill(t, 3)
	c := b.customer(t, ids[1]) // activated, without a password
	if _, err := b.Save(t.Context(), desk.Edit{Base: c, Customer: c, Password: "seven purple bicycles in Delft"}); err != nil {
		t.Fatal(err)
	}
	b.wantHistory(t, "Set the password of First 1", "")
	if out := b.undo(t); out.Changed != 0 || out.Passwords != 1 || len(out.Left) != 0 {
		t.Errorf("undo of a password: %+v", out)
	}
	b.send(t)

	pending := desk.BulkChange{Kind: desk.BulkStatus, Status: customer.PendingActivate}
	b.bulk(t, everybody(), pending)
	if out := b.undo(t); out.Changed != 2 || out.MailsSent != 0 {
		t.Errorf("undo before the mail was sent: %+v", out)
	}
	b.redo(t)
	b.send(t)
	if out := b.undo(t); out.Changed != 2 || out.MailsSent != 2 || out.MailsSaved != 0 {
		t.Errorf("undo of a sent mail: %+v", out)
	}
	b.send(t)

	b.bulk(t, everybody(), lock)
	b.send(t)
	if out := b.undo(t); out.Changed != 2 || out.ActivationMails != 1 || out.SetPasswordMails != 0 {
		t.Errorf("taking a lock back mails who is Pending Activate again: %+v", out)
	}
}

// TestUndoOfWhatCameBack: a rejected change is dropped, a conflict is for the
// user to settle.
func TestUndoOfWhatCameBack(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ids := b.fill(t, 2)
	for i, outcome := range []customer.Outcome{customer.Rejected, customer.Conflicted} {
		b.edit(t, ids[i], customer.Fields{City: p("Delft")})
		out, err := b.replica.Outgoing(t.Context(), 1)
		if err != nil || len(out) != 1 {
			t.Fatal(out, err)
		}
		result := customer.Result{MutationID: out[0].ID, Outcome: outcome, Error: customer.Fail(customer.Invalid, "No."), Conflicts: []string{"city"}}
		if err := b.replica.Settle(t.Context(), result); err != nil {
			t.Fatal(err)
		}
		undone := b.undo(t)
		rec, err := b.Customer(t.Context(), ids[i])
		switch {
		case err != nil:
			t.Error(err)
		case outcome == customer.Rejected && (undone.Changed != 1 || rec.Problem != nil || rec.Waiting || rec.Customer.City != ""):
			t.Errorf("rejected: %+v, %+v", undone, rec)
		case outcome == customer.Conflicted && (!maps.Equal(undone.Left, left(customer.InConflict, 1)) || rec.Problem == nil):
			t.Errorf("conflict: %+v, %+v", undone, rec)
		}
	}
}

func TestTheHistoryIsBounded(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.fill(t, 1)[0]
	for i := range 205 {
		b.edit(t, id, customer.Fields{City: p("City " + strconv.Itoa(i))})
	}
	n := 0
	for {
		if undo, _ := b.history(t); undo == "" {
			break
		}
		b.undo(t)
		n++
	}
	if got := b.customer(t, id).City; n != 200 || got != "City 4" {
		t.Errorf("%d could be taken back, down to %s", n, got)
	}
}

func TestAChangeThatChangesNothingIsNoAction(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.fill(t, 1)[0]
	b.edit(t, id, customer.Fields{City: p("Delft")})
	b.edit(t, id, customer.Fields{City: p(" Delft ")})
	b.bulk(t, everybody(), desk.BulkChange{Kind: desk.BulkRemoveTags, Tags: []string{"x"}})
	if undone := b.undo(t); undone.Changed != 1 || !strings.HasPrefix(undone.Action.Title, "Edit") {
		t.Errorf("undone %+v", undone)
	}
	if got := b.customer(t, id).City; got != "" {
		t.Errorf("city %q", got)
	}
}

// TestUndoOfAnImport takes back its changes and drops who never left; who is at
// the Back Office stays, and is named so that they can be locked. It came without
// mails, and so does its undo.
func TestUndoOfAnImport(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ids := b.fill(t, 3)
	first := b.all(t, ids)
	a := customer.Action{ID: newID(), Kind: customer.ImportAction, Title: "Import 7 customers from list.csv", MadeAt: 1}
	create := func(n int) customer.Mutation {
		c := customer.Normalize(customer.Customer{
			Username: "new" + strconv.Itoa(n) + "@shop.example", FirstName: "New", LastName: strconv.Itoa(n), Company: "Shop",
			Status: customer.PendingActivate,
		})
		return customer.Mutation{CustomerID: newID(), Kind: customer.Create, Fields: customer.Diff(customer.Customer{}, c), Quiet: true}
	}
	var changes, later []customer.Mutation
	for i, id := range ids {
		changes = append(changes, create(i))
		later = append(later, customer.Mutation{CustomerID: id, Kind: customer.Update, Quiet: true,
			Fields: customer.Fields{City: p("Delft"), Status: p(customer.PendingActivate)}})
	}
	later = append(later, create(3))
	if err := b.replica.Perform(t.Context(), a, changes); err != nil {
		t.Fatal(err)
	}
	b.send(t)
	if err := b.replica.Perform(t.Context(), a, later); err != nil {
		t.Fatal(err)
	}
	out := b.undo(t)
	if out.Changed != 4 || !maps.Equal(out.Left, left(customer.AtBackOffice, 3)) || len(out.Stay) != 3 ||
		out.ActivationMails+out.SetPasswordMails+out.MailsSent != 0 {
		t.Errorf("undo %+v", out)
	}
	if !maps.EqualFunc(first, b.all(t, ids), same) {
		t.Error("who was changed is not as before")
	}
	locked := b.bulk(t, customer.Selection{IDs: out.Stay}, lock)
	if locked.Changed != 3 {
		t.Errorf("locked %+v", locked)
	}
	b.undo(t)
	if redone := b.redo(t); redone.Changed != 3 {
		t.Errorf("redo %+v", redone)
	}
	b.undo(t)
	b.edit(t, ids[0], customer.Fields{Notes: p("x")})
	b.wantHistory(t, "Edit First 0", "")
}
