package exporting_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/exporting"
	"partnerdesk/backend/importing"
	"partnerdesk/backend/replica"
	"partnerdesk/backend/spreadsheet"
)

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func openReplica(t testing.TB) *replica.Replica {
	t.Helper()
	r, err := replica.Open(context.Background(), filepath.Join(t.TempDir(), "replica.db"),
		replica.Options{Clock: time.Now, NewID: newID, Throwaway: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// told is an OnState that a test waits on.
type told chan struct{}

func (c told) tell() {
	select {
	case c <- struct{}{}:
	default:
	}
}

func export(t testing.TB, r exporting.Replica, request exporting.Request) exporting.State {
	t.Helper()
	c := make(told, 1)
	e := exporting.New(exporting.Options{Replica: r, OnState: c.tell, Clock: time.Now, Logger: quiet})
	if _, err := e.Start(request); err != nil {
		t.Fatal(err)
	}
	for e.State().Phase == exporting.Running {
		<-c
	}
	return e.State()
}

var (
	everything = customer.Selection{Query: &customer.Query{Sort: customer.SortUsername}}
	columns    = []string{"username", "first_name", "last_name", "company", "phone", "website", "street", "postal_code", "city", "country",
		"language", "status", "lock_reason", "tags", "notes", "created_at", "activated_at", "last_login_at"}
)

func person(username string) customer.Customer {
	return customer.Customer{ID: newID(), Username: username, FirstName: "Ann", LastName: "Lee", Company: "Shop", Language: "nl",
		Status: customer.Locked, LockReason: "unpaid", Tags: []string{"vip"}, Facts: customer.Facts{Revision: 1, CreatedAt: 1_760_000_000_000}}
}

func TestExportHoldsTheChosenColumnsInTheListsOrder(t *testing.T) {
	r := openReplica(t)
	a, b, c := person("a@shop.example"), person("b@shop.example"), person("c@shop.example")
	b.Phone, b.Company = "+31 6 1", `=HYPERLINK("http://evil.example")`
	if err := r.Absorb(t.Context(), []customer.Customer{a, b, c}, "1"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "out.csv")
	s := export(t, r, exporting.Request{Path: path, Kind: spreadsheet.CSV, Separator: ";",
		Selection: customer.Selection{Query: &customer.Query{Sort: customer.SortUsername, Descending: true}, Except: []string{a.ID}},
		Columns:   []string{"phone", "username", "company", "status"}})
	if s.Phase != exporting.Done || s.Done != 2 || s.Total != 2 {
		t.Errorf("exported %+v", s)
	}
	text, err := os.ReadFile(path)
	want := "\ufeff\"Phone\";\"Username\";\"Company\";\"Status\"\r\n\"\";\"c@shop.example\";\"Shop\";\"Locked\"\r\n" +
		"\"'+31 6 1\";\"b@shop.example\";\"'=HYPERLINK(\"\"http://evil.example\"\")\";\"Locked\"\r\n"
	if err != nil || string(text) != want {
		t.Errorf("wrote %q, %v", text, err)
	}
	export(t, r, exporting.Request{Path: path, Kind: spreadsheet.CSV, Selection: customer.Selection{IDs: []string{c.ID, a.ID}}, Columns: []string{"username"}})
	if text, err = os.ReadFile(path); err != nil || string(text) != "\ufeff\"Username\"\r\n\"c@shop.example\"\r\n\"a@shop.example\"\r\n" {
		t.Errorf("the selection is %q, %v", text, err)
	}
}

// slow is a replica on which an export is cancelled.
type slow struct {
	*replica.Replica
	meanwhile func(context.Context) error
}

func (s slow) Customers(ctx context.Context, ids []string) ([]customer.Customer, error) {
	if err := s.meanwhile(ctx); err != nil {
		return nil, err
	}
	return s.Replica.Customers(ctx, ids)
}

func TestAnExportThatEndsEarlyLeavesNoFile(t *testing.T) {
	r := openReplica(t)
	if err := r.Absorb(t.Context(), []customer.Customer{person("a@shop.example")}, "1"); err != nil {
		t.Fatal(err)
	}
	for name, problem := range map[string]error{"cancelled": nil, "failed": errors.New("broken")} {
		dir := t.TempDir()
		c := make(told, 1)
		var e *exporting.Exporter
		e = exporting.New(exporting.Options{OnState: c.tell, Clock: time.Now, Logger: quiet, Replica: slow{r, func(ctx context.Context) error {
			if problem == nil {
				go e.Cancel()
				<-ctx.Done()
				return ctx.Err()
			}
			return problem
		}}})
		_, err := e.Start(exporting.Request{Path: filepath.Join(dir, "x.csv"), Kind: spreadsheet.CSV, Selection: everything, Columns: columns})
		if err != nil {
			t.Fatal(err)
		}
		for e.State().Phase == exporting.Running {
			<-c
		}
		if s := e.State(); s.Phase != exporting.Stopped || (s.Problem == nil) != (problem == nil) {
			t.Errorf("%s: %+v", name, s)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%s: left behind %v, %v", name, left, err)
		}
	}
}

func TestRequestsAreChecked(t *testing.T) {
	e := exporting.New(exporting.Options{Replica: openReplica(t), OnState: func() {}, Clock: time.Now, Logger: quiet})
	for name, request := range map[string]exporting.Request{
		"no columns":        {Kind: spreadsheet.CSV},
		"an unknown column": {Kind: spreadsheet.CSV, Columns: []string{"password"}},
		"an unknown kind":   {Kind: "pdf", Columns: columns},
		"a separator":       {Kind: spreadsheet.CSV, Separator: "a", Columns: columns},
	} {
		if _, err := e.Start(request); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

// Importing what was exported changes nothing, whatever is in the fields.
func TestImportOfAnExportChangesNothing(t *testing.T) {
	r := openReplica(t)
	dir := t.TempDir()
	c := make(told, 1)
	imports := importing.New(importing.Options{Replica: r, OnState: c.tell, Clock: time.Now, NewID: newID, Logger: quiet, TempDir: dir,
		Change: func(_ context.Context, do func() error) error { return do() }})
	defer imports.Close()
	revision := int64(0)
	rapid.Check(t, func(rt *rapid.T) {
		var customers []customer.Customer
		line := rapid.StringOf(rapid.RuneFrom([]rune("'\"=+-@,;| a1éß漢😀<&"))).Filter(func(s string) bool { return strings.TrimSpace(s) != "" })
		some := rapid.OneOf(rapid.Just(""), line)
		for n := range rapid.IntRange(1, 5).Draw(rt, "customers") {
			revision++
			one := person(strings.Repeat("x", n+1) + "@shop.example")
			one.ID = []string{"019a0000-0000-7000-8000-000000000001", "019a0000-0000-7000-8000-000000000002",
				"019a0000-0000-7000-8000-000000000003", "019a0000-0000-7000-8000-000000000004", "019a0000-0000-7000-8000-000000000005"}[n]
			one.Revision = revision
			one.FirstName, one.LastName, one.Company = line.Draw(rt, "first"), line.Draw(rt, "last"), line.Draw(rt, "company")
			one.Phone, one.Street, one.City, one.LockReason = some.Draw(rt, "phone"), some.Draw(rt, "street"), some.Draw(rt, "city"), some.Draw(rt, "reason")
			one.PostalCode = ""
			one.Country = rapid.SampledFrom([]string{"", "NL", "GB", "CI"}).Draw(rt, "country")
			one.Status = rapid.SampledFrom(customer.Statuses()).Draw(rt, "status")
			one.Notes = rapid.StringOf(rapid.RuneFrom([]rune("a\n\r\t'=,;\""))).Draw(rt, "notes")
			one.Tags = rapid.SliceOf(rapid.StringOf(rapid.RuneFrom([]rune("a;=+'\"é")))).Draw(rt, "tags")
			if one = customer.Normalize(one); customer.Validate(one) != nil {
				rt.Skip()
			}
			customers = append(customers, one)
		}
		if err := r.Absorb(context.Background(), customers, "1"); err != nil {
			rt.Fatal(err)
		}
		kind := rapid.SampledFrom([]spreadsheet.Kind{spreadsheet.CSV, spreadsheet.XLSX}).Draw(rt, "kind")
		path := filepath.Join(dir, "out."+string(kind))
		if s := export(t, r, exporting.Request{Path: path, Kind: kind, Selection: everything, Columns: columns}); s.Phase != exporting.Done {
			rt.Fatal(s.Problem)
		}
		file, err := imports.Open(context.Background(), path, importing.Reading{})
		if err != nil {
			rt.Fatal(err)
		}
		plan := importing.Plan{Existing: importing.UpdateFilled, Duplicates: importing.FirstCounts}
		for i, c := range file.Columns {
			want := columns[i]
			if strings.HasSuffix(want, "_at") {
				want = ""
			}
			if c.Field != want {
				rt.Fatalf("column %s goes to %q", c.Name, c.Field)
			}
			plan.Fields = append(plan.Fields, c.Field)
		}
		if _, err := imports.Rehearse(context.Background(), plan); err != nil {
			rt.Fatal(err)
		}
		for imports.State().Phase == importing.Rehearsing {
			<-c
		}
		page, err := imports.Rows(context.Background(), importing.RowChanged, 0, 10)
		if s := imports.State(); err != nil || s.Totals.New+s.Totals.Changed+s.Totals.Error+s.Totals.Duplicate > 0 || s.Totals.Unchanged == 0 {
			rt.Fatalf("%+v, %+v, %v", s, page.Items, err)
		}
	})
	if after, err := r.Outgoing(t.Context(), 10); err != nil || !reflect.DeepEqual(after, []customer.Mutation(nil)) {
		t.Errorf("goes out: %+v, %v", after, err)
	}
}
