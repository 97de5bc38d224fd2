package workspace_test

import (
	"context"
	"fmt"
	"maps"
	"testing"

	"github.com/google/uuid"

	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/syncing"
)

var (
	whoever = customer.Selection{Query: &customer.Query{}}
	lockAll = desk.BulkChange{Kind: desk.BulkStatus, Status: customer.Locked, LockReason: "Unpaid"}
)

// saved waits until the Back Office has answered every change.
func (b *bench) saved(t *testing.T) {
	t.Helper()
	b.untilPhase(t, syncing.Saved)
}

func (b *bench) statuses(t *testing.T) customer.Counts {
	t.Helper()
	page, err := b.desk(t).List(t.Context(), customer.Query{})
	if err != nil {
		t.Fatal(err)
	}
	return page.Counts
}

func (b *bench) bulk(t *testing.T, c desk.BulkChange) desk.BulkResult {
	t.Helper()
	out, err := b.desk(t).RunBulk(t.Context(), whoever, c)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (b *bench) undo(t *testing.T) desk.Reversed {
	t.Helper()
	out, err := b.desk(t).Undo(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestUndoLeavesWhatAnotherDeskChanged locks at one desk, changes some at
// another and takes the lock back at the first, after a restart.
func TestUndoLeavesWhatAnotherDeskChanged(t *testing.T) {
	t.Parallel()
	office := share(t, nil)
	one, two := newBench(t), newBench(t)
	one.connect(t, office)
	var all []customer.Customer
	for i := range 5 {
		all = append(all, one.add(t, fmt.Sprintf("c%d@bikes.example", i), customer.PendingActivate, ""))
	}
	two.connect(t, office)
	two.until(t, "all are there", func() bool { return two.statuses(t).All == 5 })

	if out := one.bulk(t, lockAll); out.Changed != 5 {
		t.Fatalf("bulk %+v", out)
	}
	one.saved(t)
	two.until(t, "all are locked", func() bool { return two.statuses(t).Locked == 5 })
	two.edit(t, all[0].ID, func(c *customer.Customer) { c.Status = customer.Activated })
	two.edit(t, all[1].ID, func(c *customer.Customer) { c.LockReason = "Moved away" })
	two.edit(t, all[2].ID, func(c *customer.Customer) { c.City = "Delft" })
	two.saved(t)
	one.until(t, "the other desk's changes are here", func() bool {
		c, err := one.desk(t).Customer(t.Context(), all[2].ID)
		return err == nil && c.Customer.City == "Delft"
	})

	one.restart(t)
	out := one.undo(t)
	if out.Changed != 3 || out.ActivationMails != 3 || !maps.Equal(out.Left, map[customer.Left]int{customer.ChangedSince: 2}) {
		t.Errorf("undo %+v", out)
	}
	one.saved(t)
	two.until(t, "three are back", func() bool {
		return two.statuses(t) == customer.Counts{All: 5, PendingActivate: 3, Activated: 1, Locked: 1}
	})
	mails, err := one.desk(t).Mails(t.Context(), all[3].ID)
	if err != nil || len(mails) != 2 {
		t.Errorf("mails %+v, %v: the old link died with the lock", mails, err)
	}
}

// TestBulkChangesOffline wait, and those that are taken back in time never go.
func TestBulkChangesOffline(t *testing.T) {
	t.Parallel()
	office := share(t, nil)
	b := newBench(t)
	b.connect(t, office)
	c := b.add(t, "anna@bikes.example", customer.PendingActivate, "")
	b.add(t, "bram@bikes.example", customer.Activated, customerWord)
	office.answers(hangUp)
	b.restart(t)
	b.untilPhase(t, syncing.Offline)
	if out := b.bulk(t, lockAll); out.Changed != 2 || b.statuses(t).Locked != 2 {
		t.Errorf("bulk %+v", out)
	}
	if out := b.undo(t); out.Changed != 2 || out.ActivationMails != 0 {
		t.Errorf("undo %+v", out)
	}
	b.until(t, "nothing waits", func() bool {
		w, err := b.SyncState()
		return err == nil && w.Total == 0
	})
	if _, err := b.desk(t).RunBulk(t.Context(), whoever, desk.BulkChange{Kind: desk.BulkResend}); customer.CodeOf(err) != customer.Offline {
		t.Errorf("mails that only the Back Office sends: %v", err)
	}
	office.answers(nil)
	b.saved(t)
	out := b.bulk(t, desk.BulkChange{Kind: desk.BulkResend})
	if out.Changed != 1 || out.ActivationMails != 1 || !maps.Equal(out.Left, map[customer.Left]int{customer.NoLinkNeeded: 1}) {
		t.Errorf("resent %+v", out)
	}
	mails, err := b.desk(t).Mails(t.Context(), c.ID)
	if err != nil || len(mails) != 2 {
		t.Errorf("mails %+v, %v", mails, err)
	}
}

// TestEachWorkspaceHasItsHistory: what was done here is not taken back elsewhere.
func TestEachWorkspaceHasItsHistory(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.setUp(t)
	c := b.add(t, "anna@bikes.example", customer.PendingActivate, "")
	b.edit(t, c.ID, func(c *customer.Customer) { c.City = "Delft" })
	local := b.State().Workspace.ID
	b.connect(t, share(t, nil))
	if h, err := b.desk(t).History(t.Context()); err != nil || h.Undo != nil || h.Redo != nil {
		t.Errorf("history of another workspace: %+v, %v", h, err)
	}
	if _, err := b.OpenWorkspace(t.Context(), local); err != nil {
		t.Fatal(err)
	}
	if out := b.undo(t); out.Changed != 1 || out.Action.Title != "Edit Anna de Vries" {
		t.Errorf("undo %+v", out)
	}
}

// TestClosingEndsAJob closes the program in the middle of a bulk change, which
// one undo takes back after the next start.
func TestClosingEndsAJob(t *testing.T) {
	t.Parallel()
	const many = 3000
	b := newBench(t)
	b.fill(t, func(s *store.Store, in store.SignIn) {
		for i := range many {
			c := customer.Normalize(customer.Customer{
				Username: fmt.Sprintf("c%d@bikes.example", i), FirstName: "Anna", LastName: fmt.Sprint(i), Company: "Bikes",
				Status: customer.Activated,
			})
			m := customer.Mutation{ID: uuid.NewString(), CustomerID: uuid.NewString(), Kind: customer.Create, Fields: customer.Diff(customer.Customer{}, c), Quiet: true}
			if _, err := s.Apply(context.Background(), in, m); err != nil {
				t.Fatal(err)
			}
		}
	})
	d := b.desk(t)
	ended := make(chan desk.BulkResult, 1)
	go func() {
		out, err := d.RunBulk(context.Background(), whoever, lockAll)
		if err != nil {
			t.Error(err)
		}
		ended <- out
	}()
	b.until(t, "a part is done", func() bool { return d.Job().Done > 0 })
	b.again(t)
	out := <-ended
	if out.Changed == 0 || out.Changed+out.Rest != many {
		t.Errorf("bulk %+v", out)
	}
	b.Start(t.Context(), false)
	if undone := b.undo(t); undone.Changed != out.Changed || len(undone.Left) != 0 {
		t.Errorf("undone %+v of %d", undone, out.Changed)
	}
	if n := b.statuses(t); n.Activated != many {
		t.Errorf("statuses %+v", n)
	}
}
