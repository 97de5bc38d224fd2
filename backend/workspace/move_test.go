package workspace_test

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/moving"
	"partnerdesk/backend/workspace"
)

// TestMoveBringsEverything goes the whole way: what began with Use this
// computer is at the shared Back Office, and this computer says where.
func TestMoveBringsEverything(t *testing.T) {
	t.Parallel()
	office, b := share(t, nil), newBench(t)
	home := b.setUp(t).Workspace.Address
	pending := b.add(t, "pending@bikes.example", customer.PendingActivate, "")
	active := b.add(t, "active@bikes.example", customer.Activated, customerWord)
	if status, path := login(t, home, "active@bikes.example", customerWord); status != http.StatusOK || path != "/c/"+active.ID+"/profile" {
		t.Fatalf("log-in here: %d at %s", status, path)
	}
	edited := active
	edited.Phone, edited.Website, edited.Street, edited.PostalCode, edited.City = "+31 20 1", "https://bikes.example", "Dam 1", "1012", "Amsterdam"
	edited.Country, edited.Language, edited.Notes, edited.Tags = "NL", "nl", "Pays late.\nCall first.", []string{"vip", "late"}
	locked := b.add(t, "locked@bikes.example", customer.Activated, customerWord)
	lock := locked
	lock.Status, lock.LockReason = customer.Locked, "Did not pay"
	for base, next := range map[*customer.Customer]customer.Customer{&active: edited, &locked: lock} {
		if _, err := b.desk(t).Save(t.Context(), desk.Edit{Base: *base, Customer: next}); err != nil {
			t.Fatal(err)
		}
	}
	b.until(t, "all is saved and mailed", func() bool {
		for _, id := range []string{pending.ID, active.ID, locked.ID} {
			r, err := b.desk(t).Customer(t.Context(), id)
			if err != nil || r.Waiting || r.Customer.MailState == customer.MailQueued || (id == active.ID && r.Customer.LastLoginAt == 0) {
				return false
			}
		}
		return true
	})

	b.startMove(t, office.moveRequest(false))
	s := b.moved(t)
	if s.Total != 3 || s.Moved != 3 || s.RefusedTotal != 0 || s.Pending != 1 || s.Problem != nil || s.Username != memberName {
		t.Errorf("state %+v", s)
	}
	there := everybody(t, office.Store(), office.partner)
	for _, id := range []string{pending.ID, active.ID, locked.ID} {
		r, err := b.desk(t).Customer(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		want, got := r.Customer, there[r.Customer.Username]
		want.MailKind, want.MailState, want.MailError, want.MailAt, want.LinkExpiresAt = "", "", "", 0, 0
		want.Revision = got.Revision
		if !reflect.DeepEqual(got, want) {
			t.Errorf("\n got %+v\nwant %+v", got, want)
		}
	}
	office.eachOnce(t, b, false)
	if status, path := login(t, office.url, "active@bikes.example", customerWord); status != http.StatusOK || path != "/c/"+active.ID+"/profile" {
		t.Errorf("log-in there with the old password: %d at %s", status, path)
	}
	if status, path := login(t, office.url, "locked@bikes.example", customerWord); status == http.StatusOK || path != "/login" {
		t.Errorf("log-in there of a locked customer: %d at %s", status, path)
	}
	if status, _ := login(t, home, "active@bikes.example", customerWord); status != http.StatusServiceUnavailable {
		t.Errorf("log-in here after the move: %d", status)
	}

	b.refusesEdits(t, active.ID, "now at "+office.url)
	p, raw := b.kept(t)
	if p.Phase != moving.Done || strings.Contains(raw, memberPassword) || strings.Contains(raw, phc) {
		t.Errorf("kept: %s", raw)
	}
	b.until(t, "the move's own sign-in has ended", func() bool {
		office.mu.Lock()
		defer office.mu.Unlock()
		return slices.ContainsFunc(office.asked, func(asked string) bool { return strings.HasPrefix(asked, "DELETE /api/v1/session Bearer ") })
	})
	if st := b.restart(t); st.Workspace.MovedTo != office.url || b.MoveState().Phase != moving.Done {
		t.Errorf("after a restart: %+v, %+v", st.Workspace, b.MoveState())
	}
	b.refusesEdits(t, active.ID, "now at "+office.url)
	b.connect(t, office)
	b.until(t, "the customers are on the desk again", b.has(t, "active@bikes.example"))
	if s := b.MoveState(); s.Phase != moving.Done || s.Moved != 3 {
		t.Errorf("with the shared workspace open: %+v", s)
	}
	if _, err := b.StartMove(t.Context(), office.moveRequest(false)); customer.CodeOf(err) != customer.Conflict {
		t.Errorf("a move of the shared workspace: %v", err)
	}
}

// reportsRefused checks the whole list, also when it was written twice and a
// crash cut a line off.
func (b *bench) reportsRefused(t *testing.T, want []moving.Refused) {
	t.Helper()
	file := filepath.Join(b.dir, "local", "move-refused.jsonl")
	for _, more := range []string{"", `{"epoch":"an earlier one","customer_id":"x"}` + "\n", `{"epoch":`} {
		raw, err := os.ReadFile(file)
		if err == nil {
			err = os.WriteFile(file, slices.Concat(raw, raw, []byte(more)), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		if all, err := b.RefusedCustomers(); err != nil || !reflect.DeepEqual(all, want) {
			t.Errorf("refused %+v, %v", all, err)
		}
	}
}

// refusesEdits checks that nothing can be changed here, and that it is said why.
func (b *bench) refusesEdits(t *testing.T, id, why string) {
	t.Helper()
	r, err := b.desk(t).Customer(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	edited := r.Customer
	edited.City = "Delft"
	_, save := b.desk(t).Save(t.Context(), desk.Edit{Base: r.Customer, Customer: edited})
	_, link := b.desk(t).NewLink(t.Context(), id, true)
	for what, err := range map[string]error{"save": save, "link": link, "log in as": b.desk(t).LogInAs(t.Context(), id, "", "")} {
		if customer.CodeOf(err) != customer.Conflict || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: %v, want %q", what, err, why)
		}
	}
}

// TestRefusedOnesAreReportedAndOthersGoOn: and what is put right here after
// giving the move up moves with the next one.
func TestRefusedOnesAreReportedAndOthersGoOn(t *testing.T) {
	t.Parallel()
	office, b := share(t, nil), newBench(t)
	var taken, made customer.Customer
	b.fill(t, func(s *store.Store, in store.SignIn) {
		for i := range 120 {
			put(t, s, in, "c"+strconv.Itoa(i)+"@bikes.example", customer.Activated, phc)
		}
		taken = put(t, s, in, "taken@bikes.example", customer.PendingActivate, "")
		made = put(t, s, in, "made@bikes.example", customer.PendingActivate, "")
	})
	there := signInAt(t, office.Store(), memberName)
	put(t, office.Store(), there, "TAKEN@bikes.example", customer.Activated, phc)
	apply(t, office.Store(), there, customer.Mutation{
		Kind: customer.Create, CustomerID: made.ID, Fields: customer.Diff(customer.Customer{}, customer.Customer{
			Username: "elsewhere@bikes.example", FirstName: "Bob", LastName: "Boer", Company: "Boats", Status: customer.Activated, Language: "en",
		}),
	})
	b.startMove(t, office.moveRequest(true))
	s := b.moved(t)
	if s.Moved != 120 || s.RefusedTotal != 2 || len(s.Refused) != 2 || s.Total != 122 || s.Pending != 0 {
		t.Fatalf("state %+v", s)
	}
	want := []moving.Refused{
		{CustomerID: taken.ID, Name: "Anna de Vries", Username: "taken@bikes.example", Message: "Another account already uses this email address."},
		{CustomerID: made.ID, Name: "Anna de Vries", Username: "made@bikes.example", Message: "This customer is in the Back Office already, and did not move in."},
	}
	if !reflect.DeepEqual(s.Refused, want) {
		t.Errorf("refused %+v", s.Refused)
	}
	b.reportsRefused(t, want)
	if names := office.usernames(t); len(names) != 122 || !names["elsewhere@bikes.example"] {
		t.Errorf("%d customers there", len(names))
	}

	if s, err := b.GiveUpMove(); err != nil || s.Phase != moving.None || b.State().Workspace.MovedTo != "" {
		t.Fatalf("given up: %+v, %v", s, err)
	}
	if all, err := b.RefusedCustomers(); err != nil || len(all) != 0 {
		t.Errorf("refused after all: %+v, %v", all, err)
	}
	b.edit(t, taken.ID, func(c *customer.Customer) { c.Username = "free@bikes.example" })
	r, err := b.desk(t).List(t.Context(), customer.Query{Text: "c7@bikes.example", Limit: 1})
	if err != nil || len(r.Rows) != 1 {
		t.Fatal(r, err)
	}
	b.edit(t, r.Rows[0].ID, func(c *customer.Customer) { c.City = "Delft" })
	b.startMove(t, office.moveRequest(false))
	s = b.moved(t)
	if s.Moved != 120 || s.RefusedTotal != 2 || s.Pending != 1 {
		t.Errorf("the second time: %+v", s)
	}
	if !office.usernames(t)["free@bikes.example"] {
		t.Error("the customer that was put right did not move")
	}
	told := ""
	for _, refused := range s.Refused {
		if refused.Username == "c7@bikes.example" {
			told = refused.Message
		}
	}
	if !strings.Contains(told, "changed since") {
		t.Errorf("of a customer that moved and was changed here since it is told: %q", told)
	}
}

// edit changes a customer and waits until this computer's Back Office has it.
func (b *bench) edit(t *testing.T, id string, change func(*customer.Customer)) {
	t.Helper()
	r, err := b.desk(t).Customer(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	next := r.Customer
	change(&next)
	if _, err := b.desk(t).Save(t.Context(), desk.Edit{Base: r.Customer, Customer: next}); err != nil {
		t.Fatal(err)
	}
	b.until(t, "the edit is saved", func() bool {
		r, err := b.desk(t).Customer(t.Context(), id)
		return err == nil && !r.Waiting
	})
}

func TestWhyAMoveDoesNotStart(t *testing.T) {
	t.Parallel()
	office, b := share(t, nil), newBench(t)
	if _, err := b.StartMove(t.Context(), office.moveRequest(false)); customer.CodeOf(err) != customer.NotFound {
		t.Errorf("without a workspace: %v", err)
	}
	home := b.setUp(t).Workspace.Address
	b.add(t, "anna@bikes.example", customer.PendingActivate, "")
	_, port, _ := strings.Cut(strings.TrimPrefix(home, "http://"), ":")
	for name, test := range map[string]struct {
		bend  func(*workspace.MoveRequest)
		code  customer.Code
		field string
	}{
		"no address":         {func(r *workspace.MoveRequest) { r.Address = "" }, customer.Invalid, "address"},
		"an open address":    {func(r *workspace.MoveRequest) { r.Address = "http://desk.example" }, customer.Invalid, "address"},
		"no username":        {func(r *workspace.MoveRequest) { r.Username = " " }, customer.Required, "username"},
		"no password":        {func(r *workspace.MoveRequest) { r.Password = "" }, customer.Required, "password"},
		"a wrong password":   {func(r *workspace.MoveRequest) { r.Password = ownerPassword }, customer.Unauthorized, "password"},
		"nobody there":       {func(r *workspace.MoveRequest) { r.Address = "http://127.0.0.1:1" }, customer.Offline, "address"},
		"this very computer": {func(r *workspace.MoveRequest) { r.Address = home }, customer.Conflict, "address"},
		"by another name":    {func(r *workspace.MoveRequest) { r.Address = "http://localhost:" + port }, customer.Conflict, "address"},
		"by a third name":    {func(r *workspace.MoveRequest) { r.Address = "http://127.0.0.2:" + port }, customer.Conflict, "address"},
	} {
		r := office.moveRequest(false)
		test.bend(&r)
		s, err := b.StartMove(t.Context(), r)
		var e *customer.Error
		if !errors.As(err, &e) || e.Code != test.code || e.Field != test.field || s.Phase != moving.None {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
	}
	if s := b.StopMove(); s.Phase != moving.None {
		t.Errorf("stopped none: %+v", s)
	}
	if _, err := b.ResumeMove(t.Context(), memberPassword); customer.CodeOf(err) != customer.Conflict {
		t.Errorf("resumed none: %v", err)
	}
	b.add(t, "bob@bikes.example", customer.PendingActivate, "") // nothing is frozen

	b.keyring.breakWith(customer.Fail(customer.Keyring, "No keyring was found."))
	b.restart(t)
	if _, err := b.WorkOffline(); err != nil {
		t.Fatal(err)
	}
	if _, err := b.StartMove(t.Context(), office.moveRequest(false)); customer.CodeOf(err) != customer.Unauthorized {
		t.Errorf("signed out: %v", err)
	}
	if names := office.usernames(t); len(names) != 0 {
		t.Errorf("customers there: %v", names)
	}
}

// TestChangesThatWaitHoldAMoveUp: what this computer's Back Office has not
// taken would stay behind.
func TestChangesThatWaitHoldAMoveUp(t *testing.T) {
	t.Parallel()
	office, b := share(t, nil), newBench(t)
	b.setUp(t)
	b.Close()
	other := openOther(t, b.dir+"/local/backoffice", "http://127.0.0.1:7360")
	other.add(t, "taken@shoes.example")
	b.restart(t)
	c := b.queue(t, "taken@shoes.example")
	b.until(t, "the change came back", func() bool {
		r, err := b.desk(t).Customer(t.Context(), c.ID)
		return err == nil && r.Problem != nil
	})
	s, err := b.StartMove(t.Context(), office.moveRequest(false))
	if customer.CodeOf(err) != customer.Conflict || !strings.Contains(err.Error(), "attention") || s.Phase != moving.None {
		t.Errorf("%+v, %v", s, err)
	}
	b.edit(t, c.ID, func(c *customer.Customer) { c.Username = "free@shoes.example" }) // nothing is frozen
	b.startMove(t, office.moveRequest(false))
	b.moved(t)
	if names := office.usernames(t); len(names) != 1 || !names["free@shoes.example"] {
		t.Errorf("customers there: %v", names)
	}
}
