package importing_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/importing"
)

const messy = "E-mailadres;Voornaam;Achternaam;Bedrijf;Plaats;Land;Wachtwoord\r\n" +
	"new@shop.example;Nel;Bos;\"Bos\r\n\"\"& Co\"\"\";Ede;Nederland;geheim\r\n" + // a line break in a company's name
	"ann@shop.example;;;;Bonn;;\r\n" +
	"ANN@Shop.example;Ann;;;Ulm;;\r\n" + // the same in other case
	"bob@shop.example;Ann;;;;;\r\n" +
	"eva@shop.example;Eva;Vos;Vos BV;Epe;Atlantis;\r\n" +
	"no address;Jo;Jong;Jong BV;;;\r\n" +
	"tim@shop.example;Tim;Taal;Taal BV;Ede;NL;\r\n"

func TestRehearsalTellsWhatWouldHappen(t *testing.T) {
	b := set(t)
	ann := known("ann@shop.example")
	b.absorb(t, ann, known("bob@shop.example"))
	file := b.open(t, write(t, "klanten.csv", messy))
	if !file.Header || file.Format.Separator != ";" || len(file.Rows) != 7 || file.Columns[6].Note == "" || file.Name != "klanten.csv" {
		t.Fatalf("opened %+v", file)
	}
	p := plan(file)
	s := b.rehearse(t, p)
	if want := (importing.Totals{New: 1, Changed: 1, Unchanged: 1, Duplicate: 1, Error: 3}); s.Totals != want {
		t.Fatalf("totals %+v", s.Totals)
	}
	if s.Mails != 1 {
		t.Errorf("mails would go to %d", s.Mails)
	}
	if got := b.items(t, importing.RowNew); len(got) != 1 || got[0].Username != "tim@shop.example" || got[0].Row != 9 || got[0].Name != "Tim Taal" {
		t.Errorf("new: %+v", got)
	}
	if got := b.items(t, importing.RowChanged); got[0].Row != 4 || len(got[0].Changes) != 1 ||
		got[0].Changes[0] != (importing.Change{Field: "city", From: "", To: "Bonn"}) {
		t.Errorf("changed: %+v", got)
	}
	if got := b.items(t, importing.RowDuplicate); got[0].Row != 5 || got[0].Other != 4 || got[0].Username != "ANN@Shop.example" {
		t.Errorf("duplicate: %+v", got)
	}
	wrong := b.items(t, importing.RowFailed)
	for i, want := range []string{"can't be shown", "“Atlantis”", "email address"} {
		if !strings.Contains(wrong[i].Reason, want) {
			t.Errorf("error %d: %+v", i, wrong[i])
		}
	}
	if got := len(b.all(t)); got != 2 {
		t.Errorf("the rehearsal made %d customers", got)
	}

	p.Duplicates = importing.LastCounts
	b.rehearse(t, p)
	if got := b.items(t, importing.RowChanged); got[0].Row != 5 || got[0].Changes[0].To != "Ulm" {
		t.Errorf("changed by the last: %+v", got)
	}
	p.Duplicates = importing.NoneCounts
	if s := b.rehearse(t, p); s.Totals.Duplicate != 2 || s.Totals.Changed != 0 {
		t.Errorf("totals when none counts: %+v", s.Totals)
	}
}

func TestRunIsOneActionWithoutMails(t *testing.T) {
	b := set(t)
	b.absorb(t, known("ann@shop.example"), known("bob@shop.example"))
	b.rehearse(t, plan(b.open(t, write(t, "klanten.csv", messy))))
	if s := b.run(t); s.Added != 1 || s.Updated != 1 || s.Failures != 3 {
		t.Errorf("ran %+v", s)
	}
	all := b.all(t)
	if len(all) != 3 || all[0].City != "Bonn" || all[0].Username != "ann@shop.example" || all[2].Status != customer.PendingActivate {
		t.Errorf("there are %+v", all)
	}
	out, err := b.replica.Outgoing(t.Context(), 10)
	if err != nil || len(out) != 2 || !out[0].Quiet || !out[1].Quiet || out[0].Fields.PasswordHash != nil {
		t.Errorf("goes out: %+v, %v", out, err)
	}
	if _, err := b.Run(false); customer.CodeOf(err) != customer.Conflict {
		t.Errorf("a second run gave %v", err)
	}
	again := b.rehearse(t, plan(b.open(t, write(t, "klanten.csv", messy))))
	if again.Totals.New+again.Totals.Changed != 0 {
		t.Errorf("imported again it would change %+v", again.Totals)
	}
}

func TestMailsGoOutWhenTheUserSaysSo(t *testing.T) {
	b := set(t)
	b.rehearse(t, plan(b.open(t, write(t, "x.csv", "email,name,company\nx@shop.example,Xi Yu,Shop\n"))))
	if _, err := b.Run(true); err != nil {
		t.Fatal(err)
	}
	b.wait(t)
	if out, err := b.replica.Outgoing(t.Context(), 10); err != nil || len(out) != 1 || out[0].Quiet {
		t.Errorf("goes out: %+v, %v", out, err)
	}
}

func TestCustomersThatAreThereCanBeLeftAlone(t *testing.T) {
	b := set(t)
	b.absorb(t, known("ann@shop.example"))
	p := plan(b.open(t, write(t, "x.csv", "email,city,status\nann@shop.example,Bonn,locked\n")))
	p.Existing = importing.LeaveAlone
	b.rehearse(t, p)
	if s := b.run(t); s.Updated != 0 || b.all(t)[0].City != "" {
		t.Errorf("ran %+v, made %+v", s, b.all(t))
	}
}

func TestFailedRowsAreSavedInTheSameForm(t *testing.T) {
	b := set(t)
	b.absorb(t, known("ann@shop.example"), known("bob@shop.example"))
	b.rehearse(t, plan(b.open(t, write(t, "klanten.csv", "\ufeff"+messy))))
	b.run(t)
	path := filepath.Join(t.TempDir(), "failed.csv")
	if n, err := b.SaveFailed(path); err != nil || n != 3 {
		t.Fatal(n, err)
	}
	text, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(text), "\ufeff\"E-mailadres\";") || strings.Contains(string(text), "tim@") {
		t.Errorf("%q, %v", text, err)
	}
	file := b.open(t, path)
	if len(file.Columns) != 8 || file.Columns[7].Note == "" || file.Columns[7].Name != importing.ProblemHeader {
		t.Errorf("columns %+v", file.Columns)
	}
	if s := b.rehearse(t, plan(file)); s.Totals != (importing.Totals{Error: 3}) {
		t.Errorf("totals %+v", s.Totals)
	}
	b.run(t)
	again := filepath.Join(t.TempDir(), "again.csv")
	if _, err := b.SaveFailed(again); err != nil {
		t.Fatal(err)
	}
	if second, err := os.ReadFile(again); err != nil || string(second) != string(text) {
		t.Errorf("saved again: %q", second)
	}
}

func TestACancelledRunTakesInTheRestLater(t *testing.T) {
	b := set(t)
	b.rehearse(t, plan(b.open(t, write(t, "x.csv", table(2100)))))
	chunks := 0
	b.changes = func() {
		if chunks++; chunks == 2 {
			b.Cancel()
		}
	}
	if _, err := b.Run(false); err != nil {
		t.Fatal(err)
	}
	s := b.wait(t)
	if s.Phase != importing.Stopped || s.Problem != nil || s.Added == 0 || s.Added >= 2100 || len(b.all(t)) != s.Added {
		t.Fatalf("stopped at %+v with %d customers", s, len(b.all(t)))
	}
	first := s.Added
	b.lastDone(t, "Import "+customer.HowMany(first)+" from x.csv", first)
	if s := b.run(t); s.Added != 2100 || len(b.all(t)) != 2100 || first%1000 != 0 {
		t.Errorf("ran to %+v", s)
	}
	b.lastDone(t, "Import "+customer.HowMany(2100-first)+" from x.csv", 2100-first)
}

// TestWhoComesBeforeTheRunGetsThere is changed, not added a second time, though the
// rows were read before.
func TestWhoComesBeforeTheRunGetsThere(t *testing.T) {
	b := set(t)
	b.rehearse(t, plan(b.open(t, write(t, "x.csv", table(4100)))))
	chunks := 0
	b.changes = func() { // in each chunk its last row
		c := known(fmt.Sprintf("Person%07d@shop.example", min(2000*(chunks+1), 4100)-1))
		if chunks++; b.replica.Absorb(context.Background(), []customer.Customer{c}, "c") != nil {
			t.Error("not absorbed")
		}
	}
	if s := b.run(t); s.Added != 4097 || s.Updated != 3 || s.Failures != 0 || len(b.all(t)) != 4100 {
		t.Errorf("ran to %+v with %d customers", s, len(b.all(t)))
	}
}

func TestColumnsAreRememberedByTheirNames(t *testing.T) {
	b := set(t)
	const text = "Adressat;A;B\nx@shop.example;Bos;Ede\n"
	file := b.open(t, write(t, "x.csv", text))
	p := plan(file)
	p.Fields[1], p.Fields[2] = "company", "city"
	b.rehearse(t, p)
	file = b.open(t, write(t, "y.csv", strings.ReplaceAll(text, "Bos", "Vos")))
	if !file.Remembered || file.Columns[1].Field != "company" || file.Columns[2].Field != "city" {
		t.Errorf("opened %+v", file)
	}
}

func TestPlansAreChecked(t *testing.T) {
	b := set(t)
	file := b.open(t, write(t, "x.csv", "email,a,b\nx@shop.example,1,2\n"))
	for name, change := range map[string]func(*importing.Plan){
		"no username":   func(p *importing.Plan) { p.Fields[0] = "" },
		"twice":         func(p *importing.Plan) { p.Fields[1], p.Fields[2] = "city", "city" },
		"unknown field": func(p *importing.Plan) { p.Fields[1] = "password_hash" },
		"too few":       func(p *importing.Plan) { p.Fields = p.Fields[:1] },
		"choice":        func(p *importing.Plan) { p.Existing = "" },
	} {
		p := plan(file)
		change(&p)
		if _, err := b.Rehearse(t.Context(), p); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if _, err := b.Run(false); customer.CodeOf(err) != customer.Conflict {
		t.Errorf("a run without a rehearsal gave %v", err)
	}
}

func TestACustomerInConflictIsAnError(t *testing.T) {
	b := set(t)
	ann := known("ann@shop.example")
	b.absorb(t, ann)
	b.rehearse(t, plan(b.open(t, write(t, "x.csv", "email,city,name,company\nann@shop.example,Bonn,,\nx@shop.example,,Xi Yu,Shop\n"))))
	city, empty := "Ulm", ""
	m := customer.Mutation{ID: newID(), CustomerID: ann.ID, Kind: customer.Update, BaseRevision: 1,
		Fields: customer.Fields{City: &city}, Base: customer.Fields{City: &empty}}
	if _, err := b.replica.Enqueue(t.Context(), m, ""); err != nil {
		t.Fatal(err)
	}
	theirs := ann
	theirs.City, theirs.Revision = "Köln", 2
	err := b.replica.Settle(t.Context(), customer.Result{MutationID: m.ID, Outcome: customer.Conflicted, Customer: &theirs, Conflicts: []string{"city"}})
	if err != nil {
		t.Fatal(err)
	}
	if s := b.run(t); s.Added != 1 || s.Failures != 1 {
		t.Errorf("ran %+v", s)
	}
}

// The whole import is one step for undo, whatever the number of its chunks.
func TestAnImportIsTakenBackAsOne(t *testing.T) {
	b := set(t)
	b.absorb(t, known("ann@shop.example"))
	b.rehearse(t, plan(b.open(t, write(t, "x.csv", table(2100)+"ann@shop.example,,,,,Bonn,,\n"))))
	if s := b.run(t); s.Added != 2100 || s.Updated != 1 {
		t.Fatalf("ran %+v", s)
	}
	undo, _, err := b.replica.History(t.Context())
	if err != nil || undo == nil || undo.Kind != customer.ImportAction || undo.Done != 2101 ||
		undo.Title != "Import 2,101 customers from x.csv" {
		t.Fatalf("to take back: %+v, %v", undo, err)
	}
	for from := int64(0); ; {
		if _, from, err = b.replica.Reverse(t.Context(), undo.ID, false, from, 1000); err != nil {
			t.Fatal(err)
		}
		if from == 0 {
			break
		}
	}
	if all := b.all(t); len(all) != 1 || all[0].City != "" {
		t.Errorf("left are %d, %+v", len(all), all[0])
	}
}
