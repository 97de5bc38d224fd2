package bound_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/bound"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/exporting"
	"partnerdesk/backend/importing"
	"partnerdesk/backend/password"
	"partnerdesk/backend/replica"
	"partnerdesk/backend/spreadsheet"
)

// office is a Back Office that does what only an editor may ask for.
type office struct{ desk.Remote }

func (office) NewLink(context.Context, string, bool) (api.ActivationMail, error) {
	return api.ActivationMail{}, nil
}

func (office) Mails(context.Context, string) ([]customer.Mail, error) {
	return []customer.Mail{{ID: "m"}}, nil
}

type browser struct{}

func (browser) OpenLink(context.Context, string) error                 { return nil }
func (browser) OpenMail(context.Context, string, string, string) error { return nil }

// page holds the methods that the page calls, on a real replica.
type page struct {
	*bound.Customers
	*bound.Bulk
	*bound.Tables
	*bound.Views
	*bound.Overview
	replica *replica.Replica
	role    api.Role
	chosen  string // what the user chooses in a dialog, or drops; empty for nothing
	told    chan struct{}
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func newPage(t *testing.T) *page {
	t.Helper()
	dir := t.TempDir()
	r, err := replica.Open(context.Background(), filepath.Join(dir, "replica.db"),
		replica.Options{Clock: time.Now, NewID: newID, Throwaway: true})
	if err != nil {
		t.Fatal(err)
	}
	p := &page{replica: r, role: api.RoleManager, told: make(chan struct{}, 1)}
	d := desk.New(desk.Options{
		Replica: r, Remote: office{}, Hasher: password.NewHasher(1), Browser: browser{}, Clock: time.Now, NewID: newID,
		Role: func() api.Role { return p.role },
	})
	tell := func() {
		select {
		case p.told <- struct{}{}:
		default:
		}
	}
	imports := importing.New(importing.Options{
		Replica: r, Work: d.Work, Change: d.Change, OnState: tell, Clock: time.Now, NewID: newID,
		Logger: slog.New(slog.DiscardHandler), TempDir: dir,
	})
	exports := exporting.New(exporting.Options{Replica: r, OnState: tell, Clock: time.Now, Logger: slog.New(slog.DiscardHandler)})
	open := &bound.Open{
		Context:  context.Background,
		Desk:     func() (*desk.Desk, error) { return d, nil },
		CopyText: func(string) error { return nil },
	}
	p.Customers, p.Bulk, p.Views, p.Overview = bound.NewCustomers(open), bound.NewBulk(open), bound.NewViews(open), bound.NewOverview(open)
	p.Tables = bound.NewTables(open,
		func() (*importing.Importer, error) { return imports, nil },
		func() (*exporting.Exporter, error) { return exports, nil },
		bound.Files{
			Open:    func() (string, error) { return p.chosen, nil },
			Save:    func(string) (string, error) { return p.chosen, nil },
			Dropped: func() string { return p.chosen },
		})
	t.Cleanup(func() {
		imports.Close()
		exports.Cancel()
		d.Stop()
		_ = r.Close()
	})
	return p
}

// imported waits until the import is no longer at work.
func (p *page) imported(t *testing.T) importing.State {
	t.Helper()
	for {
		s, err := p.ImportState()
		if err != nil {
			t.Fatal(err)
		}
		if s.Phase != importing.Rehearsing && s.Phase != importing.Running {
			return s
		}
		<-p.told
	}
}

// rehearse opens what the user chose and looks at what its import would do.
func (p *page) rehearse(t *testing.T) {
	t.Helper()
	file, err := p.ChooseImport()
	if err != nil {
		t.Fatal(err)
	}
	plan := importing.Plan{Existing: importing.UpdateFilled, Duplicates: importing.FirstCounts}
	for _, c := range file.Columns {
		plan.Fields = append(plan.Fields, c.Field)
	}
	if _, err := p.Rehearse(plan); err != nil {
		t.Fatal(err)
	}
	if s := p.imported(t); s.Phase != importing.Rehearsed {
		t.Fatalf("rehearsed: %+v", s)
	}
}

// harmless are the methods that change no customer and send no mail: they look,
// keep what is the user's own, or do what support is for.
var harmless = []string{
	"ListCustomers", "CompleteSearch", "CustomerIDs", "CountSelected", "Customer", "NewCustomer", "CheckCustomer",
	"WaitingChanges", "Mails", "Events", "LogInAsOptions", "Visits", "ListView", "SaveListView",
	"LogInAs", "EndVisit", // support may; a visit of another member's is the Back Office's to refuse
	"DiscardChange", // a change of one's own, made before the role changed
	"Job", "CancelJob", "History",
	"Rehearse", "ImportState", "ImportRows", "CancelImport", "CloseImport", "SaveFailed",
	"StartExport", "ExportState", "CancelExport",
	"SavedViews", "SaveViews", "ListLayout", "SaveListLayout",
	"CustomerOverview", "RecentVisits",
}

// Every method that the page may call either changes nothing or is refused to
// support; one that is new and in neither list fails.
func TestSupportChangesNothing(t *testing.T) {
	p := newPage(t)
	c := customer.Normalize(customer.Customer{ID: newID(), Username: "a@shop.example", FirstName: "Ann", LastName: "Lee", Company: "Shop",
		Status: customer.PendingActivate, Facts: customer.Facts{CreatedAt: 1000, Revision: 1}})
	if err := p.replica.Absorb(t.Context(), []customer.Customer{c}, "1"); err != nil {
		t.Fatal(err)
	}
	all := customer.Selection{Query: &customer.Query{}}
	tag := func(word string) desk.BulkChange {
		return desk.BulkChange{Kind: desk.BulkAddTags, Tags: []string{word}}
	}
	for _, word := range []string{"one", "two"} { // one to take back, one to make again
		if _, err := p.RunBulk(all, tag(word)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := p.Undo(""); err != nil {
		t.Fatal(err)
	}
	p.chosen = filepath.Join(t.TempDir(), "x.csv")
	if err := os.WriteFile(p.chosen, []byte("email,name,company\nx@shop.example,Xi Yu,Shop\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.rehearse(t)
	edited := c
	edited.City = "Delft"

	changing := map[string]func() error{
		"SaveCustomer": func() error { _, err := p.SaveCustomer(desk.Edit{Base: c, Customer: edited}); return err },
		"ResolveConflict": func() error {
			_, err := p.ResolveConflict(c.ID, map[string]string{"city": desk.Mine}, customer.Fields{})
			return err
		},
		"ResendMail":  func() error { _, err := p.ResendMail(c.ID); return err },
		"CopyLink":    func() error { _, err := p.CopyLink(c.ID); return err },
		"OpenMail":    func() error { return p.OpenMail(c.ID, "m") },
		"PreviewBulk": func() error { _, err := p.PreviewBulk(all, tag("three")); return err },
		"RunBulk":     func() error { _, err := p.RunBulk(all, tag("three")); return err },
		"Undo":        func() error { _, err := p.Undo(""); return err },
		"Redo":        func() error { _, err := p.Redo(""); return err },
		"RunImport": func() error {
			if _, err := p.RunImport(true); err != nil {
				return err
			}
			if s := p.imported(t); s.Problem != nil {
				return s.Problem
			}
			return nil
		},
		"ReadImport":   func() error { _, err := p.ReadImport(importing.Reading{}); return err },
		"ChooseImport": func() error { _, err := p.ChooseImport(); return err },
		"OpenDropped":  func() error { _, err := p.OpenDropped(); return err },
	}
	for _, methods := range []any{p.Customers, p.Bulk, p.Tables, p.Views, p.Overview} {
		for m := range reflect.TypeOf(methods).Methods() {
			if (changing[m.Name] != nil) == slices.Contains(harmless, m.Name) {
				t.Errorf("%s: say whether support may call it", m.Name)
			}
		}
	}
	before, err := p.replica.Outgoing(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	p.role = api.RoleSupport
	for name, call := range changing {
		if err := call(); customer.CodeOf(err) != customer.Forbidden {
			t.Errorf("support got through %s: %v", name, err)
		}
	}
	if after, err := p.replica.Outgoing(t.Context(), 10); err != nil || !reflect.DeepEqual(after, before) {
		t.Errorf("support changed %+v to %+v, %v", before, after, err)
	}
	p.role = api.RoleManager // else nothing above would say anything
	for name, call := range changing {
		if err := call(); customer.CodeOf(err) == customer.Forbidden {
			t.Errorf("a manager is refused %s: %v", name, err)
		}
	}
}

// Files are those that the user chose in a dialog of the system's own, whatever
// the page says, and what is written is the user's alone.
func TestThePageNamesNoFile(t *testing.T) {
	p := newPage(t)
	dir := t.TempDir()
	elsewhere := filepath.Join(dir, "elsewhere.csv")
	request := exporting.Request{Path: elsewhere, Kind: spreadsheet.CSV, Columns: []string{"username"},
		Selection: customer.Selection{Query: &customer.Query{}}}
	for name, call := range map[string]func() error{
		"no place":    func() error { _, err := p.StartExport(request); return err },
		"no file":     func() error { _, err := p.ChooseImport(); return err },
		"no drop":     func() error { _, err := p.OpenDropped(); return err },
		"nothing yet": func() error { _, err := p.SaveFailed(); return err },
	} {
		if err := call(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if s, err := p.ImportState(); err != nil || s.Phase != importing.None {
		t.Errorf("without a file the import is %+v, %v", s, err)
	}

	p.chosen = filepath.Join(dir, "in.csv")
	if err := os.WriteFile(p.chosen, []byte("email,name,company\nno address,Xi Yu,Shop\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.rehearse(t)
	if _, err := p.RunImport(false); err != nil {
		t.Fatal(err)
	}
	p.imported(t)
	failed := filepath.Join(dir, "failed.csv")
	p.chosen = failed
	if n, err := p.SaveFailed(); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	exported := filepath.Join(dir, "out.csv")
	p.chosen = exported
	s, err := p.StartExport(request)
	for ; err == nil && s.Phase == exporting.Running; s, err = p.ExportState() {
		<-p.told
	}
	if err != nil || s.Phase != exporting.Done || s.Path != exported {
		t.Errorf("exported %+v, %v", s, err)
	}
	if _, err := os.Stat(elsewhere); !os.IsNotExist(err) {
		t.Errorf("the page's own place: %v", err)
	}
	for _, path := range []string{failed, exported} {
		info, err := os.Stat(path)
		if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", path, info, err)
		}
	}
}
