package desk_test

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/password"
	"partnerdesk/backend/replica"
)

// away is a Back Office that hands out links and knows no customers; the whole
// way over HTTP is tested in backend/workspace.
type away struct{ desk.Remote }

func (away) Meta(context.Context) (api.Meta, error) { return api.Meta{}, nil }

func (away) LogInAs(_ context.Context, id, _, _ string) (api.Link, error) {
	return api.Link{URL: "http://127.0.0.1:7360/enter#" + id}, nil
}

// browser opens nothing, or fails.
type browser struct{ err error }

func (b browser) OpenLink(context.Context, string) error                 { return b.err }
func (b browser) OpenMail(context.Context, string, string, string) error { return b.err }

func open(t *testing.T, b browser) (*desk.Desk, *replica.Replica) {
	t.Helper()
	newID := func() string { return uuid.Must(uuid.NewV7()).String() }
	r, err := replica.Open(t.Context(), filepath.Join(t.TempDir(), "replica.db"), replica.Options{Clock: time.Now, NewID: newID})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return desk.New(desk.Options{
		Replica: r, Remote: away{}, Hasher: password.NewHasher(1), Browser: b, Clock: time.Now, NewID: newID,
	}), r
}

func anna(d *desk.Desk) customer.Customer {
	c := d.NewCustomer()
	c.Username, c.FirstName, c.LastName, c.Company = " anna@bikes.example ", "Anna", "de Vries", "Bikes"
	return c
}

func TestNewCustomer(t *testing.T) {
	t.Parallel()
	d, _ := open(t, browser{})
	c := d.NewCustomer()
	if id, err := uuid.Parse(c.ID); err != nil || id.Version() != 7 {
		t.Errorf("id = %q, want a UUIDv7", c.ID)
	}
	if c.Status != customer.PendingActivate || c.Language != "en" || c.Tags == nil {
		t.Errorf("new customer = %+v", c)
	}
}

func TestSaveQueuesWhatTheUserChanged(t *testing.T) {
	t.Parallel()
	d, r := open(t, browser{})
	c := anna(d)
	c.Status = customer.Activated
	const secret = "seven purple bicycles in Delft"
	saved, err := d.Save(t.Context(), desk.Edit{New: true, Customer: c, Password: secret})
	if err != nil || !saved.Waiting || saved.Customer.Username != "anna@bikes.example" || !saved.Customer.HasPassword {
		t.Fatalf("saved = %+v, %v", saved, err)
	}
	out, err := r.Outgoing(t.Context(), 10)
	if err != nil || len(out) != 1 || out[0].Kind != customer.Create {
		t.Fatalf("outbox = %+v, %v", out, err)
	}
	hash := out[0].Fields.PasswordHash
	if hash == nil || !strings.HasPrefix(*hash, "$argon2id$") || strings.Contains(*hash, secret) {
		t.Errorf("password travels as %v", hash)
	}
	now := saved.Customer
	now.Revision = 1
	if err := r.Settle(t.Context(), customer.Result{MutationID: out[0].ID, Outcome: customer.Applied, Customer: &now}); err != nil {
		t.Fatal(err)
	}

	if same, err := d.Save(t.Context(), desk.Edit{Base: now, Customer: now}); err != nil || same.Waiting {
		t.Errorf("saving without a change waits: %+v, %v", same, err)
	}
	edited := now
	edited.City = " Delft"
	if _, err := d.Save(t.Context(), desk.Edit{Base: now, Customer: edited}); err != nil {
		t.Fatal(err)
	}
	out, err = r.Outgoing(t.Context(), 10)
	if err != nil || len(out) != 1 || strings.Join(out[0].Fields.Names(), " ") != "city" ||
		*out[0].Fields.City != "Delft" || *out[0].Base.City != "" || out[0].BaseRevision != 1 {
		t.Errorf("outbox = %+v, %v", out, err)
	}
}

func TestCheckNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	d, _ := open(t, browser{})
	if _, err := d.Save(t.Context(), desk.Edit{New: true, Customer: anna(d)}); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		set  func(*desk.Edit)
		want string
	}{
		{"nothing", func(e *desk.Edit) { e.Customer.Username = "bram@shoes.example" }, ""},
		{"username taken in other case", func(e *desk.Edit) { e.Customer.Username = "ANNA@bikes.example" }, "username"},
		{"no names", func(e *desk.Edit) { e.Customer.FirstName, e.Customer.Company = "", " " }, "username first_name company"},
		{"guessable password", func(e *desk.Edit) {
			e.Customer.Username, e.Password = "bram@shoes.example", "bikes123"
		}, "password"},
		{"short password", func(e *desk.Edit) { e.Customer.Username, e.Password = "bram@shoes.example", "x" }, "password"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := desk.Edit{New: true, Customer: anna(d)}
			test.set(&e)
			wrong, err := d.Check(t.Context(), e)
			if err != nil {
				t.Fatal(err)
			}
			var fields []string
			for _, w := range wrong {
				fields = append(fields, w.Field)
			}
			if got := strings.Join(fields, " "); got != test.want {
				t.Errorf("wrong = %q, want %q", got, test.want)
			}
		})
	}
}

// TestSupportLooksOnly goes through every use case that changes a customer or
// reaches a link to its account.
func TestSupportLooksOnly(t *testing.T) {
	t.Parallel()
	role := api.RoleOwner
	_, r := open(t, browser{})
	d := desk.New(desk.Options{
		Replica: r, Remote: away{}, Hasher: password.NewHasher(1), Browser: browser{}, Clock: time.Now,
		NewID: func() string { return uuid.Must(uuid.NewV7()).String() },
		Role:  func() api.Role { return role },
	})
	c := anna(d)
	if _, err := d.Save(t.Context(), desk.Edit{New: true, Customer: c}); err != nil {
		t.Fatal(err)
	}
	before, err := r.Outgoing(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	edited := customer.Normalize(c)
	edited.City = "Delft"
	calls := map[string]func() error{
		"save": func() error {
			_, err := d.Save(t.Context(), desk.Edit{Base: c, Customer: edited})
			return err
		},
		"mail a link": func() error { _, err := d.NewLink(t.Context(), c.ID, true); return err },
		"copy a link": func() error { _, err := d.NewLink(t.Context(), c.ID, false); return err },
		"open a mail": func() error { return d.OpenMail(t.Context(), c.ID, "1") },
		"resolve": func() error {
			_, err := d.ResolveConflict(t.Context(), c.ID, map[string]string{"city": desk.Mine}, customer.Fields{})
			return err
		},
	}
	for _, role = range []api.Role{api.RoleSupport, "a role from the future", ""} {
		for name, call := range calls {
			if err := call(); customer.CodeOf(err) != customer.Forbidden || !strings.HasPrefix(err.Error(), "As support you can") {
				t.Errorf("%s as %q: %v", name, role, err)
			}
		}
	}
	after, err := r.Outgoing(t.Context(), 10)
	if err != nil || len(after) != len(before) || len(after[0].Fields.Names()) != len(before[0].Fields.Names()) {
		t.Errorf("outbox = %+v, %v", after, err)
	}
	if err := d.LogInAs(t.Context(), c.ID, "", ""); err != nil {
		t.Errorf("log in as: %v", err)
	}
	if err := d.DiscardChange(t.Context(), c.ID); customer.CodeOf(err) == customer.Forbidden {
		t.Errorf("drop a change of one's own: %v", err)
	}
	role = api.RoleManager
	if _, err := d.Save(t.Context(), desk.Edit{New: true, Customer: edited}); err != nil {
		t.Errorf("save as manager: %v", err)
	}
}

func TestReasonsAreRememberedLatestFirst(t *testing.T) {
	t.Parallel()
	d, _ := open(t, browser{})
	for i := range 12 {
		if err := d.LogInAs(t.Context(), "x", "reason "+strconv.Itoa(i), ""); err != nil {
			t.Fatal(err)
		}
	}
	for _, reason := range []string{"REASON 5", "  ", ""} {
		if err := d.LogInAs(t.Context(), "x", reason, ""); err != nil {
			t.Fatal(err)
		}
	}
	o, err := d.LogInAsOptions(t.Context())
	if err != nil || len(o.Reasons) != 10 || o.Reasons[0] != "REASON 5" || o.Reasons[1] != "reason 11" || o.Destinations == nil {
		t.Errorf("options = %+v, %v", o, err)
	}
	var e *customer.Error
	if err := d.LogInAs(t.Context(), "x", strings.Repeat("é", 201), ""); !errors.As(err, &e) || e.Field != "reason" {
		t.Errorf("a long reason: %v", err)
	}
}

func TestABrowserThatFailsIsTold(t *testing.T) {
	t.Parallel()
	failure := customer.Fail(customer.Internal, "No browser could be opened.")
	d, _ := open(t, browser{failure})
	if err := d.LogInAs(t.Context(), "x", "ticket 7", ""); !errors.Is(err, failure) {
		t.Errorf("error = %v, want the browser's", err)
	}
	if o, err := d.LogInAsOptions(t.Context()); err != nil || len(o.Reasons) != 0 {
		t.Errorf("a reason of no visit is remembered: %v, %v", o.Reasons, err)
	}
}

func TestAFrozenDeskChangesNothing(t *testing.T) {
	t.Parallel()
	d, r := open(t, browser{})
	why := customer.Fail(customer.Conflict, "Your customers are moving.")
	d.Freeze(why)
	_, saveErr := d.Save(t.Context(), desk.Edit{New: true, Customer: anna(d)})
	_, linkErr := d.NewLink(t.Context(), "x", true)
	for what, err := range map[string]error{"save": saveErr, "link": linkErr, "log in as": d.LogInAs(t.Context(), "x", "", "")} {
		if !errors.Is(err, why) {
			t.Errorf("%s: %v, want why", what, err)
		}
	}
	if out, err := r.Outgoing(t.Context(), 10); err != nil || len(out) != 0 {
		t.Errorf("outbox = %+v, %v", out, err)
	}
	d.Freeze(nil)
	if _, err := d.Save(t.Context(), desk.Edit{New: true, Customer: anna(d)}); err != nil {
		t.Error(err)
	}
}
