package desk_test

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/password"
	"partnerdesk/backend/replica"
)

// bench is a desk on a replica that can be opened again.
type bench struct {
	*desk.Desk
	replica *replica.Replica
	remote  *post
	path    string
	role    api.Role
}

// post is a Back Office that mails links.
type post struct {
	away
	mu     sync.Mutex
	mailed []string
	answer func(id string) error
}

func (p *post) NewLink(_ context.Context, id string, deliver bool) (api.ActivationMail, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.answer != nil {
		if err := p.answer(id); err != nil {
			return api.ActivationMail{}, err
		}
	}
	if deliver {
		p.mailed = append(p.mailed, id)
	}
	return api.ActivationMail{}, nil
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func newBench(t testing.TB) *bench {
	t.Helper()
	b := &bench{remote: &post{}, path: filepath.Join(t.TempDir(), "replica.db"), role: api.RoleOwner}
	b.again(t)
	t.Cleanup(func() { b.close(t) })
	return b
}

func (b *bench) close(t testing.TB) {
	t.Helper()
	b.Stop()
	if err := b.replica.Close(); err != nil {
		t.Error(err)
	}
}

// again restarts: the replica is opened anew under another desk.
func (b *bench) again(t testing.TB) {
	t.Helper()
	if b.replica != nil {
		b.close(t)
	}
	var err error
	b.replica, err = replica.Open(context.Background(), b.path, replica.Options{Clock: time.Now, NewID: newID, Throwaway: true})
	if err != nil {
		t.Fatal(err)
	}
	b.Desk = desk.New(desk.Options{
		Replica: b.replica, Remote: b.remote, Hasher: password.NewHasher(1), Browser: browser{}, Clock: time.Now, NewID: newID,
		Role: func() api.Role { return b.role },
	})
}

// fill takes n customers from the Back Office, of all statuses in turn, and
// returns their ids.
func (b *bench) fill(t testing.TB, n int) []string {
	t.Helper()
	all, ids := make([]customer.Customer, n), make([]string, n)
	for i := range all {
		all[i] = customer.Normalize(customer.Customer{
			ID: newID(), Username: fmt.Sprintf("u%d@shop.example", i), FirstName: "First", LastName: fmt.Sprint(i), Company: "Shop",
			Status: customer.Statuses()[i%3],
			Facts:  customer.Facts{CreatedAt: 1000, Revision: int64(i + 1), HasPassword: i%2 == 0},
		})
		ids[i] = all[i].ID
	}
	b.absorb(t, all...)
	return ids
}

func (b *bench) absorb(t testing.TB, all ...customer.Customer) {
	t.Helper()
	if err := b.replica.Absorb(context.Background(), all, "1"); err != nil {
		t.Fatal(err)
	}
}

func (b *bench) customer(t testing.TB, id string) customer.Customer {
	t.Helper()
	rec, err := b.Customer(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return rec.Customer
}

// elsewhere changes a customer at the Back Office.
func (b *bench) elsewhere(t testing.TB, id string, f customer.Fields) {
	t.Helper()
	rec, err := b.Customer(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	c := f.Apply(rec.Customer)
	c.Revision += 1_000_000
	b.absorb(t, c)
}

// send has the Back Office take all that waits.
func (b *bench) send(t testing.TB) (sent []customer.Mutation) {
	t.Helper()
	for {
		out, err := b.replica.Outgoing(context.Background(), 100)
		if err != nil {
			t.Fatal(err)
		}
		if len(out) == 0 {
			return sent
		}
		for _, m := range out {
			c := b.customer(t, m.CustomerID)
			c = customer.Normalize(m.Fields.Apply(c))
			c.Revision += 1_000_000
			if m.Fields.Status != nil && c.NeedsLink() {
				c.MailState = customer.MailSent
			}
			if err := b.replica.Settle(context.Background(), customer.Result{MutationID: m.ID, Outcome: customer.Applied, Customer: &c}); err != nil {
				t.Fatal(err)
			}
		}
		sent = append(sent, out...)
	}
}

func (b *bench) edit(t testing.TB, id string, f customer.Fields) {
	t.Helper()
	c := b.customer(t, id)
	if _, err := b.Save(context.Background(), desk.Edit{Base: c, Customer: f.Apply(c)}); err != nil {
		t.Fatal(err)
	}
}

func (b *bench) bulk(t testing.TB, of customer.Selection, c desk.BulkChange) desk.BulkResult {
	t.Helper()
	out, err := b.RunBulk(context.Background(), of, c)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (b *bench) undo(t testing.TB) desk.Reversed {
	t.Helper()
	out, err := b.Undo(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (b *bench) redo(t testing.TB) desk.Reversed {
	t.Helper()
	out, err := b.Redo(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func p[T any](v T) *T { return &v }

func everybody() customer.Selection { return customer.Selection{Query: &customer.Query{}} }

func left(why customer.Left, n int) map[customer.Left]int { return map[customer.Left]int{why: n} }

var lock = desk.BulkChange{Kind: desk.BulkStatus, Status: customer.Locked, LockReason: " unpaid "}

// TestABulkChangeDoesWhatThePreviewSays: for each change, figures, what became
// of the customers, and one undo for all.
func TestABulkChangeDoesWhatThePreviewSays(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change desk.BulkChange
		want   desk.BulkFigures // of 30: 10 of each status, half of each with a password
		title  string
		is     func(customer.Customer) bool
	}{
		{"lock", lock, desk.BulkFigures{Changed: 20, Already: 10}, "Lock 20 customers",
			func(c customer.Customer) bool { return c.Status == customer.Locked }},
		{"activate", desk.BulkChange{Kind: desk.BulkStatus, Status: customer.Activated, LockReason: "ignored"},
			desk.BulkFigures{Changed: 20, Already: 10, SetPasswordMails: 10}, "Activate 20 customers",
			func(c customer.Customer) bool { return c.Status == customer.Activated && c.LockReason == "" }},
		{"pending", desk.BulkChange{Kind: desk.BulkStatus, Status: customer.PendingActivate},
			desk.BulkFigures{Changed: 20, Already: 10, ActivationMails: 20}, "Set 20 customers to Pending Activate",
			func(c customer.Customer) bool { return c.Status == customer.PendingActivate }},
		{"add tags", desk.BulkChange{Kind: desk.BulkAddTags, Tags: []string{" new ", "VIP", "vip"}},
			desk.BulkFigures{Changed: 30}, "Add “new”, “VIP” to 30 customers",
			func(c customer.Customer) bool { return strings.Join(c.Tags, " ") == "new VIP" }},
		{"remove tags", desk.BulkChange{Kind: desk.BulkRemoveTags, Tags: []string{"nobody's"}},
			desk.BulkFigures{Already: 30}, "Remove “nobody's” from 0 customers",
			func(c customer.Customer) bool { return len(c.Tags) == 0 }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			ids := b.fill(t, 30)
			before := b.all(t, ids)
			test.want.Total = 30
			preview, err := b.PreviewBulk(t.Context(), everybody(), test.change)
			wantFigures(t, "preview", preview, test.want)
			if err != nil || !maps.EqualFunc(before, b.all(t, ids), same) {
				t.Errorf("the preview changed something, or %v", err)
			}
			out := b.bulk(t, everybody(), test.change)
			wantFigures(t, "result", out.BulkFigures, test.want)
			if out.Action.Title != test.title || out.Cancelled || out.Rest != 0 {
				t.Errorf("result %+v", out)
			}
			after := b.all(t, ids)
			for _, c := range after {
				if !test.is(c) {
					t.Errorf("left %+v", c)
				}
			}
			if test.want.Changed == 0 {
				return
			}
			if undone := b.undo(t); undone.Changed != test.want.Changed || len(undone.Left) != 0 || undone.Action.ID != out.Action.ID {
				t.Errorf("undone %+v", undone)
			}
			if !maps.EqualFunc(before, b.all(t, ids), same) {
				t.Error("one undo did not take back all")
			}
			if sent := b.send(t); len(sent) != 0 {
				t.Errorf("%d changes go out that were taken back before they left", len(sent))
			}
			if again := b.redo(t); again.Changed != test.want.Changed || again.ActivationMails != test.want.ActivationMails ||
				again.SetPasswordMails != test.want.SetPasswordMails {
				t.Errorf("made again %+v", again)
			}
			if !maps.EqualFunc(after, b.all(t, ids), same) {
				t.Error("one redo did not make all of it again")
			}
		})
	}
}

func same(a, b customer.Customer) bool { return customer.Diff(a, b).Empty() }

func (b *bench) all(t testing.TB, ids []string) map[string]customer.Customer {
	t.Helper()
	all := map[string]customer.Customer{}
	standings, err := b.replica.Standings(context.Background(), ids)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range standings {
		all[s.ID] = s.Customer
	}
	return all
}

func wantFigures(t *testing.T, what string, got, want desk.BulkFigures) {
	t.Helper()
	if want.Left == nil {
		want.Left = map[customer.Left]int{}
	}
	if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
		t.Errorf("%s %+v, want %+v", what, got, want)
	}
}

// TestABulkChangeLeavesWhomItCannotChange: full of tags, in conflict, gone.
func TestABulkChangeLeavesWhomItCannotChange(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ids := b.fill(t, 4)
	var tags []string
	for i := range customer.MaxTags {
		tags = append(tags, fmt.Sprint("tag", i))
	}
	b.edit(t, ids[0], customer.Fields{Tags: &tags})
	b.edit(t, ids[1], customer.Fields{City: p("Delft")})
	b.send(t)
	b.edit(t, ids[1], customer.Fields{City: p("Gouda")})
	out, err := b.replica.Outgoing(t.Context(), 1)
	if err != nil || len(out) != 1 {
		t.Fatal(out, err)
	}
	theirs := b.customer(t, ids[1])
	theirs.City, theirs.Revision = "Bonn", theirs.Revision+1
	if err := b.replica.Settle(t.Context(), customer.Result{MutationID: out[0].ID, Outcome: customer.Conflicted, Conflicts: []string{"city"}, Customer: &theirs}); err != nil {
		t.Fatal(err)
	}
	add := desk.BulkChange{Kind: desk.BulkAddTags, Tags: []string{"vip"}}
	want := desk.BulkFigures{Total: 4, Changed: 2, Left: map[customer.Left]int{customer.TooManyTags: 1, customer.InConflict: 1}}
	preview, err := b.PreviewBulk(t.Context(), everybody(), add)
	if err != nil {
		t.Fatal(err)
	}
	wantFigures(t, "preview", preview, want)
	wantFigures(t, "result", b.bulk(t, everybody(), add).BulkFigures, want)
	if rec, err := b.Customer(t.Context(), ids[1]); err != nil || rec.Problem == nil || len(rec.Customer.Tags) != 0 {
		t.Errorf("the conflict was touched: %+v, %v", rec, err)
	}
	wantFigures(t, "ids", b.bulk(t, customer.Selection{IDs: []string{ids[2], "nobody", ids[2]}}, add).BulkFigures,
		desk.BulkFigures{Total: 1, Already: 1})
}

func TestABulkChangeIsChecked(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ids := b.fill(t, 3)
	for field, c := range map[string]desk.BulkChange{
		"tags":        {Kind: desk.BulkAddTags, Tags: []string{" "}},
		"status":      {Kind: desk.BulkStatus, Status: "deleted"},
		"lock_reason": {Kind: desk.BulkStatus, Status: customer.Locked, LockReason: strings.Repeat("x", 501)},
		"":            {Kind: "delete"},
	} {
		_, previewErr := b.PreviewBulk(t.Context(), everybody(), c)
		_, runErr := b.RunBulk(t.Context(), everybody(), c)
		for _, err := range []error{previewErr, runErr} {
			if e, ok := err.(*customer.Error); !ok || e.Field != field {
				t.Errorf("%+v: %v, want an error on %q", c, err, field)
			}
		}
	}
	for _, tag := range []string{"a,b", strings.Repeat("x", 51)} {
		if _, err := b.PreviewBulk(t.Context(), everybody(), desk.BulkChange{Kind: desk.BulkAddTags, Tags: []string{tag}}); err == nil {
			t.Errorf("tag %q was taken", tag)
		}
	}
	why := customer.Fail(customer.Conflict, "Your customers are moving.")
	refused := map[customer.Code]func(){
		customer.Forbidden: func() { b.role = api.RoleSupport },
		customer.Conflict:  func() { b.role = api.RoleOwner; b.Freeze(why) },
	}
	b.edit(t, ids[0], customer.Fields{City: p("Delft")})
	for code, set := range refused {
		b.role = api.RoleOwner
		b.Freeze(nil)
		set()
		_, previewErr := b.PreviewBulk(t.Context(), everybody(), lock)
		_, runErr := b.RunBulk(t.Context(), everybody(), lock)
		_, undoErr := b.Undo(t.Context(), "")
		_, redoErr := b.Redo(t.Context(), "")
		for _, err := range []error{previewErr, runErr, undoErr, redoErr} {
			if customer.CodeOf(err) != code {
				t.Errorf("%v, want %s", err, code)
			}
		}
		if h, err := b.History(t.Context()); err != nil || h.Refused == nil || h.Refused.Code != code || h.Undo == nil {
			t.Errorf("history %+v, %v", h, err)
		}
	}
}
