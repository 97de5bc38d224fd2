package workspace_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/workspace"
)

// add saves a new customer and waits until the Back Office has it.
func (b *bench) add(t *testing.T, username string, status customer.Status, password string) customer.Customer {
	t.Helper()
	c := b.desk(t).NewCustomer()
	c.Username, c.FirstName, c.LastName, c.Company, c.Status = username, "Anna", "de Vries", "Bikes", status
	if _, err := b.desk(t).Save(t.Context(), desk.Edit{New: true, Customer: c, Password: password}); err != nil {
		t.Fatal(err)
	}
	var got customer.Record
	b.until(t, "the Back Office has the customer", func() bool {
		var err error
		if got, err = b.desk(t).Customer(t.Context(), c.ID); err != nil {
			t.Fatal(err)
		}
		return !got.Waiting
	})
	return got.Customer
}

func TestPendingCustomerIsMailedALink(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.setUp(t)
	c := b.add(t, "anna@bikes.example", customer.PendingActivate, "")
	var mails []customer.Mail
	b.until(t, "the mail is a file", func() bool {
		var err error
		if mails, err = b.desk(t).Mails(t.Context(), c.ID); err != nil {
			t.Fatal(err)
		}
		return len(mails) == 1 && mails[0].State == customer.MailSaved
	})
	if m := mails[0]; m.To != "anna@bikes.example" || m.Kind != customer.MailActivation || m.Link == "" || m.Text == "" {
		t.Errorf("mail = %+v", m)
	}
	if err := b.desk(t).OpenMail(t.Context(), c.ID, mails[0].ID); err != nil {
		t.Fatal(err)
	}
	if len(b.links.mailed) != 1 || b.links.mailed[0] != mails[0].Text {
		t.Errorf("handed to the mail program: %q", b.links.mailed)
	}
	if err := b.desk(t).OpenMail(t.Context(), c.ID, "another"); customer.CodeOf(err) != customer.NotFound {
		t.Errorf("a mail that is not there: %v", err)
	}
}

func TestACustomerThatWaitsHasNoLinkYet(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.keyring.breakWith(customer.Fail(customer.Keyring, "No keyring was found."))
	b.setUp(t)
	b.again(t)
	b.Start(t.Context(), false)
	if _, err := b.WorkOffline(); err != nil {
		t.Fatal(err)
	}
	d := b.desk(t)
	c := d.NewCustomer()
	c.Username, c.FirstName, c.LastName, c.Company = "anna@bikes.example", "Anna", "de Vries", "Bikes"
	if _, err := d.Save(t.Context(), desk.Edit{New: true, Customer: c}); err != nil {
		t.Fatal(err)
	}
	if r, err := d.Customer(t.Context(), c.ID); err != nil || !r.Waiting {
		t.Errorf("customer = %+v, %v, want it to wait", r, err)
	}
	if _, err := d.NewLink(t.Context(), c.ID, true); customer.CodeOf(err) != customer.Unauthorized {
		t.Errorf("link while signed out: %v", err)
	}
	if _, err := b.SignIn(t.Context(), ownerPassword); err != nil {
		t.Fatal(err)
	}
	b.until(t, "what waited is at the Back Office", func() bool {
		r, err := d.Customer(t.Context(), c.ID)
		return err == nil && !r.Waiting && r.Customer.Revision > 0
	})
}

func TestSavingTwiceMakesOneCustomer(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.setUp(t)
	c := b.desk(t).NewCustomer()
	c.Username, c.FirstName, c.LastName, c.Company = "anna@bikes.example", "Anna", "de Vries", "Bikes"
	edit := desk.Edit{New: true, Customer: c}
	done := make(chan error, 3)
	for range 3 {
		go func() { _, err := b.desk(t).Save(t.Context(), edit); done <- err }()
	}
	for range 3 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	page, err := b.desk(t).List(t.Context(), customer.Query{Limit: 10})
	if err != nil || page.Total != 1 {
		t.Errorf("customers = %d, %v, want one", page.Total, err)
	}
}

func TestUsernameTakenIsToldAtOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.setUp(t)
	b.add(t, "anna@bikes.example", customer.PendingActivate, "")
	c := b.desk(t).NewCustomer()
	c.Username, c.FirstName, c.LastName, c.Company = "ANNA@Bikes.example", "Anna", "de Vries", "Bikes"
	wrong, err := b.desk(t).Check(t.Context(), desk.Edit{New: true, Customer: c})
	if err != nil || len(wrong) != 1 || wrong[0].Code != customer.UsernameTaken || wrong[0].Field != "username" {
		t.Errorf("wrong = %+v, %v", wrong, err)
	}
	if _, err := b.desk(t).Save(t.Context(), desk.Edit{New: true, Customer: c}); customer.CodeOf(err) != customer.UsernameTaken {
		t.Errorf("save: %v", err)
	}
}

func TestEditSendsWhatTheUserChangedOnly(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.setUp(t)
	base := b.add(t, "anna@bikes.example", customer.PendingActivate, "")
	first, second := base, base
	first.City = "Delft"
	second.Phone = "015 123"
	for _, c := range []customer.Customer{first, second} {
		if _, err := b.desk(t).Save(t.Context(), desk.Edit{Base: base, Customer: c}); err != nil {
			t.Fatal(err)
		}
	}
	b.until(t, "both edits are at the Back Office", func() bool {
		r, err := b.desk(t).Customer(t.Context(), base.ID)
		if err != nil {
			t.Fatal(err)
		}
		return !r.Waiting && r.Problem == nil && r.Customer.City == "Delft" && r.Customer.Phone == "015 123"
	})
}

func TestNoSecretOnDiskAndFilesForTheUserAlone(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.setUp(t)
	b.add(t, "anna@bikes.example", customer.Activated, customerWord)
	const smtpPassword = "an smtp secret 4711"
	if _, err := b.SaveMailSettings(t.Context(), workspace.MailSettings{
		UseSMTP: true, Host: "127.0.0.1", Port: 9, Security: "none", Username: "u", Password: smtpPassword,
		FromAddress: "agency@wheels.example",
	}); err != nil {
		t.Fatal(err)
	}
	look := func(when string) {
		err := filepath.WalkDir(b.dir, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := entry.Info()
			if err != nil {
				return err
			}
			if info.Mode().Perm()&0o077 != 0 {
				t.Errorf("%s: %s is %v, want it readable by the user alone", when, path, info.Mode())
			}
			if entry.IsDir() {
				return nil
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for _, secret := range []string{ownerPassword, customerWord, smtpPassword} {
				if bytes.Contains(raw, []byte(secret)) {
					t.Errorf("%s: %s holds a password in clear", when, path)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	look("open")
	b.Close()
	look("closed")
}

func TestLogInAsOpensALinkThatWorksOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	url := b.setUp(t).Workspace.Address
	c := b.add(t, "anna@bikes.example", customer.Activated, customerWord)
	d := b.desk(t)
	if err := d.LogInAs(t.Context(), c.ID, "  Help with a banner ", "password"); err != nil {
		t.Fatal(err)
	}
	if len(b.links.opened) != 1 || len(b.links.opened[0]) < len(url)+43 || b.links.opened[0][:len(url)+7] != url+"/enter#" {
		t.Fatalf("opened = %q", b.links.opened)
	}
	o, err := d.LogInAsOptions(t.Context())
	if err != nil || len(o.Reasons) != 1 || o.Reasons[0] != "Help with a banner" || len(o.Destinations) != 3 {
		t.Errorf("options = %+v, %v", o, err)
	}
	locked := c
	locked.Status = customer.Locked
	if _, err := d.Save(t.Context(), desk.Edit{Base: c, Customer: locked}); err != nil {
		t.Fatal(err)
	}
	b.until(t, "the lock is at the Back Office", func() bool {
		return customer.CodeOf(d.LogInAs(t.Context(), c.ID, "", "")) == customer.AccountLocked
	})
}

// TestARejectedChangeIsCorrectedAndGoesAgain takes the way of a username that
// only the Back Office knows to be taken: another partner has it.
func TestARejectedChangeIsCorrectedAndGoesAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	url := b.setUp(t).Workspace.Address
	b.Close()
	other := openOther(t, filepath.Join(b.dir, "local", "backoffice"), url)
	other.add(t, "taken@shoes.example")
	b.again(t)
	b.Start(t.Context(), false)

	d := b.desk(t)
	c := d.NewCustomer()
	c.Username, c.FirstName, c.LastName, c.Company = "taken@shoes.example", "Anna", "de Vries", "Bikes"
	if _, err := d.Save(t.Context(), desk.Edit{New: true, Customer: c}); err != nil {
		t.Fatal(err)
	}
	var r customer.Record
	b.until(t, "the rejection is told", func() bool {
		var err error
		if r, err = d.Customer(t.Context(), c.ID); err != nil {
			t.Fatal(err)
		}
		return r.Problem != nil
	})
	if r.Problem.Error == nil || r.Problem.Error.Code != customer.UsernameTaken || r.Problem.Error.Field != "username" {
		t.Fatalf("problem = %+v", r.Problem)
	}
	if r.Customer.FirstName != "Anna" {
		t.Errorf("what was typed is lost: %+v", r.Customer)
	}
	corrected := r.Customer
	corrected.Username = "free@shoes.example"
	if _, err := d.Save(t.Context(), desk.Edit{Base: r.Customer, Customer: corrected}); err != nil {
		t.Fatal(err)
	}
	b.until(t, "the Back Office has the corrected customer", func() bool {
		r, err := d.Customer(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		return r.Problem == nil && !r.Waiting && r.Customer.Revision > 0
	})
}

// TestAConflictGoesAgainWithMine settles a conflict by keeping one's own value.
func TestAConflictGoesAgainWithMine(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.setUp(t)
	base := b.add(t, "anna@bikes.example", customer.PendingActivate, "")
	b.add(t, "bram@shoes.example", customer.PendingActivate, "")

	// As if typed on another desk: it saw the empty city, too.
	for _, city := range []string{"Gouda", "Delft"} {
		edited := base
		edited.City = city
		if _, err := b.desk(t).Save(t.Context(), desk.Edit{Base: base, Customer: edited}); err != nil {
			t.Fatal(err)
		}
		if city == "Gouda" {
			b.until(t, "the first edit is at the Back Office", func() bool {
				r, err := b.desk(t).Customer(t.Context(), base.ID)
				return err == nil && !r.Waiting
			})
		}
	}
	var r customer.Record
	b.until(t, "the conflict is told", func() bool {
		var err error
		r, err = b.desk(t).Customer(t.Context(), base.ID)
		return err == nil && r.Problem != nil
	})
	if r.Problem.Outcome != customer.Conflicted || len(r.Problem.Conflicts) != 1 || r.Problem.Conflicts[0] != "city" ||
		*r.Problem.Mine.City != "Delft" || *r.Problem.Theirs.City != "Gouda" || *r.Problem.Base.City != "" {
		t.Fatalf("problem = %+v", r.Problem)
	}
	// The state of a mail may move the customer on in between: then one looks again.
	b.until(t, "OK settles the conflict in sight", func() bool {
		r, err := b.desk(t).Customer(t.Context(), base.ID)
		if err != nil || r.Problem == nil {
			t.Fatalf("the conflict went by itself: %+v, %v", r, err)
		}
		_, err = b.desk(t).Save(t.Context(), desk.Edit{Base: r.Customer, Customer: r.Customer, Settles: r.Problem.MutationID})
		if err != nil && customer.CodeOf(err) != customer.Conflict {
			t.Fatal(err)
		}
		return err == nil
	})
	b.until(t, "mine is at the Back Office", func() bool {
		r, err := b.desk(t).Customer(t.Context(), base.ID)
		return err == nil && r.Problem == nil && !r.Waiting && r.Customer.City == "Delft"
	})
}
